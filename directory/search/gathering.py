"""Finding what is near, ring by ring, until there is enough; never a hard edge with nothing behind it.

The order of answers is made in stages: rings are added up until at least a dozen right ones are
together, those are put in order by score, and the next stage begins where they ended. An order made so
does not depend on how many were asked for, so that pages never overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from directory.search import grid, ranking
from directory.search.judging import Bench, Candidate, Judged, Seen, in_order
from directory.search.steps import AreRare, Bounds, Found, Terms, TermsWithin, WordsWithin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.search.query import Where
    from directory.search.steps import Row, Steps, Ways

NEAR_LIMIT_M = 25_000
"""What is further than this (beyond the radius of the place itself) is not called near."""
_RIGHT_ONES = 12
_STAGE_AT_MOST = 48
_AT_ONCE = 32
_EVERYWHERE_M = 25_000_000.0
_LAST_CARD = 2**62


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
    found, seen = Gathered(), Seen()
    if not need.terms.every and not need.ways:
        return found
    limit = _near_limit(where)
    whole = bool((yield AreRare(need.terms.every, need.ways))[0][0])
    pending: dict[int, Candidate] = {}
    after = (-1.0, 0)
    for outer in _rings(limit, whole=whole, within=where.lad is not None):
        aim = found.near if outer <= limit else found.further
        while after < (outer * outer, _LAST_CARD):
            rows, after = yield from _ring(bench, where, need, _Ring(outer, after, whole))
            _merge(pending, rows, where, need)
            ended = outer in (limit, _EVERYWHERE_M) and after[1] == _LAST_CARD
            if not ended and not _full(pending, need):
                continue
            found.candidates.extend(pending.values())
            aim += yield from in_order(bench, list(pending.values()), seen, enough - len(aim))
            pending = {}
            if len(aim) >= enough:
                return found
        if outer >= limit and found.near:
            return found
    return found


def _near_limit(where: Where) -> float:
    if where.lad:
        return max(2.0 * where.radius_m, 50_000.0)
    return float(NEAR_LIMIT_M + where.radius_m)


def _rings(limit: float, *, whole: bool, within: bool) -> Sequence[float]:
    """The radii to look within: few offers are all read at once, whatever their distance."""
    if whole:
        return (limit,) if within else (limit, _EVERYWHERE_M)
    near = [float(ring) for ring in grid.RINGS_M if ring < limit]
    if within:
        return (*near, limit)
    return (*near, limit, *(float(ring) for ring in grid.RINGS_M if ring > limit), _EVERYWHERE_M)


class _Ring(NamedTuple):
    """Where to look next."""

    outer: float
    after: tuple[float, int]
    whole: bool
    """All offers are read, and no cells looked up."""


def _ring(
    bench: Bench, where: Where, need: Resolved, ring: _Ring
) -> Steps[tuple[list[Found], tuple[float, int]]]:
    """The next rows of a ring, and up to where they reach."""
    everywhere = ring.whole or ring.outer >= _EVERYWHERE_M
    cells = None if everywhere else grid.box(where.lat, where.lon, ring.outer)
    reached = (ring.outer * ring.outer, _LAST_CARD)
    bounds = Bounds(where.lat, where.lon, cells, reached[0], ring.after, _AT_ONCE)
    answers: list[list[Row]] = []
    if need.terms.every:
        answers.append((yield TermsWithin(need.terms, bounds, bench.wanted)))
    if need.ways:
        answers.append((yield WordsWithin(need.ways, bounds, bench.wanted)))
    for rows in answers:
        if len(rows) >= _AT_ONCE:
            reached = min(reached, (rows[-1][0], rows[-1][1]))
    if len(answers) == 1:
        return [Found(*row) for row in answers[0]], reached
    return [Found(*row) for rows in answers for row in rows if (row[0], row[1]) <= reached], reached


def fit_of(row: Found, need: Resolved) -> float:
    """How well a row fits, by the way in which it was found."""
    if row.name is None:
        return ranking.FIT_TERMS[row.hint]
    if row.words is None:
        return ranking.text_fit(need.ways[0], row.name)
    return ranking.fit_in_ways(need.ways, row.name, frozenset(row.words.split()))


def _merge(pending: dict[int, Candidate], rows: list[Found], where: Where, need: Resolved) -> None:
    """Add rows to the candidates: one that was found in two ways counts by the better."""
    lat, lon, radius_m = where.lat, where.lon, where.radius_m
    for row in rows:
        fit = fit_of(row, need)
        held = pending.get(row.card)
        if held is not None:
            held.fit = max(held.fit, fit)
        elif row.lat is not None and row.lon is not None:
            metres = grid.distance(lat, lon, row.lat, row.lon)
            pending[row.card] = Candidate(row, fit, metres, ranking.nearness(metres, radius_m))


def _full(pending: dict[int, Candidate], need: Resolved) -> bool:
    """Whether a stage is complete: enough right ones, or very many that might be."""
    if len(pending) < _RIGHT_ONES:
        return False
    if len(pending) >= _STAGE_AT_MOST or not need.terms.sure:
        return True
    return sum(candidate.fit >= ranking.FIT_NAME for candidate in pending.values()) >= _RIGHT_ONES
