"""An HSDS tabular package, read table by table and given out service by service."""

from __future__ import annotations

import sqlite3
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import orjson

from directory.feeds.sources.batching import in_batches
from directory.feeds.sources.loading import Loading
from directory.feeds.sources.nesting import Nesting, TooManyRowsError
from directory.feeds.sources.package import Package, tables_in
from directory.feeds.sources.relations import MANY, ONE, table_of
from directory.feeds.sources.shelf import Shelf
from directory.feeds.sources.source import Batch, Item, Kind, Problem, SourceError, SourceOptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator
    from pathlib import Path


class TabularSource:
    """A package that was opened; its rows are on disk while it is read."""

    kind: Kind = "tabular"

    def __init__(self, canonical: Path, package: Package, options: SourceOptions) -> None:
        """Look which tables there are. Raises SourceError where there are no services among them."""
        self.canonical = str(canonical)
        self.complete = False
        self.not_modified = False
        self.problems: list[Problem] = []
        self.validators: dict[str, Any] = {}
        self._package = package
        self.options = options
        self._tables = tables_in(package, self.problems.append)
        if not any(known and known[0] == "service" for known in map(table_of, self._names())):
            package.close()
            raise SourceError("no_services", self.canonical)

    async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Give all services in the order of their table; a package is always read from its start."""
        del resume
        try:
            async with aclosing(in_batches(self._items())) as batches:
                async for batch in batches:
                    yield batch
        except sqlite3.Error as error:
            self.problems.append(Problem("no_room", detail=type(error).__name__, partial=True))
        self.complete = not any(problem.partial for problem in self.problems)

    def _names(self) -> list[str]:
        return [table.name for table in self._tables]

    def _items(self) -> Generator[Item, None, None]:
        shelf = Shelf()
        try:
            loading = Loading(shelf, self._package, self.options, self.problems.append)
            yield from loading.load(self._tables)
            self._look_over(shelf)
            yield from _services(shelf, self.options.max_record_bytes)
        finally:
            shelf.close()
            self._package.close()

    def _look_over(self, shelf: Shelf) -> None:
        """Report rows that no service will ever hold, so that they are not lost without a word."""
        if shelf.has("location") and not shelf.has("service_at_location"):
            self.problems.append(Problem("missing_table", "service_at_location"))
        ties = [(many.table, "service", many.link) for many in MANY["service"]]
        ties += [(table, one.table, one.link) for table in ONE for one in ONE[table]]
        for table, parent, link in ties:
            if count := shelf.orphans(table, parent=parent, link=link):
                self.problems.append(Problem("orphan_rows", f"{table}.{link}", str(count)))
        if unlinked := shelf.unlinked("location", child="service_at_location", link="location_id"):
            self.problems.append(Problem("unlinked_rows", "location", str(unlinked)))


def _services(shelf: Shelf, limit: int) -> Iterator[Item]:
    for position, row in shelf.rows("service"):
        try:
            document = Nesting(shelf).nest("service", row)
            size = len(orjson.dumps(document))
        except TooManyRowsError:
            size = limit + 1
        if size > limit:
            yield Item(position, None, "too_large", service_id=str(row.get("id", "")))
        else:
            yield Item(position, document, size=size)
