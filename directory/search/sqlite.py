"""Searching on SQLite: a thread of our own with the standard driver, and one transaction a question."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from directory.search import covering
from directory.search import sqlite_reading as reading
from directory.search.answering import answer
from directory.search.query import Found
from directory.search.radii import Radii
from directory.search.sqlite_watching import Watch
from directory.search.steps import AreRare, Cards, TermsApart, TermsWithin, WordsApart
from directory.search.vocabulary import Vocabulary
from directory.search.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from directory.search.query import Query
    from directory.search.steps import Row, Step

_PRAGMAS = ("query_only = ON", "cache_size = -65536", "mmap_size = 1073741824", "temp_store = MEMORY")
_COUNTS_AT_MOST = 10_000
"""Terms and words of which it is remembered how many offers have them."""


class SqliteSearcher:
    """Answers questions from one SQLite file; nothing is opened before the first."""

    def __init__(self, path: Path, timezone: ZoneInfo) -> None:
        self._path = path
        self._timezone = timezone
        self._worker = Worker("near")
        self._reader: _Reader | None = None
        self._watch = Watch(path)
        self._known: tuple[int | None, Vocabulary] = (None, Vocabulary({}))

    async def near(self, query: Query) -> Found:
        """What is near; empty where nothing was ever projected."""
        return await self._worker.do(self._near, query)

    async def vocabulary(self) -> Vocabulary:
        """The terms that are known; no thread is troubled while there are no new ones."""
        generation, known = self._known
        if generation is None or self._watch.generation() != generation:
            self._known = await self._worker.do(self._vocabulary)
            _, known = self._known
        return known

    async def covers(self, points: Sequence[tuple[float, float]], metres: float) -> tuple[bool, ...]:
        """Whether there is anything at all so near each point (latitude and longitude)."""
        return await self._worker.do(self._covers, points, metres)

    async def close(self) -> None:
        """Close the reader and end its thread."""
        self._watch.close()
        await self._worker.do(self._close)
        self._worker.end()

    def _near(self, query: Query) -> Found:
        reader = self._reading()
        if not reader.begin():
            return Found()
        try:
            return reader.run(query, self._timezone)
        finally:
            reader.end()

    def _covers(self, points: Sequence[tuple[float, float]], metres: float) -> tuple[bool, ...]:
        reader = self._reading()
        if not reader.begin():
            return (False,) * len(points)
        try:
            return tuple(reader.covers(lat, lon, metres) for lat, lon in points)
        finally:
            reader.end()

    def _vocabulary(self) -> tuple[int | None, Vocabulary]:
        reader = self._reading()
        if not reader.begin():
            return None, Vocabulary({})
        try:
            return reader.generation, reader.vocabulary
        finally:
            reader.end()

    def _reading(self) -> _Reader:
        if self._reader is None:
            self._reader = _Reader(self._path)
        return self._reader

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class _Reader:
    """One connection that only reads, and what it remembers between questions."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        self._connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=10, cached_statements=512, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._execute = self._connection.execute
        self._known = (-1, -1)
        self._apart: frozenset[tuple[int, int]] = frozenset()
        self._live = ""
        self._counts: dict[int | str, int] = {}
        self._radii = Radii()
        self.vocabulary = Vocabulary({})

    @property
    def generation(self) -> int:
        """Of which generation the terms are."""
        return self._known[0]

    def close(self) -> None:
        self._connection.close()

    def begin(self) -> bool:
        """Begin to read one state of the store; False where it has no projection yet."""
        self._execute("BEGIN")
        try:
            self._live, generation, apart = self._execute(reading.STATE).fetchone()
        except sqlite3.OperationalError as error:
            self.end()
            if "no such table" in str(error):
                return False
            raise
        if (generation, apart) != self._known:
            self._known = (generation, apart)
            self._counts.clear()
            self._apart = frozenset(self._special_cells())
            self.vocabulary = Vocabulary(dict(self._execute("SELECT name, key FROM near_term")))
        return True

    def end(self) -> None:
        self._execute("COMMIT")

    def run(self, query: Query, timezone: ZoneInfo) -> Found:
        steps = answer(query, self.vocabulary.keys, timezone, self._radii)
        try:
            step = next(steps)
            while True:
                step = steps.send(self._do(step))
        except StopIteration as end:
            found: Found = end.value
            return found

    def covers(self, lat: float, lon: float, metres: float) -> bool:
        values = covering.values_on_sqlite(lat, lon, metres)
        return bool(self._execute(covering.ON_SQLITE.format(slot=self._live), values).fetchone()[0])

    def _do(self, step: Step) -> list[Row]:
        if isinstance(step, Cards):
            return self._execute(reading.cards(len(step.keys)), step.keys).fetchall()
        if isinstance(step, AreRare):
            return [(self._are_rare(step),)]
        if isinstance(step, TermsApart | WordsApart):
            step = step._replace(cells=tuple(cell for cell in step.cells if cell in self._apart))
            if not step.cells:
                return []
        statement, values = reading.statement(step, self._live, sparse=self._is_sparse(step))
        return self._execute(statement, values).fetchall()

    def _special_cells(self) -> Iterator[tuple[int, int]]:
        """The special cells under which there is anything at all."""
        cell = (-10, 0)
        while found := self._execute(reading.NEXT_CELL.format(slot=self._live), cell).fetchone():
            cell = found
            yield cell

    def _are_rare(self, step: AreRare) -> bool:
        """Whether all ways together are rare, each as rare as its rarest word."""
        return sum(min(map(self._count, way)) for way in step.ways) <= reading.RARE

    def _is_sparse(self, step: Step) -> bool:
        """Whether a ring is so wide, and so few offers have its terms, that seeking each row takes longer."""
        if not isinstance(step, TermsWithin) or step.bounds.cells is None:
            return False
        cells = step.bounds.cells
        if cells.last_row - cells.first_row < reading.FEW_ROWS:
            return False
        return sum(map(self._count, step.terms.every)) <= reading.SPARSE

    def _count(self, what: int | str) -> int:
        """How many offers have a term (or a word), as far as it matters."""
        count = self._counts.get(what)
        if count is None:
            counted, most, value = reading.COUNT_TERM, reading.SPARSE + 1, what
            if isinstance(what, str):
                counted, most, value = reading.COUNT_WORD, reading.RARE + 1, reading.match(((what,),), ())
            (count,) = self._execute(counted.format(slot=self._live), (value, most)).fetchone()
            if len(self._counts) >= _COUNTS_AT_MOST:
                self._counts.clear()
            self._counts[what] = count
        return count
