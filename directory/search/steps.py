"""What the search asks an engine for, one step at a time, and what it gets.

The search itself (`gathering`, `answering`) is a generator that yields steps and is sent rows: it knows
no engine, and both engines give the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator

    from directory.search.grid import Box
    from directory.search.wanted import Wanted

Row = tuple[Any, ...]


class Found(NamedTuple):
    """A row about an offer: the columns every engine gives, in this order."""

    rank: float
    """Square of the distance in metres, flat about the point asked about; or the row of a special cell."""
    card: int
    service: int
    feed: int
    twin: int
    lat: float | None
    lon: float | None
    flags: int
    assured: int | None
    languages: int
    lad: int
    """Number of the authority it lies in; 0 where that is not known."""
    hint: int = 0
    """1 where it was found by a term that is only a hint, 2 where by a loose one."""
    name: str | None = None
    """Given where it was found by words."""
    words: str | None = None
    """All its words, given where it may have been found by one of several ways."""


class Bounds(NamedTuple):
    """A ring: further than `after` (rank, card), no further than `outer`, nearest first."""

    lat: float
    lon: float
    cells: Box | None
    """The base cells it lies in; None for everywhere."""
    outer: float
    """Square of metres."""
    after: tuple[float, int]
    limit: int


class Terms(NamedTuple):
    """Terms that speak for a need: surely, as a hint, or hardly."""

    sure: tuple[int, ...]
    hints: tuple[int, ...] = ()
    loose: tuple[int, ...] = ()

    @property
    def every(self) -> tuple[int, ...]:
        """All of them, the sure ones first."""
        return self.sure + self.hints + self.loose

    @property
    def marks(self) -> tuple[int, ...]:
        """`Found.hint` of what each of them finds."""
        return (0,) * len(self.sure) + (1,) * len(self.hints) + (2,) * len(self.loose)


class TermsWithin(NamedTuple):
    """Offers with one of the terms in a ring; answered by rows as `Found`, by rank, card and hint."""

    terms: Terms
    bounds: Bounds
    wanted: Wanted


Ways = tuple[tuple[str, ...], ...]
"""Ways to say a need, each of words (stems) that must all be there."""


class WordsWithin(NamedTuple):
    """Offers whose text has all the words of one way in a ring; answered likewise, names too."""

    ways: Ways
    bounds: Bounds
    wanted: Wanted


class TermsApart(NamedTuple):
    """Offers with one of the terms under special cells (row, column), at most `limit` a cell."""

    terms: Terms
    cells: tuple[tuple[int, int], ...]
    limit: int
    wanted: Wanted


class WordsApart(NamedTuple):
    """Offers with all the words of one way under special cells, likewise."""

    ways: Ways
    cells: tuple[tuple[int, int], ...]
    limit: int
    wanted: Wanted


class Cards(NamedTuple):
    """Cards by their keys; answered by (key, bytes)."""

    keys: tuple[int, ...]


class AreRare(NamedTuple):
    """Whether so few offers are said in one of the ways that all can be read, whatever their distance.

    Answered by one row with one truth value.
    """

    ways: Ways


Step = TermsWithin | WordsWithin | TermsApart | WordsApart | Cards | AreRare
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")
    Steps = Generator[Step, list[Row], T]
