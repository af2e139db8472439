"""Names that are nearly right: "lambth", "hebdon bridge". PURE."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from directory.places.vocabulary import not_misspelt

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST = 4
"""A shorter word is never mended: too much lies within one letter of it."""


VERY_LIKE = 92
"""Below this, a misspelt name is more likely that of a neighbourhood not in the tables than of a village."""


def cutoff(key: str, *, sure: bool) -> float:
    """The likeness asked for, 0 to 100; more for short words, and where nothing says that it is a place.

    Of several words one may be another word altogether: "isle of man" is not the Isle of Arran.
    """
    if not sure or " " in key:
        return 90
    return 88 if len(key) <= 5 else 83


LONG = 8
"""From here on two slips are mended, before it one."""
TWICE = re.compile(r"(.)\1")
VOWELS = frozenset("aeiouy")
ALIKE = ({"c", "s"}, {"s", "z"}, {"c", "k"}, {"g", "j"}, {"v", "f"})
"""Consonants that are taken for one another: in a short name another one makes another name."""


class Mending:
    """All names that can be reached from a misspelt one."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self.mend = lru_cache(maxsize=2048)(self._mend)
        self.slip = lru_cache(maxsize=2048)(self._slip)
        self.alike = lru_cache(maxsize=2048)(self._alike)

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._keys:
            found.setdefault(key[0], []).append(key)
        return found

    def _slip(self, key: str) -> tuple[str, ...]:
        """Names that a word is a slip of, the likeliest first: "bedfrod", with nothing that introduces it."""
        if key in not_misspelt():
            return ()
        likely = self._slips(key, 8)
        best = [name for name, slips in likely if slips == likely[0][1]]
        return tuple(sorted(best, key=lambda name: once(name) != once(key)))

    def _alike(self, key: str) -> tuple[str, ...]:
        """All names that a word may be a slip of, likeliest first; it may be a name of its own."""
        return tuple(name for name, slips in self._slips(key, 20) if slips)

    def _slips(self, key: str, limit: int) -> list[tuple[str, int]]:
        """Names with how many slips lead to them, fewest first."""
        if not SHORTEST <= len(key) <= 40 or not key.replace(" ", "").isalpha():
            return []
        from rapidfuzz.distance import OSA  # noqa: PLC0415  loaded when something is misspelt
        from rapidfuzz.process import extract  # noqa: PLC0415

        most = 2 if len(key) >= LONG else 1
        firsts = self._by_first.get(key[0], ())
        found = extract(key, firsts, scorer=OSA.distance, score_cutoff=most, limit=limit)
        return [(name, int(slips)) for name, slips, _ in found if credible(key, name)]

    def _mend(self, key: str, *, sure: bool = True) -> tuple[tuple[str, ...], bool]:
        """The most like names, equals together, and whether they are very like; none where nothing is."""
        if len(key) < SHORTEST or len(key) > 40 or any(c.isdigit() for c in key) or key in not_misspelt():
            return (), False
        from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded when something is misspelt

        found = process.extract(
            key, self._keys, scorer=fuzz.ratio, score_cutoff=cutoff(key, sure=sure), limit=8
        )
        alike = [(name, score) for name, score, _ in found if name[0] == key[0]]
        return tuple(name for name, score in alike if score == alike[0][1]), bool(
            alike and alike[0][1] >= VERY_LIKE
        )


def once(name: str) -> str:
    """A name without letters written twice: "kenington" is rather Kennington than Kensington."""
    return TWICE.sub(r"\1", name)


def credible(key: str, name: str) -> bool:
    """Whether a word is rather a slip of a name than another word: "brixten", and not "harrow" of Harlow."""
    if len(key) != len(name) or len(key) >= LONG:
        return " " in key or " " not in name
    apart = [{one, two} for one, two in zip(key, name, strict=True) if one != two]
    return len(apart) != 1 or apart[0] <= VOWELS or apart[0] in ALIKE
