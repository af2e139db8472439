"""Writes `tuning.jsonl` and `held_out.jsonl`: `python -m tests.questions.build_questions`.

Each question of the hand-written lists goes to one half at random, the kinds shared out evenly; the seed
is fixed, so that the same lists give the same halves. The half put aside is not looked at while tuning.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from typing import Any, Final

from tests.questions.librarian import judge
from tests.questions.source import FOLDER, Question, questions

SEED: Final = 20261122
HALVES: Final = ("tuning", "held_out")

Line = dict[str, Any]


def halves() -> dict[str, str]:
    """The text of both files, by name."""
    dice = random.Random(SEED)
    kinds: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for number, question in enumerate(questions(), 1):
        kinds[question.tags[:2]].append(line(f"q{number:03}", question))
    files: dict[str, list[Line]] = {name: [] for name in HALVES}
    for lines in kinds.values():
        dice.shuffle(lines)
        for one in lines:
            least = min(len(files[name]) for name in HALVES)
            name = dice.choice([name for name in HALVES if len(files[name]) == least])
            files[name].append(one)
    return {name: "".join(_json(one) for one in _sorted(lines)) for name, lines in files.items()}


def line(identity: str, question: Question) -> Line:
    """One question as it stands in the file."""
    verdict = judge(question)
    return {
        "id": identity,
        "kinds": list(question.tags),
        "turns": list(question.turns),
        "now": question.now,
        "right": verdict.right,
        "first": [i for i in verdict.first if i in verdict.right],
        "never": verdict.never,
        "kind": _kind(question, found=bool(verdict.right), far=verdict.far),
    }


def _kind(question: Question, *, found: bool, far: bool) -> list[str]:
    if given := question.value("kind"):
        return given.split(",")
    if not found:
        return ["none"]
    kinds = ["results", "none"] if far else ["results"]
    return [*kinds, "ask_need"] if "wide" in question.conditions else kinds


def _sorted(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: str(one["id"]))


def _json(one: Line) -> str:
    return json.dumps(one, ensure_ascii=False) + "\n"


def main() -> None:
    """Write both files beside this script."""
    for name, text in halves().items():
        (FOLDER / f"{name}.jsonl").write_text(text, encoding="utf-8")
        print(f"{text.count(chr(10))} questions -> {name}.jsonl")


if __name__ == "__main__":
    main()
