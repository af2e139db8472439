"""Postcodes, sectors and outcodes within a sentence. PURE but for the mapped table of postcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.places.place import Kind, Place
from directory.places.postcode_text import normalise_outcode, normalise_postcode
from directory.places.vocabulary import everyday, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.places.atlas import Atlas
    from directory.places.postcodes import Postcodes

FULL = re.compile(
    r"(?<![\w@/.-])([A-Za-z]{1,2}[0-9OILoil][0-9A-Za-z]?)([ \t\u00a0.-]{0,3})([0-9OILoil][A-Za-z]{2})"
    r"(?![\w@-])"
)
PART = re.compile(
    r"(?<![\w@/.'-])([A-Za-z]{1,2})( ?)([0-9][0-9A-Za-z]?)"
    r"(?: ([0-9])(?:[A-Za-z](?![\w'-]))?(?=\s*(?:[.,;!?)]|$|(?:please|pls|plz|thanks|area)\b)))?"
    r"(?![\w@/'-])"
)
OTHERWISE = re.compile(
    r"\b(?:vitamin|the|level|grade|junction|covid|class|course|exam|u|you|too|so|running)\s+$",
    re.IGNORECASE,
)
"""Before what looks like an outcode: a vitamin, a motorway, a level."""
LEVEL_OF = re.compile(r"\b(?:english|esol)\s+$", re.IGNORECASE)
LEVEL = re.compile(r"[ael][1-3]", re.IGNORECASE)
"""Levels of English look like outcodes: "esol E2"; LS8 is none."""
UNIT = re.compile(
    r"\s*(?:[:%+]|(?:am|pm|yrs?|years?|y/?o|months?|mths?|weeks?|wks?|days?|hours?|hrs?|mins?|minutes?|miles?"
    r"|kids?|children|people|adults?|of us|bed|o'?clock)\b)",
    re.IGNORECASE,
)
PLACE_WORD = re.compile(r"\b(?:near|in|around|at|by|from|to|round|of|postcode|is)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """A postcode or a part of one, where it stands; `place` is None where no such thing exists."""

    start: int
    end: int
    text: str
    place: Place | None
    exact: bool


def codes(message: str, atlas: Atlas, postcodes: Postcodes) -> list[Code]:
    """All of them, in order, not overlapping."""
    if not any(char.isdigit() for char in message):
        return []
    found = list(full_postcodes(message, postcodes))
    taken = [(code.start, code.end) for code in found]
    found += [
        part
        for part in parts(message, atlas, postcodes)
        if not any(start < part.end and part.start < end for start, end in taken)
    ]
    return sorted(found, key=lambda code: code.start)


def full_postcodes(message: str, postcodes: Postcodes) -> Iterator[Code]:
    """Whole postcodes; one that does not exist is told only where it is written without a slip."""
    for match in FULL.finditer(message):
        outward, gap, inward = match.groups()
        plain = any(c.isdigit() for c in outward) and inward[0].isdigit()
        if not plain and slip_unlikely(outward, gap, inward):
            continue
        point = postcodes.find(outward + inward)
        name = normalise_postcode(outward + inward)
        if point is None and (name is None or not plain):
            continue
        place = Place(point.postcode, Kind.POSTCODE, point.lat, point.lon, 0, point.lad) if point else None
        same = (outward + inward).upper() == (place.name if place else name or "").replace(" ", "")
        yield Code(match.start(), match.end(), match[0], place, same)


def slip_unlikely(outward: str, gap: str, inward: str) -> bool:
    """Whether what looks like a postcode with a slip in it is rather two words: "m1 its"."""
    if not any(c.isdigit() for c in outward + inward):
        return True
    if not gap:
        return False
    words = {outward.lower(), inward.lower()}
    return not (outward + inward).isupper() and bool(words & (word_set("small_words") | everyday()))


def parts(message: str, atlas: Atlas, postcodes: Postcodes) -> Iterator[Code]:
    """Outcodes, and sectors where nothing else stands behind them."""
    for match in PART.finditer(message):
        letters, gap, rest, digit = match.groups()
        place = atlas.outcode(normalise_outcode(letters + rest) or "")
        if place is None or not likely(message, match, letters + gap + rest):
            continue
        end = match.end(3)
        if digit and (area := postcodes.sector(f"{place.name} {digit}")):
            place = Place(area.name, Kind.SECTOR, area.lat, area.lon, area.radius_m, area.lad, place.within)
            end = match.end()
        yield Code(match.start(), end, message[match.start() : end], place, exact=True)


def likely(message: str, match: re.Match[str], written: str) -> bool:
    """Whether an outcode is meant, and not a motorway, a vitamin or a chat word."""
    before = message[: match.start()]
    if OTHERWISE.search(before) or (LEVEL_OF.search(before) and LEVEL.fullmatch(written)):
        return False
    if " " in written:
        if len(written) < 4:
            return False
        word = len(match[1]) < 2 or match[1].lower() in word_set("short") or UNIT.match(message, match.end())
        return not word or bool(PLACE_WORD.search(before))
    if written.lower() in word_set("chat") and not written.isupper():
        return bool(PLACE_WORD.search(before)) or (bool(before.strip()) and _ends(message, match))
    return True


def _ends(message: str, match: re.Match[str]) -> bool:
    """Whether the message ends here, and the word is not one that people write for another ("see you m8")."""
    rest = message[match.end() :].strip(" .,;!?)")
    return not rest and match[0].lower() not in word_set("chat_words")
