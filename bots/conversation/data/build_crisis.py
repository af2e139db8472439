"""Learns from crisis_said.txt how a crisis sounds, and writes crisis.json.

Run it after a change of crisis_said.txt or of the words in crisis.toml:
`python -m bots.conversation.data.build_crisis` (half a minute). Softmax regression by stochastic descent, the
same on every run. The lexicon's own phrases, alone and in a few frames, stand for what is no crisis.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from bots.conversation import crisis, lexicon
from bots.conversation.sense import NONE, Weights, features, weighed
from bots.conversation.words import clean

HERE = Path(__file__).parent
ROUNDS = 10
FRAMED = 4000
"""Phrases of the lexicon that are put into a frame."""
SMALLEST = 0.12
"""Weights nearer to nothing are left out."""
AFTER = (
    "brixton", "sw2", "sw16 tonight", "tonight", "leeds today", "in bedford", "near me", "se24 please",
    "today",
)  # fmt: skip
FRAMES = (
    "{} this weekend", "{} for my mum", "{} for my son", "{} ls9", "{} aberystwyth", "{} now",
    "{} tonight", "{} today", "i need {}", "my son needs {}", "my mum wants {}", "looking for {}",
    "is there a {}", "where can i get {}", "need help with {}", "my husband needs {}",
    "im looking for someone for {}", "i want {}", "my {}", "{} near me",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: its features, what it is, and how much it counts."""

    features: frozenset[str]
    kind: str
    weight: float


def sentences() -> list[tuple[str, str]]:
    """Kind and sentence of each line of the file."""
    rows = (line.partition(" | ") for line in lexicon.lines("crisis_said.txt"))
    return [(kind, text) for kind, _, text in rows]


def examples(chance: random.Random) -> list[Example]:
    """All that is learnt from."""
    said = sentences()
    found = [_example(text, kind, 3.0 if kind != NONE else 1.0) for kind, text in said]
    found += [
        _example(f"{text} {chance.choice(AFTER)}", kind, 1.8 if kind != NONE else 0.6) for kind, text in said
    ]
    phrases = sorted(lexicon.made()["phrases"])
    framed = [chance.choice(FRAMES).format(phrase) for phrase in chance.sample(phrases, FRAMED)]
    found += [_example(text, NONE, 0.3) for text in (*phrases, *framed) if not crisis.by_rule(clean(text))]
    return found


def learn(given: list[Example], chance: random.Random) -> Weights:
    """Weights that tell the kinds apart."""
    kinds = tuple(sorted({example.kind for example in given}))
    start = [0.0] * len(kinds)
    added: dict[str, list[float]] = {}
    for example in given:
        for feature in example.features:
            added.setdefault(feature, [0.0] * len(kinds))
    for turn in range(ROUNDS):
        chance.shuffle(given)
        for example in given:
            likely = weighed(set(example.features), Weights(kinds, tuple(start), added))  # type: ignore[arg-type]
            step = 0.3 / (1 + 0.3 * turn) * example.weight / sqrt(len(example.features) or 1)
            for place, kind in enumerate(kinds):
                moved = step * ((kind == example.kind) - likely[kind])
                if abs(moved) > 1e-4:
                    start[place] += 0.3 * moved
                    for feature in example.features:
                        added[feature][place] += moved
    kept = {
        feature: tuple(round(weight, 2) for weight in weights)
        for feature, weights in sorted(added.items())
        if max(map(abs, weights)) >= SMALLEST
    }
    return Weights(kinds, tuple(round(value, 2) for value in start), kept)


def _example(text: str, kind: str, weight: float) -> Example:
    return Example(frozenset(features(crisis.tokens(clean(text)))), kind, weight)


def main() -> None:
    """Learn, and write what was learnt."""
    chance = random.Random(20261122)  # noqa: S311 - the same on every run
    learnt = learn(examples(chance), chance)
    lines = ",\n".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in learnt.added.items())
    (HERE / "crisis.json").write_text(
        f'{{"kinds":{json.dumps(learnt.kinds)},\n"start":{json.dumps(learnt.start)},\n"added":{{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )
    print(f"{len(learnt.added)} features")


if __name__ == "__main__":
    main()
