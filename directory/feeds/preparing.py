"""Works out all that a line means before the transaction that writes it, so that nobody waits for that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from directory.feeds.bodies import pack
from directory.feeds.objects import fingerprint, split
from directory.hsds import v1

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from directory.feeds.objects import Split
    from directory.feeds.verdicts import Incoming
    from directory.hsds.record import Record, Row
    from directory.search.offer import Offer

_BREATH: Final = 20
"""Lines worked out before others get their turn: about 10 ms."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that is taken, in every form in which it is written."""

    line: Incoming
    service_id: str
    record: Record
    profile: str
    packed: bytes
    """The published document, compressed."""
    parts: Split
    hashes: dict[str, str]
    """Reference of each object it carries -> hash of this version."""
    offers: Sequence[Offer]
    """As they are where every object is held in this version."""


async def prepare(
    lines: Iterable[Incoming], offers: Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]
) -> list[Taken]:
    """Work out what is to be written."""
    taken = []
    for count, line in enumerate(lines, 1):
        taken.append(_prepare(line, offers))
        if count % _BREATH == 0:
            await asyncio.sleep(0)
    return taken


def _prepare(line: Incoming, offers: Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]) -> Taken:
    record, document = line.record, line.item.document
    assert record is not None  # noqa: S101 - what is taken was parsed
    assert document is not None  # noqa: S101 - and has a document
    parts = split(record.rows)
    as_v1 = v1.is_v1(document) if line.as_v1 is None else line.as_v1
    return Taken(
        line=line,
        service_id=record.service_id,
        record=record,
        profile="v1" if as_v1 else "v3",
        packed=pack(line.written),
        parts=parts,
        hashes={ref: fingerprint(rows) for ref, rows in parts.objects.items()},
        offers=offers(record.rows),
    )
