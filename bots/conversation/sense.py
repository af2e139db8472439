"""How much a message sounds like a crisis, learnt from what people in one write: for what no rule foresaw."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from bots.conversation import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bots.conversation.patterns import Token

NONE = "none"
MOST_WORDS = 200
"""Words of a message that are weighed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """For each sort of message: what speaks for it at the start, and what each feature adds."""

    kinds: tuple[str, ...]
    start: tuple[float, ...]
    added: dict[str, tuple[float, ...]]


def judge(tokens: Sequence[Token]) -> dict[str, float]:
    """How likely each sort of crisis is, and `NONE`: from 0 to 1, 1 in all."""
    return weighed(features(tokens), _weights())


def weighed(found: set[str], weights: Weights) -> dict[str, float]:
    """The same from features."""
    rows = [weights.added[feature] for feature in sorted(found & weights.added.keys())]
    sums = [sum(column) for column in zip(weights.start, *rows, strict=True)]
    most = max(sums)
    parts = [exp(value - most) for value in sums]
    return {kind: part / sum(parts) for kind, part in zip(weights.kinds, parts, strict=True)}


def features(tokens: Sequence[Token]) -> set[str]:
    """Words and the kinds of words they are, neighbours, and neighbours but one."""
    few = tokens[:MOST_WORDS]
    return {
        *(symbol for token in few for symbol in token.symbols),
        *_neighbours([token.symbols[0] for token in few]),
        *_neighbours([token.symbols[-1] for token in few]),
    }


def _neighbours(words: list[str]) -> Iterator[str]:
    row = ["^", *words, "$"]
    yield from (f"{one} {other}" for one, other in pairwise(row))
    yield from (f"{one} . {other}" for one, other in zip(row, row[2:], strict=False))


@cache
def _weights() -> Weights:
    held = json.loads(lexicon.read("crisis.json"))
    return Weights(
        tuple(held["kinds"]),
        tuple(held["start"]),
        {feature: tuple(added) for feature, added in held["added"].items()},
    )
