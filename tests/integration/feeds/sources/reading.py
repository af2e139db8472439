"""Reads a whole source, for tests that look at all of what came out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import Batch, Item, Source, SourceOptions

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Clock:
    """Sleeps without waiting, and remembers how long."""

    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Return at once."""
        self.slept.append(seconds)

    def options(self, **changes: Any) -> SourceOptions:
        """The options for a fake on this machine."""
        return replace(SourceOptions(allow_private=True, sleep=self.sleep, delay=0, page_size=50), **changes)


async def batches_of(source: Source, resume: dict[str, Any] | None = None) -> list[Batch]:
    """All batches of a source that is open."""
    return [batch async for batch in source.batches(resume)]


async def items_of(source: Source, resume: dict[str, Any] | None = None) -> list[Item]:
    """All items of a source that is open."""
    return [item for batch in await batches_of(source, resume) for item in batch.items]


async def read(place: str | Path, options: SourceOptions | None = None) -> tuple[Source, list[Item]]:
    """Open a source and read it to its end."""
    source = await open_source(str(place), options)
    return source, await items_of(source)


def ids(items: list[Item]) -> list[Any]:
    """The ids of the documents, in order."""
    return [item.document["id"] for item in items if item.document is not None]


def codes(source: Source) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in source.problems]
