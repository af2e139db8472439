"""What of a directory no phrase of the lexicon leads to: its terms, and its services."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bots.conversation import lexicon
from directory.search.stemming import stems
from directory.search.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

Alternatives = dict[str, list[frozenset[str]]]
"""By the first stem of each: stems that must all be there."""


@dataclass(slots=True)
class Coverage:
    """What was looked at so far."""

    services: int = 0
    without: int = 0
    """Services that no need leads to."""
    terms: Counter[str] = field(default_factory=Counter)
    """Terms that no need leads to, with how many services have each."""
    names: Counter[str] = field(default_factory=Counter)
    """Names of services that no need leads to."""

    def add(self, name: str, description: str, terms: Iterable[str]) -> None:
        """Look at one service."""
        self.services += 1
        all_terms = dict.fromkeys(terms)
        lost = [term for term in all_terms if not leads_to_term(term)]
        self.terms.update(lost)
        if len(lost) == len(all_terms) and not says(f"{name} {description}"):
            self.without += 1
            self.names[name] += 1


@lru_cache(maxsize=65_536)
def leads_to_term(name: str) -> bool:
    """Whether a need leads to a term of this name."""
    return normalise(name) in _terms() or _has(frozenset(stems(name)), _alternatives("near_terms"))


def says(text: str) -> bool:
    """Whether a text has the words of a need."""
    return _has(frozenset(stems(text)), _alternatives("words"))


def _has(held: frozenset[str], alternatives: Alternatives) -> bool:
    return any(wanted <= held for one in held for wanted in alternatives.get(one, ()))


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    return frozenset(term for entry in lexicon.needs().values() for term in entry.terms)


@lru_cache(maxsize=2)
def _alternatives(kind: str) -> Alternatives:
    found: Alternatives = {}
    for entry in lexicon.needs().values():
        for words in getattr(entry, kind):
            wanted = stems(words)
            found.setdefault(wanted[0], []).append(frozenset(wanted))
    return found
