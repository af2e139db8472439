"""The statements that search on SQLite."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from directory.search.binding import Filters, filters_of, values_of
from directory.search.steps import TermsApart, TermsWithin, WordsApart, WordsWithin

if TYPE_CHECKING:
    from directory.search.steps import Ways

RARE = 300
"""Up to so many offers are read at once, whatever their distance."""
SPARSE = 2_500
"""Up to so many offers a ring is read as one strip of rows: seeking each row of cells would take longer."""
STATE = "SELECT live, generation, apart FROM projection_state"
NEXT_CELL = (
    'SELECT "row", "column" FROM near_index_{slot} WHERE term = 0 AND "row" < 0 '
    'AND ("row", "column") > (?, ?) ORDER BY "row", "column" LIMIT 1'
)
COUNT_TERM = "SELECT count(*) FROM (SELECT 1 FROM near_index_{slot} WHERE term = ? LIMIT ?)"
COUNT_WORD = (
    "SELECT count(*) FROM (SELECT rowid FROM near_text_{slot} WHERE near_text_{slot} MATCH ? LIMIT ?)"
)
_FOUND = "i.card, i.service, i.feed, i.twin, i.lat, i.lon, i.flags, i.assured, i.languages, i.lad"
_OWN_WORDS = "(SELECT n.words FROM near_card n WHERE n.key = {})"
_RANK = "(i.lat - :lat) * (i.lat - :lat) * :tall + (i.lon - :lon) * (i.lon - :lon) * :wide"
_RING = "rank <= :outer AND (rank > :after OR (rank = :after AND card > :card))"
_COLUMNS = 'i."column" BETWEEN :first_column AND :last_column'
_ROWS = (
    'WITH RECURSIVE r("row") AS (VALUES(:first_row) UNION ALL '
    'SELECT "row" + 1 FROM r WHERE "row" < :last_row) '
)


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
        how = "whole" if step.bounds.cells is None else "strip" if sparse else "rows"
        return _terms_within(slot, filters, step.terms.marks, how), values
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


@lru_cache
def _terms_within(
    slot: str, filters: str, marks: tuple[int, ...], how: Literal["whole", "strip", "rows"]
) -> str:
    index, columns = f"near_index_{slot} i WHERE i.term = :term{{}}", _COLUMNS
    rows = {
        "whole": f"{index} AND i.lat IS NOT NULL",
        "strip": f'{index} AND i."row" BETWEEN :first_row AND :last_row AND {columns}',
        "rows": f'r CROSS JOIN {index} AND i."row" = r."row" AND {columns}',
    }[how]
    each = " UNION ALL ".join(
        f"SELECT {_RANK} AS rank, {_FOUND}, {mark} AS hint FROM {rows.format(place)}{filters}"
        for place, mark in enumerate(marks)
    )
    first = _ROWS if how == "rows" else ""
    return f"{first}SELECT * FROM ({each}) WHERE {_RING} ORDER BY rank, card, hint LIMIT :limit"


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
