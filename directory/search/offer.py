"""One service at one location, as search knows it: what the projection is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.search.query import Reach


class Flag(IntFlag):
    """What is known of an offer, a bit each; what is not known has no bit. Stored: never renumber."""

    FREE = 1
    PAID = 1 << 1
    WHEELCHAIR = 1 << 2
    NO_WHEELCHAIR = 1 << 3
    STEP_FREE = 1 << 4
    NO_STEP_FREE = 1 << 5
    HEARING_LOOP = 1 << 6
    NO_HEARING_LOOP = 1 << 7
    PARKING = 1 << 8
    NO_PARKING = 1 << 9
    ACCESSIBLE_TOILET = 1 << 10
    NO_ACCESSIBLE_TOILET = 1 << 11
    BSL = 1 << 12
    NO_BSL = 1 << 13
    LIFT = 1 << 14
    NO_LIFT = 1 << 15
    QUIET = 1 << 16
    NO_QUIET = 1 << 17
    FOR_WOMEN = 1 << 18
    FOR_MEN = 1 << 19
    REFERRAL_NEEDED = 1 << 20
    NO_REFERRAL = 1 << 21
    HOURS_KNOWN = 1 << 22
    AGES_KNOWN = 1 << 23


OPEN_ENDED = 999
"""The greatest age of an offer that gives none."""
SOMEWHERE_AREA = -1
"""Row of the cell of an offer that covers an area; its column is the authority's number."""
SOMEWHERE_ONLINE = -2
SOMEWHERE_NATIONWIDE = -3
SOMEWHERE_UNPLACED = -4


@dataclass(slots=True)
class Offer:
    """One service at one location, or one service without a location."""

    name: str
    """Its folded and stemmed words, a space between."""
    words: str
    """All its words that can be searched for, folded and stemmed, each once, the name's too."""
    terms: tuple[tuple[str, str], ...]
    """Terms: (normalised, as published); one of our own (`sorting.NEED`) has an empty label."""
    reach: Reach
    card: bytes
    """Everything a `Hit` shows: `directory.search.cards`."""
    lat: float | None = None
    lon: float | None = None
    lad: str | None = None
    areas: tuple[str, ...] = ()
    """Codes of the authorities that an offer without a place covers; an `UNPLACED` one is in one of them."""
    nationwide: bool = False
    weeks: tuple[int, int, int] = ((1 << 56) - 1,) * 3
    """`directory.search.opening.week_mask`."""
    flags: int = 0
    minimum_age: float = 0
    maximum_age: float = OPEN_ENDED
    languages: int = 0
    """`languages.language_mask`; 0 where none are stated."""
    assured: int | None = None
    """Proleptic day number (`date.toordinal`)."""
    twin: int = 0
    """Hash of name and postcode, signed 64 bits: equal for one service that two feeds publish. 0: none."""


def authority_number(code: str) -> int:
    """A local authority's code ("E09000022") as a number that fits 40 bits."""
    letter, digits = code[:1], code[1:10]
    if not (letter.isascii() and letter.isalpha() and digits.isascii() and digits.isdecimal()):
        return 0
    return ord(letter.upper()) * 1_000_000_000 + int(digits) % 1_000_000_000
