"""Words that are also ordinary English, and what makes them a place all the same; read once."""

from __future__ import annotations

import csv
from enum import IntEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


class Ordinary(IntEnum):
    """How much is needed before a name that is an ordinary word counts as a place."""

    NOT = 0
    NAME = 1
    """As a soft one; or last in a sentence or a clause, unless it is rather somebody's name."""
    SOFT = 2
    """After "in" or "near"; or with a capital within a sentence; or last, after what is needed."""
    HARD = 3
    """After "near" or "around"; or after "in" with a capital."""
    NEAR = 4
    """After "near" or "around" alone: it is a month."""


@cache
def ordinary() -> dict[str, Ordinary]:
    """Folded name -> level; the table gives words apart by spaces, and names of several words by bars."""
    found: dict[str, Ordinary] = {}
    with (DATA / "ordinary.csv").open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            words = line["words"].split("|" if "|" in line["words"] else " ")
            level = Ordinary[line["level"].upper()]
            found.update((word, max(level, found.get(word, level))) for word in words)
    return found


@cache
def everyday() -> frozenset[str]:
    """Words that are never a misspelt or unknown place."""
    text = (DATA / "everyday.txt").read_text(encoding="utf-8")
    words = (line.lower().split() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in words for word in line)


@cache
def leading() -> dict[str, frozenset[str]]:
    """Small sets of words that lead to, stand beside or rule out a place, by the name of the set."""
    with (DATA / "leading.csv").open(encoding="utf-8", newline="") as stream:
        return {line["set"]: frozenset(line["words"].split(" ")) for line in csv.DictReader(stream)}


def word_set(name: str) -> frozenset[str]:
    """One of those sets."""
    return leading()[name]


@cache
def not_misspelt() -> frozenset[str]:
    """Folded names of neighbourhoods that are never mended into another place's."""
    text = (DATA / "not_misspelt.txt").read_text(encoding="utf-8")
    names = (line.split(",") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in names for name in line)
