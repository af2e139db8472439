"""Putting candidates in order, looking no closer at any of them than the answer needs.

Rows of the index say roughly whether something is open then (by the hour of the week); the card says it
exactly. Since an exact judgement can only lower a score, cards are read best first, and only until there
are enough.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from directory.search import ranking
from directory.search.cards import Card, unpacked
from directory.search.hits import hours_from, nation_of
from directory.search.offer import Flag
from directory.search.query import Openness, When
from directory.search.steps import Cards

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from directory.search.query import Hours, Query
    from directory.search.radii import Radii
    from directory.search.steps import Found, Steps
    from directory.search.wanted import Wanted

_AT_ONCE = 6
_HOURS_KNOWN = int(Flag.HOURS_KNOWN)


class Candidate(NamedTuple):
    """An offer that may be part of the answer."""

    row: Found
    fit: float
    metres: float | None
    nearness: float

    def fitting(self, fit: float) -> Candidate:
        """The same found in another way: the better counts."""
        return self if fit <= self.fit else self._replace(fit=fit)


@dataclass(slots=True)
class Judged:
    """A candidate that passed."""

    candidate: Candidate
    score: float
    state: Openness
    """Its hours then; taken as open where no time was asked about."""


class Bench:
    """What is known while one question is being answered."""

    def __init__(self, query: Query, wanted: Wanted, timezone: ZoneInfo, radii: Radii) -> None:
        self.query = query
        self.radii = radii
        self.wanted = wanted
        self.day = query.now.astimezone(timezone).date()
        self.stored: dict[int, bytes] = {}
        """Cards as they are stored, by their keys."""
        self.close_look = query.when is not None or wanted.language is not None
        self.choosy = self.close_look or bool(wanted.wished)
        """Whether some may fit the conditions better than others."""
        self._timezone = timezone
        minute = query.now.replace(second=0, microsecond=0)
        self._when = query.when or When(minute, minute)
        self._today = self.day.toordinal()
        self._speaks = wanted.language is not None
        self._told = sum(wanted.wished) | (_HOURS_KNOWN if query.when else 0)
        self._weights: dict[tuple[float, int, bool], float] = {}

    def hours_of(self, card: Card, lad: int) -> Hours:
        """The hours at the time asked about, or now."""
        return hours_from(card.rules, self._when, self._timezone, nation_of(lad))

    def load(self, keys: list[int]) -> Steps[None]:
        """Have these cards at hand."""
        missing = tuple(key for key in dict.fromkeys(keys) if key not in self.stored)
        if missing:
            self.stored.update((yield Cards(missing)))

    def at_first_sight(self, candidate: Candidate) -> float:
        """The score as the index has it: never lower than it turns out to be."""
        row = candidate.row
        fresh = ranking.freshness(row.assured, self._today)
        told = (fresh, row.flags & self._told, self._speaks and row.languages != 0)
        weight = self._weights.get(told)
        if weight is None:
            known = self.query.when is None or row.flags & _HOURS_KNOWN
            weight = self._weights[told] = self._weight(row, Openness.OPEN if known else Openness.UNKNOWN)
        return candidate.fit * candidate.nearness * weight

    def at_close_look(self, candidate: Candidate) -> Openness | None:
        """The hours as the card has them; None where a condition is known not to be met."""
        row = candidate.row
        card = unpacked(self.stored[row.card])
        state = self.hours_of(card, row.lad).state if self.query.when else Openness.OPEN
        language = self.wanted.language
        if state is Openness.CLOSED or (language and card.languages and language not in card.languages):
            return None
        return state

    def score(self, candidate: Candidate, state: Openness) -> float:
        """The score with the hours as they are."""
        return candidate.fit * candidate.nearness * self._weight(candidate.row, state)

    def _weight(self, row: Found, state: Openness) -> float:
        """What is left of a score by all but need and distance: the same for most candidates."""
        known = self.wanted.known(row.flags, speaks=bool(row.languages) if self._speaks else None)
        return ranking.weight(ranking.OPEN_PARTS[state], ranking.freshness(row.assured, self._today), known)

    def parts_of(self, candidate: Candidate, state: Openness) -> ranking.Parts:
        """The parts of the score."""
        row = candidate.row
        speaks = bool(row.languages) if self.wanted.language else None
        return ranking.Parts(
            candidate.fit,
            round(candidate.nearness, 4),
            ranking.OPEN_PARTS[state],
            ranking.freshness(row.assured, self._today),
            self.wanted.known(row.flags, speaks=speaks),
        )


@dataclass(slots=True)
class Seen:
    """Services answered already, and twins of them in other feeds."""

    services: set[int] = field(default_factory=set)
    twins: dict[int, int] = field(default_factory=dict)
    """Twin -> the feed that was answered with."""

    def again(self, row: Found) -> bool:
        """Whether this is something that has been answered."""
        answered = self.twins.get(row.twin) if row.twin else None
        return row.service in self.services or (answered is not None and answered != row.feed)

    def add(self, row: Found) -> None:
        """Answered with this."""
        self.services.add(row.service)
        if row.twin:
            self.twins.setdefault(row.twin, row.feed)


def in_order(bench: Bench, candidates: list[Candidate], seen: Seen, enough: int) -> Steps[list[Judged]]:
    """The best candidates that pass, best first, at most `enough`."""
    entries = [_entry(candidate, bench.at_first_sight(candidate)) for candidate in candidates]
    if bench.close_look:
        return (yield from _looked_at_closely(bench, entries, seen, enough))
    entries.sort()
    passed: list[Judged] = []
    for score, *_, candidate, _ in entries:
        if len(passed) >= enough:
            break
        if not seen.again(candidate.row):
            seen.add(candidate.row)
            passed.append(Judged(candidate, -score, Openness.OPEN))
    return passed


def _looked_at_closely(bench: Bench, heap: list[_Entry], seen: Seen, enough: int) -> Steps[list[Judged]]:
    """The same where cards must be read: best first, each put back with what it turned out to be."""
    passed: list[Judged] = []
    heapq.heapify(heap)
    while heap and len(passed) < enough:
        score, *_, candidate, state = heapq.heappop(heap)
        row = candidate.row
        if seen.again(row):
            continue
        if state is not None:
            seen.add(row)
            passed.append(Judged(candidate, -score, state))
            continue
        if row.card not in bench.stored:
            following = heapq.nsmallest(_AT_ONCE - 1, heap)
            yield from bench.load([row.card, *(entry[4].row.card for entry in following)])
        known = row.card in bench.stored  # else withdrawn while it was looked at
        state = bench.at_close_look(candidate) if known else None
        if state is not None:
            heapq.heappush(heap, _entry(candidate, bench.score(candidate, state), state))
    return passed


_Entry = tuple[float, float, int, int, Candidate, Openness | None]
"""Best first, and between equal scores always in the same order; no two have the same card."""


def _entry(candidate: Candidate, score: float, state: Openness | None = None) -> _Entry:
    row = candidate.row
    return (-score, candidate.metres or 0.0, row.service, row.card, candidate, state)


def order_of(one: Judged) -> tuple[float, float, int, int]:
    """The same order for what has passed."""
    row = one.candidate.row
    return (-one.score, one.candidate.metres or 0.0, row.service, row.card)
