"""What of a directory no phrase of the lexicon leads to: its terms, and its services."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bots.conversation import sorting
from directory.search.sorting import Strength, Told, sentences
from directory.search.stemming import stems
from directory.search.text import normalise, plain

if TYPE_CHECKING:
    from collections.abc import Iterable


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
        if len(lost) == len(all_terms) and not says(name, description):
            self.without += 1
            self.names[name] += 1


def leads_to_term(name: str) -> bool:
    """Whether a need leads to a term of this name."""
    return bool(sorting.filed_under(normalise(name)))


def says(name: str, description: str) -> bool:
    """Whether what a record says sorts it into a need, surely or likely."""
    told = Told(stems(name), sentences(plain(description)), [], [], ())
    return any(strength is not Strength.PERHAPS for _, strength in sorting.sort(told))
