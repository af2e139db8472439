"""The statements that search on SQLite."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from directory.search.binding import Filters, filters_of, values_of
from directory.search.steps import TermsApart, TermsWithin, WordsApart, WordsWithin

if TYPE_CHECKING:
    from directory.search.grid import Box
    from directory.search.steps import Ways

RARE = 300
"""Up to so many offers that have a word are read at once, whatever their distance."""
_ROWS_AT_ONCE = 8
"""Statements name so many rows of cells, twice as many, and so on: few different ones are prepared.

The last row stands for those that a statement names too many.
"""
FEW_ROWS = 16
SPARSE = 5_000
"""Of a term with fewer offers all between the first row and the last are read where the rows are many."""
COUNT_TERM = "SELECT count(*) FROM (SELECT 1 FROM near_index_{slot} WHERE term = ? LIMIT ?)"
STATE = "SELECT live, generation, apart FROM projection_state"
NEXT_CELL = (
    'SELECT "row", "column" FROM near_index_{slot} WHERE term = 0 AND "row" < 0 '
    'AND ("row", "column") > (?, ?) ORDER BY "row", "column" LIMIT 1'
)
COUNT_WORD = (
    "SELECT count(*) FROM (SELECT rowid FROM near_text_{slot} WHERE near_text_{slot} MATCH ? LIMIT ?)"
)
_FOUND = "i.card, i.service, i.feed, i.twin, i.lat, i.lon, i.flags, i.assured, i.languages, i.lad"
_OWN_WORDS = "(SELECT n.words FROM near_card n WHERE n.key = {})"
_RANK = "(i.lat - :lat) * (i.lat - :lat) * :tall + (i.lon - :lon) * (i.lon - :lon) * :wide"
_RING = "rank <= :outer AND (rank > :after OR (rank = :after AND card > :card))"
_COLUMNS = 'i."column" BETWEEN :first_column AND :last_column'


@lru_cache
def cards(number: int) -> str:
    """The statement that gives so many cards by their keys."""
    return f"SELECT key, card FROM near_card WHERE key IN ({', '.join('?' * number)})"


def match(ways: Ways, tokens: tuple[str, ...]) -> str:
    """An FTS5 expression: all the words of one way, and one of the tokens where there are any.

    Words are stems of letters and digits alone, so that quoting them leaves nothing to an operator.
    """
    every = " AND ".join(f'"{word}"' for word in ways[0])
    if len(ways) > 1:
        each = (" AND ".join(f'"{word}"' for word in way) for way in ways)
        every = f"({' OR '.join(f'({way})' for way in each)})"
    if not tokens:
        return every
    return f"({' OR '.join(f'{chr(34)}{token}{chr(34)}' for token in tokens)}) AND {every}"


def statement(
    step: TermsWithin | WordsWithin | TermsApart | WordsApart, slot: str, *, sparse: bool = False
) -> tuple[str, dict[str, Any]]:
    """The statement that answers a step, and its values; `sparse` where few offers have the terms."""
    values = values_of(step, match)
    filters = _filters(filters_of(step))
    if isinstance(step, TermsWithin):
        return _terms_within(
            slot, filters, step.terms.marks, _rows(values, step.bounds.cells, sparse=sparse)
        ), values
    if isinstance(step, WordsWithin):
        return _words_within(slot, filters, len(step.ways) > 1), values
    if isinstance(step, TermsApart):
        return _terms_apart(slot, filters, step.terms.marks, len(step.cells)), values
    return _words_apart(slot, filters, len(step.cells), len(step.ways) > 1), values


@lru_cache
def _filters(filters: Filters) -> str:
    return filters.text(
        lad="i.lad = :lad",
        weeks="((i.week0 & :week0) | (i.week1 & :week1) | (i.week2 & :week2)) <> 0",
        forbidden="(i.flags & :forbidden) = 0",
        age="i.minimum_age <= :oldest AND i.maximum_age >= :youngest",
        language="(i.languages = 0 OR (i.languages & :speaks) <> 0)",
    )


def _rows(values: dict[str, Any], cells: Box | None, *, sparse: bool) -> str:
    """The condition that an offer lies in one of these rows of cells; those that are named get values."""
    if cells is None:
        return "i.lat IS NOT NULL"
    if sparse:
        return f'i."row" BETWEEN :first_row AND :last_row AND {_COLUMNS}'
    number = -(-(cells.last_row - cells.first_row + 1) // _ROWS_AT_ONCE) * _ROWS_AT_ONCE
    names, condition = _in_rows(number)
    rows = chain(range(cells.first_row, cells.last_row), repeat(cells.last_row))
    values.update(zip(names, rows, strict=False))
    return condition


@lru_cache
def _in_rows(number: int) -> tuple[tuple[str, ...], str]:
    """Names for so many rows, and the condition that an offer lies in one of them.

    They are not joined from a list: where somebody has run ANALYZE, SQLite would first read the whole term
    to see which rows there are, and make a Bloom filter of them.
    """
    names = tuple(f"row{place}" for place in range(number))
    return names, f'i."row" IN ({", ".join(f":{name}" for name in names)}) AND {_COLUMNS}'


@lru_cache(maxsize=1_024)
def _terms_within(slot: str, filters: str, marks: tuple[int, ...], rows: str) -> str:
    each = " UNION ALL ".join(
        f"SELECT {_RANK} AS rank, {_FOUND}, {mark} AS hint FROM near_index_{slot} i "
        f"WHERE i.term = :term{place} AND {rows}{filters}"
        for place, mark in enumerate(marks)
    )
    return f"SELECT * FROM ({each}) WHERE {_RING} ORDER BY rank, card, hint LIMIT :limit"


@lru_cache
def _words_within(slot: str, filters: str, several: bool) -> str:  # noqa: FBT001
    found = (
        f"SELECT * FROM (SELECT {_RANK} AS rank, {_FOUND}, 0 AS hint, i.name FROM near_text_{slot} t "
        f"CROSS JOIN near_offer_{slot} i ON i.key = t.rowid "
        f"WHERE t.near_text_{slot} MATCH :match AND i.lat IS NOT NULL{filters}) "
        f"WHERE {_RING} ORDER BY rank, card LIMIT :limit"
    )
    if not several:
        return found
    return f"SELECT ring.*, {_OWN_WORDS.format('ring.card')} FROM ({found}) ring ORDER BY rank, card"


@lru_cache
def _terms_apart(slot: str, filters: str, marks: tuple[int, ...], cells: int) -> str:
    return " UNION ALL ".join(
        f'SELECT * FROM (SELECT i."row" AS rank, {_FOUND}, {mark} AS hint FROM near_index_{slot} i '
        f'WHERE i.term = :term{term} AND i."row" = :row{cell} AND i."column" = :column{cell}{filters} '
        "LIMIT :limit)"
        for term, mark in enumerate(marks)
        for cell in range(cells)
    )


@lru_cache
def _words_apart(slot: str, filters: str, cells: int, several: bool) -> str:  # noqa: FBT001
    words = f", {_OWN_WORDS.format('i.card')}" if several else ""
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT :row{cell} AS rank, {_FOUND}, 0 AS hint, i.name{words} "
        f"FROM near_text_{slot} t CROSS JOIN near_offer_{slot} i ON i.key = t.rowid "
        f"WHERE t.near_text_{slot} MATCH :match{cell}{filters} LIMIT :limit)"
        for cell in range(cells)
    )
