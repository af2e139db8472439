"""What is written behind /settings, read: "home SE24", "far 5 miles", "language english"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MILE_M: Final = 1_609
LANGUAGES: Final = {"english": "en", "en": "en"}
"""Those there is a catalogue of sentences for."""
_FAR: Final = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(miles?|mi|km|kilomet(?:re|er)s?)?", re.IGNORECASE)
_SHORTEST_M: Final = 400
_LONGEST_M: Final = 200_000
_NONE: Final = frozenset({"none", "off", "no", "forget", "any", ""})


@dataclass(frozen=True, slots=True)
class Chosen:
    """One setting, and what is wanted of it."""

    name: str
    """`home`, `far`, `language`; `unclear` where it can't be told."""
    text: str = ""
    """The place to find, for `home`; empty: none."""
    far_m: int | None = None
    language: str = ""


def read(text: str) -> Chosen:
    """Read one setting."""
    name, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match name.lower():
        case "home":
            return Chosen("home", "" if rest.lower() in _NONE else rest)
        case "far":
            if rest.lower() in _NONE:
                return Chosen("far")
            metres = _metres(rest)
            return Chosen("far", far_m=metres) if metres else Chosen("unclear")
        case "language" if rest.lower() in LANGUAGES:
            return Chosen("language", language=LANGUAGES[rest.lower()])
        case _:
            return Chosen("unclear")


def _metres(text: str) -> int | None:
    found = _FAR.fullmatch(text)
    if found is None:
        return None
    unit = (found[2] or "miles").lower()
    metres = float(found[1]) * (1_000 if unit.startswith("k") else MILE_M)
    return round(metres) if _SHORTEST_M <= metres <= _LONGEST_M else None
