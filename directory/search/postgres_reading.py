"""The statements that search on PostgreSQL."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from directory.search.binding import Filters, filters_of, values_of
from directory.search.steps import TermsApart, TermsWithin, WordsApart, WordsWithin

if TYPE_CHECKING:
    from directory.search.steps import Ways

RARE = 300
"""Up to so many offers that have a word are read at once, whatever their distance."""
STATE = "SELECT generation FROM projection_state"
TERMS = "SELECT name, key FROM near_term"
CARDS = "SELECT key, card FROM near_card WHERE key = ANY(%s)"
COUNT_WORD = "SELECT count(*) FROM (SELECT 1 FROM near_card WHERE words @@ %s::tsquery LIMIT %s) few"
_FACTS = "i.service, i.feed, i.twin, i.lat, i.lon, i.flags, i.assured, i.languages, i.lad"
_OWN_WORDS = "array_to_string(tsvector_to_array({}.words), ' ')"
_RANK = (
    "(i.lat - %(lat)s::float8) * (i.lat - %(lat)s::float8) * %(tall)s::float8 + "
    "(i.lon - %(lon)s::float8) * (i.lon - %(lon)s::float8) * %(wide)s::float8"
)
_RING = (
    "rank <= %(outer)s::float8 AND (rank > %(after)s::float8 OR "
    "(rank = %(after)s::float8 AND card > %(card)s::bigint)) ORDER BY rank, card, hint LIMIT %(limit)s"
)
_WITHIN = (
    " AND i.point && _ST_Expand(ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326)::geography, "
    "%(reach)s::float8)"
)
"""What `ST_DWithin` asks of the index, without its exact distance: the ring is cut by `rank`."""


def match(ways: Ways, tokens: tuple[str, ...]) -> str:
    """A tsquery of lexemes as they are: all the words of one way, and one of the tokens if there are any."""
    every = " & ".join(f"'{word}'" for word in ways[0])
    if len(ways) > 1:
        each = (" & ".join(f"'{word}'" for word in way) for way in ways)
        every = f"({' | '.join(f'({way})' for way in each)})"
    if not tokens:
        return every
    some = " | ".join(f"'{token}'" for token in tokens)
    return f"{every} & ({some})"


def statement(step: TermsWithin | WordsWithin | TermsApart | WordsApart) -> tuple[str, dict[str, Any]]:
    """The statement that answers a step, and its values."""
    values = values_of(step, match)
    filters = _filters(filters_of(step))
    if isinstance(step, TermsWithin | WordsWithin):
        metres = step.bounds.outer**0.5
        # flat distances fall short of round ones further out
        values["reach"] = metres * (1.02 + metres / 1_000_000)
    if isinstance(step, TermsWithin):
        return _terms_within(filters, step.terms.marks, step.bounds.cells is None), values
    if isinstance(step, WordsWithin):
        return _words_within(filters, len(step.ways) > 1), values
    if isinstance(step, TermsApart):
        return _terms_apart(filters, step.terms.marks, len(step.cells)), values
    return _words_apart(filters, len(step.cells), len(step.ways) > 1), values


@lru_cache
def _filters(filters: Filters) -> str:
    return filters.text(
        lad="i.lad = %(lad)s::bigint",
        weeks=(
            "((i.week0 & %(week0)s::bigint) | (i.week1 & %(week1)s::bigint) "
            "| (i.week2 & %(week2)s::bigint)) <> 0"
        ),
        forbidden="(i.flags & %(forbidden)s::int) = 0",
        age="i.minimum_age <= %(oldest)s AND i.maximum_age >= %(youngest)s",
        language="(i.languages = 0 OR (i.languages & %(speaks)s::bigint) <> 0)",
    )


@lru_cache
def _terms_within(filters: str, marks: tuple[int, ...], whole: bool) -> str:  # noqa: FBT001
    near = "" if whole else _WITHIN
    each = " UNION ALL ".join(
        f"SELECT {_RANK} AS rank, i.card, {_FACTS}, {mark} AS hint FROM near_index i "
        f"WHERE i.term = %(term{place})s::int AND i.point IS NOT NULL{near}{filters}"
        for place, mark in enumerate(marks)
    )
    return f"SELECT * FROM ({each}) found WHERE {_RING}"


@lru_cache
def _words_within(filters: str, several: bool) -> str:  # noqa: FBT001
    found = (
        f"SELECT * FROM (SELECT {_RANK} AS rank, i.key AS card, {_FACTS}, 0 AS hint, i.name FROM near_card i "
        f"WHERE i.words @@ %(match)s::tsquery AND i.lat IS NOT NULL{filters}) found WHERE {_RING}"
    )
    if not several:
        return found
    words = (
        f"SELECT ring.*, {_OWN_WORDS.format('n')} FROM ({found}) ring JOIN near_card n ON n.key = ring.card"
    )
    return f"{words} ORDER BY rank, card"


@lru_cache
def _terms_apart(filters: str, marks: tuple[int, ...], cells: int) -> str:
    return " UNION ALL ".join(
        f'(SELECT i."row" AS rank, i.card, {_FACTS}, {mark} AS hint FROM near_index i '
        f'WHERE i.term = %(term{term})s::int AND i."row" = %(row{cell})s::int '
        f'AND i."column" = %(column{cell})s::bigint AND i.point IS NULL{filters} '
        f"ORDER BY i.card LIMIT %(limit)s)"
        for term, mark in enumerate(marks)
        for cell in range(cells)
    )


@lru_cache
def _words_apart(filters: str, cells: int, several: bool) -> str:  # noqa: FBT001
    words = f", {_OWN_WORDS.format('i')}" if several else ""
    return " UNION ALL ".join(
        f"(SELECT %(row{cell})s::int AS rank, i.key AS card, {_FACTS}, 0 AS hint, i.name{words} "
        f"FROM near_card i WHERE i.words @@ %(match{cell})s::tsquery{filters} ORDER BY i.key LIMIT %(limit)s)"
        for cell in range(cells)
    )
