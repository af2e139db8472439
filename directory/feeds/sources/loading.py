"""Brings the tables of a package onto the shelf, under the names of version 3."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from directory.feeds.sources.cells import CsvFile, Line
from directory.feeds.sources.relations import NUMBERS, table_of
from directory.feeds.sources.source import RAW_BYTES, Item, Problem, SourceOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from directory.feeds.sources.package import Package, Table
    from directory.feeds.sources.relations import Cells
    from directory.feeds.sources.shelf import Shelf

_BROKEN = (OSError, KeyError, RuntimeError, NotImplementedError, EOFError, zlib.error, zipfile.BadZipFile)
_NUMBER = re.compile(r"\s*-?\d{1,15}(\.\d{1,15})?\s*", re.ASCII)
_SOME = 1000
_SWALLOWING = frozenset({"not_csv", "too_large", "bomb"})
"""Troubles of one row that may have cost others."""
_NOT_RECORDS = frozenset({"metadata", "meta_table_description", "meta_table_descriptions"})


class Loading:
    """One go through all tables."""

    def __init__(
        self, shelf: Shelf, package: Package, options: SourceOptions, report: Callable[[Problem], None]
    ) -> None:
        """Take where rows come from and where they go."""
        self._shelf = shelf
        self._package = package
        self._left = options.max_unpacked_bytes
        self._report = report
        self._bad: list[Item] = []

    def load(self, tables: list[Table]) -> Iterator[Item]:
        """Put every row that can be used; give an item for each row of services that can't."""
        names = {known[0] for known in (table_of(table.name) for table in tables) if known}
        for table in tables:
            known = table_of(table.name)
            if known is None:
                if table.name.lower() not in _NOT_RECORDS:
                    self._report(Problem("table_not_read", table.path))
                continue
            target, adapt = known
            if target == "taxonomy" and "taxonomy_term" not in names:
                target, adapt = "taxonomy_term", _term  # versions 1 and 2 keep terms there
            yield from self._file(table, target, adapt)
        self._shelf.index()

    def _file(self, table: Table, target: str, adapt: Callable[[Cells], Cells]) -> Iterator[Item]:
        self._bad.clear()
        counts: Counter[str] = Counter()
        is_service = target == "service"
        try:
            with self._package.open(table.path) as file:
                source = CsvFile(file, table.delimiter)
                rows = self._rows(source, table.path, target, adapt)
                while True:
                    some = list(islice(rows, _SOME))
                    self._shelf.put(target, some)
                    counts.update(item.reason for item in self._bad)
                    if is_service:
                        yield from self._bad
                    self._bad.clear()
                    if not some:
                        break
        except _BROKEN as error:
            self._report(Problem("broken_table", table.path, type(error).__name__, partial=is_service))
            return
        self._left -= source.bytes_read
        if source.not_utf8:
            self._report(Problem("not_utf8", table.path, str(source.not_utf8)))
        for reason, count in counts.items():
            partial = is_service and reason in _SWALLOWING
            self._report(Problem(reason, table.path, str(count), partial=partial))

    def _rows(
        self, source: CsvFile, path: str, target: str, adapt: Callable[[Cells], Cells]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give what can be used of a file; what can't waits in `_bad` to be reported."""
        for line in source.lines():
            position = f"{path} row {line.number}"
            trouble = "bomb" if source.bytes_read > self._left else _trouble(line, target)
            if trouble:
                self._bad.append(Item(position, None, trouble, raw=orjson.dumps(line.cells)[:RAW_BYTES]))
            if trouble == "bomb":
                return
            if not trouble or (trouble == "ragged_row" and target != "service"):
                yield position, _typed(target, adapt(line.cells))


def _trouble(line: Line, target: str) -> str:
    if line.trouble or target != "service":
        return line.trouble
    return "" if line.cells.get("id") or line.cells.get("name") else "no_id_or_name"


def _typed(table: str, cells: Cells) -> dict[str, Any]:
    """Make numbers of what the standard says is a number, where it is written as one."""
    numbers = NUMBERS.get(table)
    if not numbers:
        return dict(cells)
    return {name: _number(text) if name in numbers else text for name, text in cells.items()}


def _number(text: str) -> float | str:
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _term(cells: Cells) -> Cells:
    return {"taxonomy": cells["vocabulary"], **cells} if "vocabulary" in cells else cells
