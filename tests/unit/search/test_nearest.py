"""Offers nearest first: what is given does not depend on how far is looked at once."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import pytest

from directory.search.nearest import EVERYWHERE_M, Nearest, Stream
from directory.search.query import Where
from directory.search.radii import Guess, Radii
from directory.search.steps import Terms, TermsWithin
from directory.search.wanted import Wanted

if TYPE_CHECKING:
    from directory.search.steps import Bounds, Row, Steps

HERE = Where(51.5, -0.1)
LIMIT = 5


def _held(number: int, seed: int) -> list[Row]:
    """Ranks and cards, within about 50 km."""
    chance = random.Random(seed)  # repeatable rows
    return sorted((chance.uniform(0, 50_000) ** 2, seed * 10_000 + card) for card in range(number))


def _step(term: int, bounds: Bounds) -> TermsWithin:
    return TermsWithin(Terms((term,)), bounds, Wanted())


def _read(asked: Steps[bool], *held: list[Row]) -> bool:
    """Answer from the rows as an engine does: term 0 has the first ones, term 1 the second."""
    try:
        step = next(asked)
        while True:
            assert isinstance(step, TermsWithin)
            bounds = step.bounds
            rows = [row for row in held[step.terms.sure[0]] if bounds.after < row and row[0] <= bounds.outer]
            step = asked.send(rows[: bounds.limit])
    except StopIteration as end:
        return bool(end.value)


def _guess(metres: float | None) -> Guess:
    guess = Radii().guess("this", "any", HERE.lat, HERE.lon)
    if metres is not None:
        guess.learn(metres)
    return guess


@pytest.mark.parametrize("metres", [None, 1.0, 800.0, 9_000.0, 24_000.0, 60_000.0, 1e6])
@pytest.mark.parametrize("number", [0, 3, 200])
def test_everything_is_given_once_and_in_order_whatever_was_guessed(
    metres: float | None, number: int
) -> None:
    """Up to the edge first, and then what is beyond it."""
    held = _held(number, seed=1)
    nearest = Nearest([Stream(HERE, partial(_step, 0), LIMIT, _guess(metres))])
    given: list[Row] = []
    for edge in (25_000.0, EVERYWHERE_M):
        while _read(nearest.read_on(edge), held):
            row, nearest.rows = nearest.rows[0], nearest.rows[1:]
            if row[0] > edge * edge:
                nearest.rows = [row, *nearest.rows]
                break
            given.append(row)
        assert given == [row for row in held if row[0] <= edge * edge]


@pytest.mark.parametrize("metres", [None, 1.0, 9_000.0, 1e6])
def test_what_two_streams_find_is_in_order_together(metres: float | None) -> None:
    """One of them read whole; what both find stands side by side."""
    one, two = _held(90, seed=1), _held(40, seed=2)
    two = sorted([*two, *one[::5]])
    nearest = Nearest(
        [Stream(HERE, partial(_step, 0), LIMIT, _guess(metres)), Stream(HERE, partial(_step, 1), 7, None)]
    )
    given: list[Row] = []
    while _read(nearest.read_on(EVERYWHERE_M), one, two):
        given += nearest.rows
        nearest.rows = []
    assert given == sorted([*one, *two])


def test_a_guess_is_learnt_at_once_where_it_was_short_and_slowly_where_it_was_long() -> None:
    """A second look costs more than a wide one."""
    guess = _guess(1_000)
    first = guess.metres()
    assert 1_000 < first < 1_500
    guess.learn(9_000)
    longer = guess.metres()
    assert longer > 9_000
    guess.learn(1_000)
    assert first < guess.metres() < longer


def test_what_was_learnt_of_one_thing_hints_at_another_in_the_same_parts_alone() -> None:
    """Nothing better is known of it."""
    radii = Radii()
    unknown = radii.guess("that", "any", HERE.lat, HERE.lon).metres()
    radii.guess("this", "any", HERE.lat, HERE.lon).learn(20_000)
    assert radii.guess("that", "any", HERE.lat, HERE.lon).metres() > 20_000
    assert radii.guess("that", "any", 57.0, -5.0).metres() == unknown
    assert radii.guess("this", "any", 57.0, -5.0).metres() == unknown
    assert radii.guess("that", "other", HERE.lat, HERE.lon).metres() == unknown
