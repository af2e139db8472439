"""How well an offer answers: a product of parts, each from 0 to 1.

    score = fit * near(distance) * weighted(open) * weighted(freshness) * weighted(known)

`near` halves at 1.5 km (and the radius of the place itself further out). `weighted(part)` takes at most
a share away: 0.35 for hours not known when a time was asked, 0.3 for a record nobody ever assured, 0.3
for conditions not stated. All of them together take less than half, so that a right thing round the
corner stands before one miles away.
"""

from __future__ import annotations

from typing import NamedTuple

from directory.search.query import Openness

HALF_WAY_M = 1_500.0
FIT_TERM = 1.0
FIT_NAME = 0.95
FIT_LIKELY = 0.7
"""A term that speaks for the need less surely."""
FIT_TEXT = 0.6
FIT_HINT = 0.3
"""A single word that others use as well: shown where nothing fits better."""
FIT_TERMS = (FIT_TERM, FIT_LIKELY, FIT_HINT)
"""By a term, by a hint, by a loose one: `Found.hint`."""
OWN_NAMES = 4
"""How many ways of a need are its own names; the rest is what providers write about it."""
_FIT_WAYS = (FIT_TEXT, FIT_TEXT, 0.7, 0.78, 0.84, 0.88)
"""The fit of what is said in so many ways, none of them in the name."""
OPEN_PARTS = {Openness.OPEN: 1.0, Openness.UNKNOWN: 0.6, Openness.CLOSED: 0.0}
_NEVER_ASSURED = 0.6
_FRESHNESS = ((90, 1.0), (180, 0.9), (365, 0.8))
_OLDER = 0.7
_SHARE_OPEN = 0.35
_SHARE_FRESHNESS = 0.3
_SHARE_KNOWN = 0.3


class Parts(NamedTuple):
    """The parts of a score."""

    fit: float
    distance: float
    open: float
    freshness: float
    known: float


def score(parts: Parts) -> float:
    """All parts in one number, from 0 to 1."""
    fit, distance, open_, fresh, known = parts
    return fit * distance * weight(open_, fresh, known)


def weight(open_: float, fresh: float, known: float) -> float:
    """What hours, freshness and conditions leave of a score."""
    return (
        (1 - _SHARE_OPEN * (1 - open_))
        * (1 - _SHARE_FRESHNESS * (1 - fresh))
        * (1 - _SHARE_KNOWN * (1 - known))
    )


def nearness(distance_m: float, radius_m: float) -> float:
    """1 at the spot, a half at 1.5 km; slower where the place asked about is itself wide."""
    return 1.0 / (1.0 + distance_m / (HALF_WAY_M + radius_m))


def freshness(assured: int | None, today: int) -> float:
    """How far the last assurance can be relied on, by its age; both are day numbers."""
    if assured is None:
        return _NEVER_ASSURED
    for days, part in _FRESHNESS:
        if today - assured <= days:
            return part
    return _OLDER


def text_fit(words: tuple[str, ...], name: str) -> float:
    """How well a record whose text has all the words fits: best where they are its very name."""
    own = name.split()
    held = sum(1 for word in words if word in own)
    if held < len(words):
        return FIT_TEXT + (FIT_NAME - FIT_TEXT) * 0.5 * held / len(words)
    return FIT_TERM if len(own) == len(words) else FIT_NAME


def fit_in_ways(ways: tuple[tuple[str, ...], ...], name: str, held: frozenset[str]) -> float:
    """How well a record with these words fits a need that can be said in several ways.

    The first ways are the need's own names. Of the others a single word alone proves little: "tins" are
    given out by a food bank, and to cats.
    """
    said = [number for number, way in enumerate(ways) if held.issuperset(way)]
    if len(said) == 1 and said[0] >= OWN_NAMES and len(ways[said[0]]) == 1:
        return FIT_HINT
    best = max((text_fit(ways[number], name) for number in said), default=FIT_TEXT)
    return max(best, _FIT_WAYS[min(len(said), len(_FIT_WAYS) - 1)])
