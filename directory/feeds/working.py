"""Works out all that a published service comes to, from its document alone.

Pure, and two thirds of an import's work: a large import has it done in another process (`workshop`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.feeds.bodies import pack
from directory.feeds.objects import fingerprint, split
from directory.hsds import v1
from directory.hsds.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from directory.feeds.objects import Split
    from directory.hsds.record import Record, Row
    from directory.search.offer import Offer

    Offers = Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]


@dataclass(frozen=True, slots=True)
class Worked:
    """A service in every form in which it is written."""

    record: Record
    profile: str
    packed: bytes
    """The published document, compressed."""
    parts: Split
    hashes: dict[str, str]
    """Reference of each object it carries -> hash of this version."""
    offers: Sequence[Offer]
    """As they are where every object is held in this version."""


def work_out(document: dict[str, Any], written: bytes, offers: Offers, *, as_v1: bool | None) -> Worked:
    """Read a document, and work out what is written of it; `written` is what is kept as published.

    Raises:
        Rejected: it can't be taken.
    """
    return finish(read(document, as_v1=as_v1), document, written, offers, as_v1=as_v1)


def finish(
    record: Record, document: dict[str, Any], written: bytes, offers: Offers, *, as_v1: bool | None
) -> Worked:
    """The same for a document that was read already."""
    parts = split(record.rows)
    return Worked(
        record=record,
        profile="v1" if (v1.is_v1(document) if as_v1 is None else as_v1) else "v3",
        packed=pack(written),
        parts=parts,
        hashes={ref: fingerprint(rows) for ref, rows in parts.objects.items()},
        offers=offers(record.rows),
    )
