"""Works out all that a line means before the transaction that writes it, so that nobody waits for that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from directory.feeds.working import finish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from directory.feeds.verdicts import Incoming
    from directory.feeds.working import Offers, Worked

_BREATH: Final = 5
"""Lines worked out before others get their turn: about 2 ms."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that is taken, with every form in which it is written."""

    line: Incoming
    worked: Worked

    @property
    def service_id(self) -> str:
        """The published id as records are known by it."""
        return self.worked.record.service_id


async def prepare(lines: Iterable[Incoming], offers: Offers) -> list[Taken]:
    """Work out what is to be written, where that was not done ahead."""
    taken = []
    for count, line in enumerate(lines, 1):
        taken.append(Taken(line, line.worked or _work_out(line, offers)))
        if count % _BREATH == 0:
            await asyncio.sleep(0)
    return taken


def _work_out(line: Incoming, offers: Offers) -> Worked:
    record, document = line.record, line.item.document
    assert record is not None  # noqa: S101 - what is taken was parsed
    assert document is not None  # noqa: S101 - and has a document
    return finish(record, document, line.written, offers, as_v1=line.as_v1)
