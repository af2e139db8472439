"""Sources and a projector that stand in for the real ones where an import is tested."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from directory.feeds.sources.source import Batch, Item, Problem, SourceError, SourceOptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.sources.source import Kind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

Document = dict[str, Any]


@dataclass
class FakeSource:
    """A feed in memory: documents, or items where something is wrong with them."""

    lines: Sequence[Document | Item]
    canonical: str = "https://feeds.example.org/example"
    kind: Kind = "file"
    options: SourceOptions = field(default_factory=SourceOptions)
    size: int = 2
    """Items in a batch."""
    breaks_after: int | None = None
    """Batches after which reading fails."""
    crashes_after: int | None = None
    """Batches after which the program itself fails."""
    resumable: bool = False
    not_modified: bool = False
    complete: bool = False
    problems: list[Problem] = field(default_factory=list)
    validators: dict[str, Any] = field(default_factory=dict)
    read: int = 0
    """Items given away."""

    async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Give the lines a batch at a time."""
        if self.not_modified:
            self.complete = True
            return
        start = resume["next"] if resume else 0
        for given, first in enumerate(range(start, len(self.lines), self.size)):
            if given == self.breaks_after:
                self.problems.append(Problem("unreachable", f"page {given + 1}", partial=True))
                return
            if given == self.crashes_after:
                raise SystemExit
            items = [self._item(number) for number in range(first, min(first + self.size, len(self.lines)))]
            self.read += len(items)
            yield Batch(items, {"next": first + self.size} if self.resumable else {})
        self.complete = True

    def _item(self, number: int) -> Item:
        line = self.lines[number]
        return line if isinstance(line, Item) else Item(f"line {number + 1}", line)

    async def again(self) -> FakeSource:
        """The same source, to be read from its start."""
        return FakeSource(
            *(self.lines, self.canonical, self.kind, self.options, self.size, self.breaks_after),
            validators=self.validators,
        )


@dataclass
class UnreadableSource(FakeSource):
    """A source whose first page can't be had."""

    async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Fail at once."""
        assert not self.lines
        async for batch in super().batches(resume):
            yield batch
        raise SourceError("not_found", self.canonical)


class FakeProjector:
    """Keeps offers in memory: whatever `offers` made of the rows of each service."""

    def __init__(self) -> None:
        """Start empty."""
        self.held: dict[int, list[Any]] = {}
        self.settled = 0
        self.replaced: list[int] = []

    async def replace(
        self,
        connection: AsyncConnection,  # noqa: ARG002 - the real ones write through it
        service_keys: Sequence[int],
        offers: Sequence[tuple[int, int, Any]],
    ) -> None:
        """Drop, then put in."""
        for key in service_keys:
            self.held.pop(key, None)
        for key, _, offer in offers:
            self.held.setdefault(key, []).append(offer)
            self.replaced.append(key)

    async def settle(self) -> None:
        """Count the calls."""
        self.settled += 1


def example_service(number: int, **changes: Any) -> Document:
    """An invented service with an organisation and a location of its own."""
    document: Document = {
        "id": f"s{number}",
        "name": f"Example service {number}",
        "status": "active",
        "last_modified": "2026-01-01T00:00:00Z",
        "organization": {"id": "o1", "name": "Example Trust", "description": "Invented."},
        "service_at_locations": [
            {
                "id": f"sal{number}",
                "location": {
                    "id": f"l{number}",
                    "location_type": "physical",
                    "name": f"Example Hall {number}",
                    "latitude": 51.5,
                    "longitude": -0.1,
                    "addresses": [
                        {
                            "id": f"a{number}",
                            "address_1": f"{number} Example Road",
                            "city": "Exampleton",
                            "postal_code": "SE24 0AB",
                            "country": "GB",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
        "schedules": [
            {"id": f"sch{number}", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}
        ],
    }
    document.update(changes)
    return {key: value for key, value in document.items() if value is not None}


def example_services(numbers: Iterable[int]) -> list[Document]:
    """Several of them."""
    return [example_service(number) for number in numbers]
