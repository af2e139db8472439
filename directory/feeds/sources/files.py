"""A file of services, read in a worker thread so that the event loop stays free."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from directory.feeds.sources.batching import in_batches
from directory.feeds.sources.chunks import peek, read_chunks
from directory.feeds.sources.elements import read_elements
from directory.feeds.sources.inflating import BadArchiveError
from directory.feeds.sources.lines import read_lines
from directory.feeds.sources.recognising import recognise
from directory.feeds.sources.source import (
    Batch,
    Item,
    Kind,
    Problem,
    SourceOptions,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator
    from pathlib import Path


class FileSource:
    """One or many files, one after another; a broken one costs what could not be read of it."""

    kind: Kind

    def __init__(self, canonical: Path, files: Iterator[Path], kind: Kind, options: SourceOptions) -> None:
        """Take the files in the order in which they are to be read."""
        self.canonical = str(canonical)
        self.kind = kind
        self.complete = False
        self.not_modified = False
        self.problems: list[Problem] = []
        self.validators: dict[str, Any] = {}
        self._root = canonical
        self._files = files
        self.options = options

    async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Give all items from the start: a file is read faster than a place in it is found again."""
        del resume
        async with aclosing(in_batches(self._items())) as batches:
            async for batch in batches:
                yield batch
        self.complete = not any(problem.partial for problem in self.problems)

    def _items(self) -> Generator[Item, None, None]:
        for path in self._files:
            name = "" if path == self._root else f"{path.relative_to(self._root).as_posix()} "
            try:
                yield from self._items_of(path, name)
            except BadArchiveError as error:
                self.problems.append(Problem(error.code, name.strip(), partial=True))
            except OSError as error:
                self.problems.append(Problem("unreadable_file", name.strip(), str(error.errno), partial=True))

    def _items_of(self, path: Path, prefix: str) -> Iterator[Item]:
        limit = self.options.max_record_bytes
        first, chunks = peek(read_chunks(path, max_unpacked_bytes=self.options.max_unpacked_bytes))
        shape = recognise(first, path.name)
        if shape == "lines":
            return read_lines(chunks, max_record_bytes=limit, prefix=prefix)
        if shape == "elements":
            return read_elements(chunks, self.problems.append, max_record_bytes=limit, prefix=prefix)
        self.problems.append(Problem(shape, prefix.strip(), partial=True))
        return iter(())


def shape_of(path: Path, options: SourceOptions) -> str:
    """Look at the start of a file: `lines`, `elements`, or the code of why it can't be read."""
    try:
        first, _ = peek(read_chunks(path, max_unpacked_bytes=options.max_unpacked_bytes))
    except BadArchiveError as error:
        return error.code
    return recognise(first, path.name)
