"""The terms that the directory knows, found by the words people use for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from directory.search.sorting import NEED
from directory.search.stemming import asked, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TERMS_AT_MOST = 24


class Vocabulary:
    """Terms of one state of the projection: normalised name -> key."""

    def __init__(self, keys: Mapping[str, int]) -> None:
        self.keys = keys

    @cached_property
    def is_sorted(self) -> bool:
        """Whether records were sorted into needs when they were read in."""
        return any(name.startswith(NEED) for name in self.keys)

    def match(self, words: Iterable[str]) -> tuple[str, ...]:
        """The published terms whose name has all the words (stemmed), the one with the fewest others first.

        "library" leads to "library services" and "mobile library".
        """
        wanted = asked(tuple(words))
        if not wanted:
            return ()
        sets = [self._by_stem.get(stem, frozenset()) for stem in wanted]
        found = frozenset.intersection(*sets)
        return tuple(sorted(found, key=lambda name: (len(name.split()), len(name), name))[:_TERMS_AT_MOST])

    @cached_property
    def _by_stem(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for name in self.keys:
            if name.startswith(NEED):
                continue
            for stem in stems(name):
                names.setdefault(stem, set()).add(name)
        return {stem: frozenset(held) for stem, held in names.items()}
