"""Finding what is near, nearest first, until there is enough; never a hard edge with nothing behind it.

The order of answers is made in stages: the nearest offers are taken until a dozen right ones are among them;
those are put in order by score, and the next stage begins where they ended. An order made so depends neither
on how many were asked for, so that pages never overlap, nor on how far was looked at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from directory.search import grid, ranking
from directory.search.judging import Bench, Candidate, Judged, Seen, in_order
from directory.search.nearest import EVERYWHERE_M, Nearest, Stream
from directory.search.steps import AreRare, Found, Terms, TermsWithin, WordsWithin

if TYPE_CHECKING:
    from directory.search.query import Where
    from directory.search.steps import Steps, Ways

NEAR_LIMIT_M = 25_000
"""What is further than this (beyond the radius of the place itself) is not called near."""
_STAGE = 16
_CHOOSY_STAGE = 24
"""How many are put in order together, and how many where some may fit better than others."""
_RIGHT_ONES = 12
_STAGE_AT_MOST = 48
_FOUND_TWICE = 16
"""How many more to read at once where several terms may find the same."""


class Resolved(NamedTuple):
    """A need in the index's own terms."""

    terms: Terms
    ways: Ways


@dataclass(slots=True)
class Gathered:
    """What one need led to, best first."""

    near: list[Judged] = field(default_factory=list)
    further: list[Judged] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    """All that were looked at: twins are found among them."""


def gather(bench: Bench, where: Where, need: Resolved, enough: int) -> Steps[Gathered]:
    """The best `enough` offers for one need around a place."""
    found = Gathered()
    if not need.terms.every and not need.ways:
        return found
    size = _CHOOSY_STAGE if need.ways or bench.choosy else _STAGE
    nearest, seen = Nearest((yield from _streams(bench, where, need, size))), Seen()
    edge, aim, ended = _near_limit(where), found.near, False
    while len(aim) < enough:
        if ended:
            if aim or where.lad or edge >= EVERYWHERE_M:
                break
            edge, aim = EVERYWHERE_M, found.further
        stage, ended = yield from _stage(nearest, where, need, (size, edge))
        found.candidates += stage
        aim += yield from in_order(bench, stage, seen, enough - len(aim))
    return found


def _near_limit(where: Where) -> float:
    if where.lad:
        return max(2.0 * where.radius_m, 50_000.0)
    return float(NEAR_LIMIT_M + where.radius_m)


def _streams(bench: Bench, where: Where, need: Resolved, size: int) -> Steps[list[Stream]]:
    """By terms, by words, or by both."""
    wanted, streams = bench.wanted, []
    terms, ways = need.terms, need.ways
    if number := len(terms.every):
        guess = bench.radii.guess((terms, wanted.kind), (number, wanted.kind), where.lat, where.lon)
        limit = size if number == 1 else size + _FOUND_TWICE
        streams.append(Stream(where, lambda bounds: TermsWithin(terms, bounds, wanted), limit, guess))
    if ways:
        lengths = tuple(map(len, ways))
        rare = (yield AreRare(ways))[0][0]
        kinds = (ways, wanted.kind), (lengths, wanted.kind)
        learnt = None if rare else bench.radii.guess(*kinds, where.lat, where.lon)
        streams.append(Stream(where, lambda bounds: WordsWithin(ways, bounds, wanted), size, learnt))
    return streams


def _stage(
    nearest: Nearest, where: Where, need: Resolved, least: tuple[int, float]
) -> Steps[tuple[list[Candidate], bool]]:
    """The next candidates, those that are put in order together; and whether there are none behind them.

    `least` is how many they are, as far as there are so many within so many metres. One that was found in
    two ways counts by the better.
    """
    stage: list[Candidate] = []
    size, edge = least
    outer, full, last = edge * edge, False, -1
    while not full and (yield from nearest.read_on(edge)):
        rows, nearest.rows = nearest.rows, []
        for place, row in enumerate(rows):
            found = Found(*row)
            if found.card == last:
                stage[-1] = stage[-1].fitting(fit_of(found, need))
                continue
            if full or found.rank > outer:
                nearest.rows = rows[place:]
                return stage, not full
            last = found.card
            stage.append(_candidate(found, where, need))
            full = len(stage) >= size and _full(stage, need)
    return stage, not full


def _candidate(row: Found, where: Where, need: Resolved) -> Candidate:
    metres = grid.distance(where.lat, where.lon, row.lat or 0.0, row.lon or 0.0)
    return Candidate(row, fit_of(row, need), metres, ranking.nearness(metres, where.radius_m))


def _full(stage: list[Candidate], need: Resolved) -> bool:
    """Whether enough right ones are among them, or very many that might be."""
    if len(stage) >= _STAGE_AT_MOST or not need.terms.sure:
        return True
    return sum(candidate.fit >= ranking.FIT_NAME for candidate in stage) >= _RIGHT_ONES


def fit_of(row: Found, need: Resolved) -> float:
    """How well a row fits, by the way in which it was found."""
    if row.name is None:
        return ranking.FIT_TERMS[row.hint]
    if row.words is None:
        return ranking.text_fit(need.ways[0], row.name)
    return ranking.fit_in_ways(need.ways, row.name, frozenset(row.words.split()))
