"""Text as it was typed, made fit for rules: cleaned, folded, cut into words with their positions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 4096
"""Characters of a message that are read; what stands behind them is not."""

EATEN = "|"
"""Stands in a blanked text for every character that a rule has already used."""

Span = tuple[int, int]
"""Half-open range of characters."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", EATEN: " "})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message."""

    text: str
    """Lower case, without apostrophes: "can't" is "cant"."""
    stem: str
    """The same without a plural's ending."""
    start: int
    end: int


def clean(text: str) -> str:
    """One line of ordinary characters: no controls, no marks that turn the writing direction round."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST].translate(_QUOTES).strip()
    kept = (
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", text[:LONGEST])
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return "".join(kept).translate(_QUOTES)[:LONGEST].strip()


def folded(text: str) -> str:
    """Lower case, each character in its old position."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def stem(word: str) -> str:
    """Cut a plural's ending off: "libraries" is "library", "classes" is "class", "bus" stays."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "su":
        return word[:-1]
    return word


def words(text: str) -> tuple[Word, ...]:
    """Cut a text into its words."""
    return tuple(
        Word(bare := found.group().replace("'", ""), stem(bare), found.start(), found.end())
        for found in _WORD.finditer(folded(text))
    )


def blank(text: str, spans: Iterable[Span]) -> str:
    """Put `EATEN` in place of what rules have used; every other character keeps its position."""
    for start, end in spans:
        text = text[:start] + EATEN * (end - start) + text[end:]
    return text


def overlap(one: Span, other: Span) -> bool:
    """Whether two ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]
