"""Services one does not go to: those that come to you or cover the area, online ones, and unplaced ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search import offer
from directory.search.gathering import fit_of
from directory.search.judging import Bench, Candidate, Judged, Seen, in_order
from directory.search.steps import Found, TermsApart, WordsApart

if TYPE_CHECKING:
    from directory.search.gathering import Resolved
    from directory.search.steps import Row, Steps

_A_CELL = 24
_NEARNESS = {
    offer.SOMEWHERE_AREA: 0.6,
    offer.SOMEWHERE_ONLINE: 0.5,
    offer.SOMEWHERE_NATIONWIDE: 0.4,
    offer.SOMEWHERE_UNPLACED: 0.2,
}
"""What stands for the distance of an offer that has none."""


ANYWHERE = ((offer.SOMEWHERE_UNPLACED, 0),)
"""The cell of what is somewhere, and nobody knows in which authority."""


def gather_apart(
    bench: Bench, need: Resolved, cells: tuple[tuple[int, int], ...], enough: int
) -> Steps[list[Judged]]:
    """The best offers without a place for one need, of these special cells."""
    answers: list[list[Row]] = []
    if need.terms.every:
        answers.append((yield TermsApart(need.terms, cells, _A_CELL, bench.wanted)))
    if need.ways:
        answers.append((yield WordsApart(need.ways, cells, _A_CELL, bench.wanted)))
    candidates: dict[int, Candidate] = {}
    for row in (Found(*row) for rows in answers for row in rows):
        fit = fit_of(row, need)
        nearness = _NEARNESS[int(row.rank)]
        held = candidates.get(row.card)
        if held is None or held.fit * held.nearness < fit * nearness:
            candidates[row.card] = Candidate(row, fit, None, nearness)
    return (yield from in_order(bench, list(candidates.values()), Seen(), enough))


def cells_for(bench: Bench, home: int) -> tuple[tuple[int, int], ...]:
    """The cells to look in; `home` is the number of the authority one is in, or 0.

    What has no place that can be found is shown where its authority is asked about, and not elsewhere.
    """
    online = (offer.SOMEWHERE_ONLINE, 0)
    if bench.query.conditions.online:
        return (online,)
    local = ((offer.SOMEWHERE_AREA, home), (offer.SOMEWHERE_UNPLACED, home)) if home else ()
    return (*local, online, (offer.SOMEWHERE_NATIONWIDE, 0))
