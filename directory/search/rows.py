"""An offer as the values that are written: the same for both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from directory.search import grid
from directory.search.offer import (
    SOMEWHERE_AREA,
    SOMEWHERE_NATIONWIDE,
    SOMEWHERE_ONLINE,
    SOMEWHERE_UNPLACED,
    authority_number,
)
from directory.search.query import Reach

if TYPE_CHECKING:
    from directory.search.offer import Offer


class Cell(NamedTuple):
    """Where an offer is indexed: a base cell, or a special one for what has no place."""

    row: int
    column: int


def facts_of(service: int, feed: int, offer: Offer) -> tuple[object, ...]:
    """The columns `schema.FACTS`, in their order."""
    return (
        service,
        feed,
        offer.twin,
        offer.lat,
        offer.lon,
        authority_number(offer.lad) if offer.lad else 0,
        *offer.weeks,
        offer.flags,
        offer.minimum_age,
        offer.maximum_age,
        offer.languages,
        offer.assured,
    )


def cells_of(offer: Offer) -> list[Cell]:
    """The cell an offer lies in; without a point, the special ones for where it can be had."""
    if offer.lat is not None and offer.lon is not None:
        return [Cell(grid.row_of(offer.lat), grid.column_of(offer.lon))]
    if offer.reach is Reach.ONLINE:
        return [Cell(SOMEWHERE_ONLINE, 0)]
    if offer.nationwide:
        return [Cell(SOMEWHERE_NATIONWIDE, 0)]
    numbers = sorted({authority_number(code) for code in offer.areas}) or [0]
    somewhere = SOMEWHERE_AREA if offer.areas and offer.reach is not Reach.UNPLACED else SOMEWHERE_UNPLACED
    return [Cell(somewhere, number) for number in numbers]


def tokens_of(cells: list[Cell]) -> list[str]:
    """The cell tokens an offer's words are indexed with."""
    first = cells[0]
    if first.row >= 0:
        return list(grid.tokens_of(first.row, first.column))
    return [special_token(cell.row, cell.column) for cell in cells]


def special_token(row: int, column: int) -> str:
    """The token of a special cell."""
    return f"@s{-row}n{column}"


def place_of(cells: list[Cell]) -> int:
    """Where an offer stands in the order of places; those without one come first."""
    first = cells[0]
    return grid.place_order(first.row, first.column) if first.row >= 0 else first.row
