"""How alike two spellings sound: what is written by ear is near to what was meant. PURE."""

from __future__ import annotations

import re
from functools import lru_cache

_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1")
_BY_EAR = (
    (re.compile(r"(?:[tsc]i[oa]n|shun|shon)(?=s?$)"), "Sn"),
    (re.compile(r"le(?=s?$)"), "el"),
    (re.compile(r"re(?=s?$)"), "er"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|qu|c(?![eiyh])"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"^[kg]n"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"dge|dj|g(?=[ei])"), "j"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
)
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(map(frozenset, ("ks", "kg", "gj", "fv", "dt", "sS", "mn", "bp")))
"""Consonants that are taken for one another."""
_WEAK = frozenset("hwr")
"""Letters that are hardly heard."""
SWAPPED, SOFT, LOST, WHOLE = 0.6, 0.4, 0.6, 1.0
"""What two letters the wrong way round, one vowel for another, a letter lost or another letter cost."""


@lru_cache(maxsize=8_192)
def sound(word: str) -> str:
    """A word as it sounds, vowels as they are written: "fysio" and "physio" are the same."""
    word = _TWICE.sub(r"\1", word)
    for written, heard in _BY_EAR:
        word = written.sub(heard, word)
    return word


def cost(one: str, other: str) -> float:
    """How much has to be changed to make one sound of another."""
    before: list[float] = []
    last = [0.0]
    for letter in other:
        last.append(last[-1] + _lost(letter))
    for i, a in enumerate(one):
        row = [last[0] + _lost(a)]
        for j, b in enumerate(other):
            best = min(last[j] + _changed(a, b), last[j + 1] + _lost(a), row[j] + _lost(b))
            if i and j and a == other[j - 1] and b == one[i - 1]:
                best = min(best, before[j - 1] + SWAPPED)
            row.append(best)
        before, last = last, row
    return last[-1]


def _lost(letter: str) -> float:
    return LOST if letter in _VOWELS or letter in _WEAK else WHOLE


def _changed(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return SOFT
    return LOST if frozenset((one, other)) in _ALIKE else WHOLE
