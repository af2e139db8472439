"""The best bare SQLite statements that give the ten nearest with a term, or with words, built to be beaten.

All return the same columns as our own search reads, the card included, and widen their rings until
ten are found, or until nothing more is near. Which is best depends on place and term, so all are
measured and the best one counts.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from directory.search import grid
from directory.search.sqlite import _PRAGMAS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.questions import Question

RINGS_M: Final = (500, 1_000, 2_000, 5_000, 12_000, 25_000, 80_000, 200_000, 500_000, 1_500_000)
TEXT_RINGS_M: Final = (1_000, 3_000, 10_000, 25_000, 100_000, 300_000, 1_500_000)
NEAR_M: Final = 25_000
"""Where there is anything within this, nothing further is looked for: our own search does the same."""
STRIP_M: Final = 80_000
"""From here on whole rows of cells are read: a seek for each would take longer."""
FOUND: Final = 10
COLUMNS: Final = "service, feed, twin, lat, lon, flags, assured, languages, card"
AWAY: Final = "(lat - ?1) * (lat - ?1) * ?3 + (lon - ?2) * (lon - ?2) * ?4"
"""Square of the distance in metres, flat about the point asked about."""
Rows = list[tuple[Any, ...]]


def read(path: Path) -> sqlite3.Connection:
    """Open the floors' file for reading, set up as our own reader is."""
    connection = sqlite3.connect(path, cached_statements=1_000, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def terms_in(connection: sqlite3.Connection) -> dict[str, int]:
    """The terms by name."""
    return dict(connection.execute("SELECT name, key FROM term"))


@dataclass(frozen=True, slots=True)
class Around:
    """A ring about a point: the numbers that statements need."""

    lat: float
    lon: float
    tall: float
    wide: float
    """Squares of the metres in a degree of latitude, and of longitude here."""
    outer: float
    """Square of the radius in metres."""

    @property
    def point(self) -> tuple[float, float, float, float, float]:
        """Parameters 1 to 5 of every statement."""
        return (self.lat, self.lon, self.tall, self.wide, self.outer)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, north, west and east."""
        up, along = math.sqrt(self.outer / self.tall), math.sqrt(self.outer / self.wide)
        return (self.lat - up, self.lat + up, self.lon - along, self.lon + along)


def around(lat: float, lon: float, radius_m: float) -> Around:
    """A ring of so many metres about a point."""
    tall, wide = grid.scales(lat)
    return Around(lat, lon, tall * tall, wide * wide, radius_m * radius_m)


def enough(rows: Sequence[object], radius_m: float) -> bool:
    """Whether a ring need not be widened."""
    return len(rows) >= FOUND or (radius_m >= NEAR_M and bool(rows))


@dataclass(frozen=True, slots=True)
class TermTree:
    """A three-dimensional R*Tree: the term is the first dimension; the answer in auxiliary columns."""

    connection: sqlite3.Connection
    terms: dict[str, int]
    name: str = "R*Tree over term and place"
    statement: str = (
        f"SELECT {AWAY} AS away, {COLUMNS} FROM tree WHERE term0 = ?6 AND south BETWEEN ?7 AND ?8 "
        "AND west BETWEEN ?9 AND ?10 AND away <= ?5 ORDER BY away LIMIT 10"
    )

    def __call__(self, question: Question) -> Rows:
        """The ten nearest with the term."""
        rows: Rows = []
        for radius in RINGS_M:
            ring = around(question.lat, question.lon, radius)
            given = (*ring.point, self.terms[question.term], *ring.box)
            rows = self.connection.execute(self.statement, given).fetchall()
            if enough(rows, radius):
                break
        return rows


@dataclass(frozen=True, slots=True)
class CellTree:
    """A B-tree over term, cell row and cell column: with the answer in it, or with its key alone."""

    connection: sqlite3.Connection
    terms: dict[str, int]
    covering: bool

    @property
    def name(self) -> str:
        """What it is called in the report."""
        return "covering B-tree" if self.covering else "thin B-tree, the ten looked up"

    def __call__(self, question: Question) -> Rows:
        """The ten nearest with the term."""
        rows: Rows = []
        term = self.terms[question.term]
        for radius in RINGS_M:
            ring = around(question.lat, question.lon, radius)
            cells = grid.box(question.lat, question.lon, radius)
            wanted: Sequence[int] = range(cells.first_row, cells.last_row + 1)
            if strip := radius >= STRIP_M:
                wanted = (cells.first_row, cells.last_row)
            given = (*ring.point, term, cells.first_column, cells.last_column, *wanted)
            statement = cell_statement(len(wanted), covering=self.covering, strip=strip)
            rows = self.connection.execute(statement, given).fetchall()
            if enough(rows, radius):
                break
        return rows


@lru_cache(maxsize=512)
def cell_statement(rows: int, *, covering: bool, strip: bool) -> str:
    """A statement over so many rows of cells."""
    marks = ",".join(f"?{9 + number}" for number in range(rows))
    within = "row BETWEEN ?9 AND ?10" if strip else f"row IN ({marks})"
    where = f"WHERE term = ?6 AND {within} AND col BETWEEN ?7 AND ?8 AND {AWAY} <= ?5 ORDER BY away LIMIT 10"
    if covering:
        return f"SELECT {AWAY} AS away, {COLUMNS} FROM covering {where}"
    return (
        f"WITH near AS MATERIALIZED (SELECT {AWAY} AS away, offer AS id FROM thin {where}) "
        f"SELECT away, {COLUMNS} FROM near CROSS JOIN offer USING (id) ORDER BY away"
    )


@dataclass(frozen=True, slots=True)
class Text:
    """FTS5 with the cells among the words."""

    connection: sqlite3.Connection
    name: str = "FTS5 with the cell token"
    statement: str = (
        f"SELECT {AWAY} AS away, {COLUMNS} FROM text CROSS JOIN offer ON offer.id = text.rowid "
        "WHERE text MATCH ?6 AND away <= ?5 ORDER BY away LIMIT 10"
    )

    def __call__(self, question: Question) -> Rows:
        """The ten nearest with all the words."""
        rows: Rows = []
        words = " AND ".join(f'"{word}"' for word in question.stems)
        for radius in TEXT_RINGS_M:
            ring = around(question.lat, question.lon, radius)
            cells = grid.tokens_around(grid.box(question.lat, question.lon, radius))
            match = f"({' OR '.join(f'{chr(34)}{cell}{chr(34)}' for cell in cells)}) AND " if cells else ""
            rows = self.connection.execute(self.statement, (*ring.point, match + words)).fetchall()
            if enough(rows, radius):
                break
        return rows


@dataclass(frozen=True, slots=True)
class Naive:
    """What one would write first: an R*Tree of places joined with a full-text index, within 5 km."""

    connection: sqlite3.Connection
    name: str = "R*Tree joined with FTS5"
    statement: str = (
        f"SELECT {AWAY} AS away, {COLUMNS} FROM naive_place AS place "
        "JOIN naive_text ON naive_text.rowid = place.id JOIN offer ON offer.id = place.id "
        "WHERE naive_text MATCH ?6 AND place.south BETWEEN ?7 AND ?8 AND place.west BETWEEN ?9 AND ?10 "
        "AND away <= ?5 ORDER BY away LIMIT 10"
    )

    def __call__(self, question: Question) -> Rows:
        """At most ten within 5 km."""
        ring = around(question.lat, question.lon, 5_000)
        words = " ".join(f'"{word}"' for word in question.stems)
        return self.connection.execute(self.statement, (*ring.point, words, *ring.box)).fetchall()
