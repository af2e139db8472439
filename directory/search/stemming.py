"""Words as both engines index and ask for them: folded, then stemmed by the Porter rules.

The stemming is ours, not the engines', so that SQLite and PostgreSQL give the same answers,
and so that no operator of either's query language can be part of what was typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from directory.search.text import words

_LONGEST_WORD = 40
_MOST_WORDS_ASKED = 12
_VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
_MEASURE = re.compile(r"(?:[aeiou]|(?<=[^aeiou])y)+(?:[^aeiouy]|(?<![^aeiou])y)+")
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al",
    "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4 = dict.fromkeys(
    (
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
        "ive", "ize", "sion", "tion", "al", "er", "ic", "ou",
    ),
    "",
)  # fmt: skip


def stems(text: str) -> list[str]:
    """The stemmed words of a text, in order; what is longer than any word is left out."""
    found = words(text)
    if len(text) > _LONGEST_WORD and max(map(len, found), default=0) > _LONGEST_WORD:
        found = [word for word in found if len(word) <= _LONGEST_WORD]
    return list(map(stem, found))


def asked(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of free words as somebody typed them, each once, at most twelve."""
    return tuple(dict.fromkeys(stems(" ".join(typed)[:4096])))[:_MOST_WORDS_ASKED]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word; one with digits or letters beyond a to z stays as it is."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    word = _without_verb_ending(_without_plural(word))
    if word.endswith("y") and _VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2, 0)
    word = _replaced(word, _STEP_3, 0)
    return _tidied(_replaced(word, _STEP_4, 1))


def _measure(text: str) -> int:
    """How often a run of vowels is followed by consonants."""
    return len(_MEASURE.findall(text))


def _without_plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _without_verb_ending(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            return _mended(word[: -len(ending)])
    return word


def _mended(word: str) -> str:
    """The word that is left when "-ed" or "-ing" went: hop(p)ing, fil(e)ing, siz(e)d."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _ends_short(word) else word


def _ends_short(word: str) -> bool:
    """Whether it ends in consonant, vowel, consonant: the last not w, x or y."""
    if len(word) < 3 or word[-1] in "aeiouwxy":
        return False
    return word[-2] in "aeiouy" and word[-3] not in "aeiou"


def _replaced(word: str, endings: dict[str, str], least: int) -> str:
    for size in range(7, 1, -1):
        ending = word[-size:]
        if len(word) > size and ending in endings:
            kept = word[:-size]
            if ending in ("sion", "tion"):
                kept += ending[0]
            return kept + endings[ending] if _measure(kept) > least else word
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _ends_short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
