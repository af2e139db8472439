"""A place that somebody named, as the rest of the program knows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of place it is: how exact it is follows from that."""

    POINT = "point"
    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTCODE = "outcode"
    SETTLEMENT = "settlement"
    STREET = "street"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Place:
    """One place, found."""

    name: str
    """As it is shown: "SE24", "SE24 0AB", "Hebden Bridge", "Lambeth"."""
    kind: Kind
    lat: float
    lon: float
    """WGS84 degrees: the centre."""
    radius_m: int
    """How far the place itself reaches from its centre; 0 for a postcode or a point."""
    lad: str | None = None
    """Code of the local authority district: for an authority its own, else the one it lies in."""
    within: str | None = None
    """What tells it from its namesakes: the authority's or county's name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named within a sentence."""

    start: int
    end: int
    """Half-open range of characters of the text that was given."""
    text: str
    places: tuple[Place, ...]
    """One place; several where the name is ambiguous (best guess first, never to be guessed at);
    none where it looks like a place (a well-formed postcode, or a name after "near") but is not known."""
    introduced: bool
    """A word such as "near", "in" or "around" stood before it."""
    exact: bool
    """The name as the tables have it; False where spelling was mended."""
    instead: tuple[Place, ...] = ()
    """Places of nearly the same name, likeliest first: meant where this directory serves them alone.

    Without `places` the word may be a misspelt small place, and is nothing where none of these is served.
    """
