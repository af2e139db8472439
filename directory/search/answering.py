"""A whole question answered: each need gathered, the needs woven together, the cards read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search import query
from directory.search.apart import ANYWHERE, cells_for, gather_apart
from directory.search.gathering import Gathered, Resolved, gather
from directory.search.hits import hit
from directory.search.judging import Bench, Judged, Seen, order_of
from directory.search.offer import authority_number
from directory.search.stemming import asked
from directory.search.steps import Terms
from directory.search.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from directory.search.judging import Candidate
    from directory.search.radii import Radii
    from directory.search.steps import Found, Steps

ANYTHING = 0
"""The term that every offer is indexed under."""
_MOST_WAYS = 40


def answer(
    question: query.Query, terms: Mapping[str, int], timezone: ZoneInfo, radii: Radii
) -> Steps[query.Found]:
    """The answer to a question; `terms` are the keys of the terms this store knows."""
    bench = Bench(question, wanted(question, timezone), timezone, radii)
    needs = _resolved(question, terms)
    enough = question.offset + question.limit + 1
    gathered = (yield from _gathered(bench, needs, enough)) if not question.conditions.online else []
    near = _woven([found.near for found in gathered])
    further = [] if near else _woven([found.further for found in gathered])
    apart: list[Judged] = []
    if question.offset == 0 or question.conditions.online:
        apart = yield from _apart(bench, needs, cells_for(bench, _home(question)), enough)
    if not (near or further or apart or question.conditions.online):
        apart = yield from _apart(bench, needs, ANYWHERE, enough)
    looked_at = [candidate for found in gathered for candidate in found.candidates]
    page = slice(question.offset, question.offset + question.limit)
    start = question.offset if question.conditions.online else 0
    return query.Found(
        (yield from _shown(bench, near[page], looked_at)),
        (yield from _shown(bench, further[page], looked_at)),
        (yield from _shown(bench, apart[start : start + question.limit], [])),
        more=max(len(near), len(further), len(apart) if start or question.conditions.online else 0) >= enough,
    )


def _gathered(bench: Bench, needs: list[Resolved], enough: int) -> Steps[list[Gathered]]:
    gathered: list[Gathered] = []
    if bench.query.where:
        for need in needs:
            found = yield from gather(bench, bench.query.where, need, enough)
            gathered.append(found)
    return gathered


def _resolved(question: query.Query, terms: Mapping[str, int]) -> list[Resolved]:
    """The needs in keys and stems; without any, whatever there is."""
    if not question.needs:
        return [Resolved(Terms((ANYTHING,)), ())]
    found = [Resolved(_terms(need, terms), _ways(need)) for need in question.needs]
    return list(dict.fromkeys(found))


def _terms(need: query.Need, terms: Mapping[str, int]) -> Terms:
    """The keys of those terms of a need that are known, each once."""
    found: dict[int, int] = {}
    for mark, names in enumerate((need.terms, need.hints, need.loose)):
        for name in names:
            if name in terms:
                found.setdefault(terms[name], mark)
    return Terms(*(tuple(key for key, held in found.items() if held == mark) for mark in range(3)))


def _ways(need: query.Need) -> tuple[tuple[str, ...], ...]:
    """The ways to say a need in stems, each once."""
    if not need.others:
        words = asked(need.words)
        return (words,) if words else ()
    ways = dict.fromkeys(map(asked, (need.words, *need.others[:_MOST_WAYS])))
    return tuple(way for way in ways if way)


def _home(question: query.Query) -> int:
    """The number of the authority the place asked about is in; 0 where it is in none."""
    where = question.where
    code = (where.home_lad or where.lad) if where else None
    return authority_number(code) if code else 0


def _apart(
    bench: Bench, needs: list[Resolved], cells: tuple[tuple[int, int], ...], enough: int
) -> Steps[list[Judged]]:
    found = []
    for need in needs:
        best = yield from gather_apart(bench, need, cells, enough)
        found.append(best)
    return _woven(found)


def _woven(lists: Sequence[list[Judged]]) -> list[Judged]:
    """Several lists, best first each, as one: the best of each need, then the second of each, and so on."""
    if len(lists) == 1:
        return lists[0]
    seen, woven = Seen(), []
    for place in range(max(map(len, lists), default=0)):
        layer = [found[place] for found in lists if place < len(found)]
        for judged in sorted(layer, key=order_of):
            if not seen.again(judged.candidate.row):
                seen.add(judged.candidate.row)
                woven.append(judged)
    return woven


def _shown(bench: Bench, page: list[Judged], looked_at: list[Candidate]) -> Steps[tuple[query.Hit, ...]]:
    """The page as it is shown."""
    if not page:
        return ()
    rows = [judged.candidate.row for judged in page]
    twins = _twins(rows, looked_at)
    yield from bench.load(
        [*(row.card for row in rows), *(twin.card for some in twins.values() for twin in some)]
    )
    stored = bench.stored
    return tuple(
        query.Hit.later(
            hit, bench, judged, [(twin.feed, stored[twin.card]) for twin in twins.get(row.card, ())]
        )
        for judged, row in zip(page, rows, strict=True)
        if row.card in stored
    )


def _twins(rows: list[Found], looked_at: list[Candidate]) -> dict[int, list[Found]]:
    """For each card the rows of the same service from other feeds."""
    feeds = {row.twin: row.feed for row in rows if row.twin}
    others = [one.row for one in looked_at if feeds.get(one.row.twin, one.row.feed) != one.row.feed]
    if not others:
        return {}
    return {row.card: [other for other in others if other.twin == row.twin] for row in rows if row.twin}
