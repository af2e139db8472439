"""What a record says, as a sorter is told it, and how the needs that it finds stand in the index.

Which words mean which need is not known here: whoever builds the program hands a sorter in. Without one
records are found by their own terms and words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from directory.search.stemming import stems

NEED = "need:"
"""Terms whose names begin with this are our own: needs that records were sorted into. No published term,
normalised, can be one."""
_SENTENCE = re.compile(r"[.!?;:]+(?:\s|$)|\s[-\u2013\u2014]\s")
Stems = list[str]


class Strength(StrEnum):
    """How sure it is that a record serves a need: the mark that stands before the need's id."""

    SURE = ""
    """Its name or a term says so, or its description does plainly."""
    LIKELY = "~"
    """It is said somewhere."""
    PERHAPS = "?"
    """A loose word speaks for it."""


class Told(NamedTuple):
    """What one record says, in stems, each part in its order."""

    name: Stems
    sentences: list[Stems]
    """The description."""
    eligibility: Stems
    organization: Stems
    terms: tuple[str, ...]
    """Names of its taxonomy terms, normalised."""


Sort = Callable[[Told], list[tuple[str, Strength]]]
"""The needs that a record serves, by their ids, the best served first."""


def unsorted(_told: Told) -> list[tuple[str, Strength]]:
    """No needs: what stands in for a sorter where none is handed in."""
    return []


def term_of(need: str, strength: Strength) -> str:
    """The name under which records of a need stand in the index."""
    return f"{NEED}{strength}{need}"


def sentences(text: str) -> list[Stems]:
    """The stems of a text, sentence by sentence."""
    return [found for part in _SENTENCE.split(text) if part and (found := stems(part))]
