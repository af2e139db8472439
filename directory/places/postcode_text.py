"""Postcodes as people type them: any case, any spacing, and the usual slips. PURE.

The shape of a postcode says where a letter and where a digit must stand, so an O typed for a nought
can be mended by its position alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

FULL = re.compile(r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][ABD-HJLNP-UW-Z]{2}\Z")
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?\Z")
SHAPES = {2: ("A9",), 3: ("A99", "AA9", "A9A"), 4: ("AA99", "AA9A")}
DIGITS = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
LETTERS = {"0": "O", "1": "IL", "5": "S", "8": "B", "2": "Z"}
NOT_INWARD = frozenset("CIKMOV")
LONGEST = 12
"""No postcode is longer, however it is spaced; a longer text is not looked at."""


def squeeze(text: str) -> str:
    """Capitals and digits only, without spaces, dots, hyphens and quotes; "" where anything else stands."""
    if len(text) > LONGEST:
        text = text.strip()[: LONGEST + 1]
    bare = text.replace(" ", "").upper()
    if not (bare.isascii() and bare.isalnum()):
        bare = "".join(c for c in unicodedata.normalize("NFKC", bare).upper() if c not in " \t\n.-'\u00a0")
    return bare if len(bare) <= 7 and bare.isascii() and bare.isalnum() else ""


def normalise_postcode(text: str) -> str | None:
    """A full postcode as `SE24 0AB`, slips mended; None where it can't be one. It may still not exist."""
    bare = squeeze(text)
    if FULL.match(bare):
        return f"{bare[:-3]} {bare[-3:]}"
    return next(iter(readings(bare)), None)


def normalise_outcode(text: str) -> str | None:
    """The first half of a postcode as `SE24`; None where it can't be one."""
    bare = squeeze(text)
    return bare if OUTWARD.match(bare) else None


def normalise_sector(text: str) -> str | None:
    """A sector as `SE24 0`; None where it can't be one."""
    bare = squeeze(text)
    if OUTWARD.match(bare) and text.strip()[-2:-1] != " ":
        return None  # SE24 is an outcode, and not the sector SE2 4
    return f"{bare[:-1]} {bare[-1]}" if OUTWARD.match(bare[:-1]) and bare[-1:].isdigit() else None


@lru_cache(maxsize=1024)
def readings(bare: str) -> tuple[str, ...]:
    """What squeezed text may have been meant as, fewest mended characters first."""
    if not 5 <= len(bare) <= 7 or bare.isalpha():
        return ()
    found = [
        (cost + more, f"{outward} {inward}")
        for cost, outward in outward_readings(bare[:-3])
        for more, inward in spelt(bare[-3:], "9AA")
        if not NOT_INWARD.intersection(inward)
    ]
    return tuple(dict.fromkeys(text for cost, text in sorted(found) if cost <= 2))


def outward_readings(bare: str) -> list[tuple[int, str]]:
    """The first half under each shape that has its length, with the number of characters mended."""
    return [reading for shape in SHAPES.get(len(bare), ()) for reading in spelt(bare, shape)]


def spelt(bare: str, shape: str) -> list[tuple[int, str]]:
    """Text made to fit a shape, or nothing where a character can't."""
    choices = [fitting(char, wanted) for char, wanted in zip(bare, shape, strict=True)]
    found = ("".join(chars) for chars in product(*choices))
    return [(sum(a != b for a, b in zip(bare, text, strict=True)), text) for text in found]


def fitting(char: str, wanted: str) -> str:
    """The characters that may have been meant, where a letter (A) or a digit (9) must stand."""
    if wanted == "9":
        return char if char.isdigit() else DIGITS.get(char, "")
    return char if char.isalpha() else LETTERS.get(char, "")
