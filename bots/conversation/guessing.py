"""What is most likely meant where nothing is named: each word counts for the needs it is used with.

Naive Bayes over words and pairs of words. A word that everybody uses says little, one that stands only beside
"debt" says much. What people type is counted in the lexicon's phrases and `data/said.txt`, what records
say of themselves in `data/described.txt`. What comes out is a guess, and is used as one: a question's is said
back, and mended in one tap.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from heapq import nsmallest
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from bots.conversation import lexicon
from bots.conversation.words import words
from directory.search.stemming import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_WORDS = 60
"""Words of a message that are weighed."""
SMOOTHING = 0.02
"""Of a word that was never seen with a need, how often it is taken to have been."""
MOST_GUESSED, MOST_RESEMBLED = 8, 6
"""Needs that a person may mean, and that a record may resemble."""
FEWEST_KNOWN = 3
"""A record with fewer words that any need uses sounds like none."""
LEAST_TOLD = 0.5
"""What tells less of a need is not counted: a word that a hundred needs share is no sign of any."""
_FAR = 12.0
"""So much less than the likeliest is as good as nothing."""

Counts = dict[str, dict[str, float]]
"""Feature -> need -> how often."""


class Guess(NamedTuple):
    """A need, and how likely it is meant: from 0 to 1."""

    need: str
    likely: float


@dataclass(frozen=True, slots=True)
class Model:
    """What was counted; what a word tells is worked out when it is first met: no start waits for it."""

    counts: Counts
    unseen: float
    """How much of what was never seen each need is taken to have."""
    whole: float
    """How much was counted in all."""
    absent: dict[str, float]
    """For each need, what a known word that was never seen with it says: below nothing."""
    told: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    """Feature -> needs, and what having been seen with each says beyond that; those met so far."""

    def tells(self, feature: str) -> list[tuple[str, float]]:
        """Which needs a feature speaks for, and how much; none where it was never counted."""
        found = self.told.get(feature)
        if found is None and (held := self.counts.get(feature)):
            usual = self.unseen * (sum(held.values()) / self.whole)
            each = ((need, log(1 + count / usual)) for need, count in held.items())
            found = self.told[feature] = [(need, much) for need, much in each if much >= LEAST_TOLD]
        return found or []


def guess(text: str, named: Mapping[str, float]) -> list[Guess]:
    """The needs that a person may mean, the likeliest first.

    Args:
        text: what is left of a cleaned message without its place, time and conditions.
        named: needs that the lexicon's phrases name, and how much each is worth.
    """
    found, model = features(text), _model("guesses.json")
    if not named and not _mostly_known([feature for feature in found if " " not in feature], model):
        return []
    return _ranked(found, named, model, MOST_GUESSED + len(named))


def _mostly_known(stems_: list[str], model: Model) -> bool:
    """Whether enough of the words are ones that people use for any need: else it is about something else."""
    known = sum(stem in model.counts for stem in stems_)
    return known * 3 >= len(stems_) * 2


def resembles(parts: Iterable[Sequence[str]]) -> list[Guess]:
    """The needs that a record may serve by how it sounds, the likeliest first; `parts` are in stems."""
    found, model = _distinct(parts), _model("likenesses.json")
    if sum(" " not in feature and feature in model.counts for feature in found) < FEWEST_KNOWN:
        return []
    return _ranked(found, {}, model, MOST_RESEMBLED)


def written() -> bytes:
    """What was counted of records, as it is written."""
    return lexicon.read("likenesses.json")


def _ranked(found: list[str], named: Mapping[str, float], model: Model, most: int) -> list[Guess]:
    known = [held for feature in found if (held := model.tells(feature))]
    sums = dict(named)
    for held in known:
        for need, more in held:
            sums[need] = sums.get(need, 0.0) + more
    absent, number = model.absent, len(known)
    for need in sums:
        sums[need] += number * absent.get(need, 0.0)
    best = max(sums.values(), default=0.0)
    parts = [(exp(value - best), need) for need, value in sums.items() if value > best - _FAR]
    whole = sum([part for part, _ in parts])
    return [Guess(need, part / whole) for part, need in nsmallest(most, parts, key=_in_order)]


def _in_order(one: tuple[float, str]) -> tuple[float, str]:
    return -one[0], one[1]


def features(text: str) -> list[str]:
    """The stems of the words that say something, and each pair of neighbours."""
    kept = [word.text for word in words(text) if not lexicon.is_small(word.text)]
    return _distinct([[stem for word in kept[:MOST_WORDS] for stem in stems(word)]])


def _distinct(parts: Iterable[Sequence[str]]) -> list[str]:
    rows = [part[:MOST_WORDS] for part in parts]
    pairs = (f"{one} {other}" for row in rows for one, other in pairwise(row))
    return list(dict.fromkeys((*(stem for row in rows for stem in row), *pairs)))


def counted(examples: Iterable[tuple[str, str, float]]) -> Counts:
    """Count the features of (text, need, what it counts)."""
    found: Counts = {}
    for text, need, weight in examples:
        for feature in features(text):
            held = found.setdefault(feature, {})
            held[need] = round(held.get(need, 0.0) + weight, 2)
    return found


def totals(counts: Counts) -> dict[str, float]:
    """How much was counted for each need."""
    found: dict[str, float] = {}
    for held in counts.values():
        for need, count in held.items():
            found[need] = found.get(need, 0.0) + count
    return found


@cache
def _model(name: str) -> Model:
    held = json.loads(lexicon.read(name))
    unseen = SMOOTHING * len(held["counts"])
    absent = {need: log(unseen / (total + unseen)) for need, total in held["needs"].items()}
    return Model(held["counts"], unseen, sum(held["needs"].values()), absent)
