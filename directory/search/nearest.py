"""Offers nearest first, as far as they are asked for: found by terms, by words, or by both.

How far is looked at once is a guess (`radii`); what is given, and in which order, does not depend on it.
"""

from __future__ import annotations

from math import sqrt
from operator import itemgetter
from typing import TYPE_CHECKING

from directory.search import grid
from directory.search.steps import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from directory.search.query import Where
    from directory.search.radii import Guess
    from directory.search.steps import Row, Steps, TermsWithin, WordsWithin

EVERYWHERE_M = 25_000_000.0
_WIDEST_M = 250_000.0
"""Beyond this everything is read: a wider ring would have the cells of half the country."""
_CLOSE = 0.7
"""A ring that reaches so far towards the edge is taken to the edge."""
_LEAST, _MOST = 1.5, 4.0
"""By how much a ring is widened."""
_LAST_CARD = 2**62
_in_order = itemgetter(0, 1)


class Stream:
    """What one kind of step finds, nearest first."""

    def __init__(
        self,
        where: Where,
        step: Callable[[Bounds], TermsWithin | WordsWithin],
        limit: int,
        guess: Guess | None,
    ) -> None:
        """Read `limit` offers at once; without a guess few are found, and no cells need be looked up."""
        self.reached: tuple[float, int] = (-1.0, 0)
        """Rank and card up to which everything is known."""
        self.rows: list[Row] = []
        """Read and not yet taken."""
        self._where = where
        self._step = step
        self._limit = limit
        self._guess = guess
        self._outer = 0.0
        self._count = 0

    def has_reached(self, edge: float) -> bool:
        """Whether all there is within so many metres is known."""
        return self.reached >= (edge * edge, _LAST_CARD)

    def read_on(self, edge: float) -> Steps[None]:
        """Read the next offers; none further than `edge` metres are asked for."""
        where, guess = self._where, self._guess
        outer = self._outer = self._ring(edge)
        cells = None
        if guess and outer < EVERYWHERE_M:
            cells = grid.box(where.lat, where.lon, outer)
        bounds = Bounds(where.lat, where.lon, cells, outer * outer, self.reached, self._limit)
        rows = self.rows = yield self._step(bounds)
        self._count += len(rows)
        if len(rows) < self._limit:
            self.reached = (outer * outer, _LAST_CARD)
            if guess and outer >= edge:
                guess.learn(edge)
        else:
            self.reached = (rows[-1][0], rows[-1][1])
            if guess and self._count < 2 * self._limit:
                guess.learn(sqrt(rows[-1][0]))

    def take(self, reached: tuple[float, int]) -> list[Row]:
        """What was read, up to here."""
        number = len(self.rows)
        if reached < self.reached:
            number = sum(1 for row in self.rows if (row[0], row[1]) <= reached)
        taken, self.rows = self.rows[:number], self.rows[number:]
        return taken

    def _ring(self, edge: float) -> float:
        """The radius to look within: wider than before by how little was found there."""
        before = self._outer
        if self._guess is None:
            return edge
        if not before:
            return _rounded(self._guess.metres(), edge)
        if self.reached[1] != _LAST_CARD and self.reached[0] < before * before / 2:
            return before  # there is room in it
        wider = before * min(max(sqrt(_LEAST * self._limit / (self._count + 1)), _LEAST), _MOST)
        return min(_rounded(wider, edge), edge) if before < edge else _rounded(wider, edge)


def _rounded(outer: float, edge: float) -> float:
    """A radius that ends at the edge where it comes close to it, or everywhere where it is very wide."""
    if _CLOSE * edge < outer < edge / _CLOSE:
        return edge
    return EVERYWHERE_M if outer > _WIDEST_M else outer


class Nearest:
    """What several streams find together, nearest first; what two of them find stands side by side."""

    def __init__(self, streams: Sequence[Stream]) -> None:
        self.rows: list[Row] = []
        """The next ones, in order."""
        self._streams = streams

    def read_on(self, edge: float) -> Steps[bool]:
        """Have more `rows` where there are none; False where everything within the edge was given."""
        while not self.rows:
            for stream in self._streams:
                if not stream.rows and not stream.has_reached(edge):
                    yield from stream.read_on(edge)
            reached = min(stream.reached for stream in self._streams)
            self.rows = [row for stream in self._streams for row in stream.take(reached)]
            if len(self._streams) > 1:
                self.rows.sort(key=_in_order)
            if not self.rows and all(stream.has_reached(edge) for stream in self._streams):
                return False
        return True
