"""The values that the statement of a step is given, and which filters it has: the same on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from directory.search import grid
from directory.search.rows import special_token
from directory.search.steps import TermsApart, TermsWithin, WordsApart, WordsWithin

if TYPE_CHECKING:
    from collections.abc import Callable

    from directory.search.steps import Bounds, Ways
    from directory.search.wanted import Wanted

    Step = TermsWithin | WordsWithin | TermsApart | WordsApart
    Match = Callable[[Ways, tuple[str, ...]], str]
    """Ways and cell tokens as the engine's text index is asked for them."""


class Filters(NamedTuple):
    """Which filters a statement has."""

    weeks: bool
    age: bool
    language: bool
    forbidden: bool
    lad: bool

    def text(self, *, weeks: str, age: str, language: str, forbidden: str, lad: str) -> str:
        """The conditions of those that are asked, in an engine's own SQL."""
        parts = (
            (self.lad, lad),
            (self.weeks, weeks),
            (self.forbidden, forbidden),
            (self.age, age),
            (self.language, language),
        )
        return "".join(f" AND {text}" for asked, text in parts if asked)


def filters_of(step: Step) -> Filters:
    """The filters that a step asks for; an authority's area only where there are places to go to."""
    wanted = step.wanted
    return Filters(
        weeks=wanted.weeks is not None,
        age=wanted.age is not None,
        language=bool(wanted.language_bit),
        forbidden=bool(wanted.forbidden),
        lad=bool(wanted.lad) and isinstance(step, TermsWithin | WordsWithin),
    )


def values_of(step: Step, match: Match) -> dict[str, Any]:
    """The values of a step by their names in the statements."""
    values: dict[str, Any] = {}
    _wanted(values, step.wanted)
    if isinstance(step, TermsWithin | WordsWithin):
        _bounds(values, step.bounds)
    else:
        values["limit"] = step.limit
        values.update((f"row{place}", row) for place, (row, _) in enumerate(step.cells))
    if isinstance(step, TermsWithin | TermsApart):
        values.update((f"term{place}", term) for place, term in enumerate(step.terms.every))
    if isinstance(step, WordsWithin):
        values["match"] = match(step.ways, grid.tokens_around(step.bounds.cells) if step.bounds.cells else ())
    elif isinstance(step, WordsApart):
        for place, cell in enumerate(step.cells):
            values[f"match{place}"] = match(step.ways, (special_token(*cell),))
    elif isinstance(step, TermsApart):
        values.update((f"column{place}", column) for place, (_, column) in enumerate(step.cells))
    return values


def _wanted(values: dict[str, Any], wanted: Wanted) -> None:
    if wanted.weeks is not None:
        values["week0"], values["week1"], values["week2"] = wanted.weeks
    if wanted.age is not None:
        values["youngest"], values["oldest"] = wanted.age
    values.update(speaks=wanted.language_bit, forbidden=wanted.forbidden, lad=wanted.lad)


def _bounds(values: dict[str, Any], bounds: Bounds) -> None:
    tall, wide = grid.scales(bounds.lat)
    values.update(
        lat=bounds.lat, lon=bounds.lon, tall=tall * tall, wide=wide * wide, outer=bounds.outer,
        after=bounds.after[0], card=bounds.after[1], limit=bounds.limit,
    )  # fmt: skip
    if bounds.cells is not None:
        values["first_row"], values["last_row"], values["first_column"], values["last_column"] = bounds.cells
