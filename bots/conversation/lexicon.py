"""From everyday words to needs: read once, when first wanted, from what `data/build_lexicon.py` made."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bots.conversation.phrases import Phrases
from bots.conversation.words import words
from directory.search.text import STOP_WORDS

TOGETHER = "+"
"""Stands between the needs that an ambiguous phrase leads to."""


@dataclass(frozen=True, slots=True)
class NeedEntry:
    """One need of the lexicon."""

    id: str
    label: str
    terms: tuple[str, ...]
    """Names of taxonomy terms, normalised."""
    words: tuple[str, ...]
    """How a description says it: alternatives, each of words that must all be there; the best first."""
    near_terms: tuple[str, ...]
    """Words by which the directory's own terms are found."""
    broader: tuple[str, ...]
    """Wider needs to fall back on, the best first."""


def read(name: str) -> bytes:
    """What a file that stands beside the conversation holds."""
    return (resources.files("bots.conversation") / "data" / name).read_bytes()


def data(name: str) -> dict[str, Any]:
    """The tables of a readable file."""
    return tomllib.loads(read(name).decode())


def lines(name: str) -> list[str]:
    """The lines of a readable file; those that begin with # explain it."""
    return [line for line in read(name).decode().splitlines() if line and not line.startswith("#")]


def written() -> bytes:
    """What was made from the readable files, as it is written."""
    return read("lexicon.json")


@cache
def made() -> dict[str, Any]:
    """Everything that was made from the readable files."""
    found: dict[str, Any] = json.loads(written())
    return found


@cache
def needs() -> dict[str, NeedEntry]:
    """All needs by id."""
    return {
        entry["id"]: NeedEntry(
            entry["id"],
            entry["label"],
            tuple(entry["terms"]),
            tuple(entry["words"]),
            tuple(entry["near_terms"]),
            tuple(entry["broader"]),
        )
        for entry in made()["needs"]
    }


@cache
def spoken(need: str) -> frozenset[str]:
    """The stems of all words in which a description may say a need, but for those that say nothing."""
    said = (word for way in needs()[need].words for word in words(way))
    return frozenset(word.stem for word in said if word.text not in STOP_WORDS)


@cache
def phrases() -> Phrases:
    """Every phrase, leading to the id of its need, or to several with `TOGETHER` between."""
    return Phrases.ready(made()["phrases"], made()["longest"])


@cache
def alike() -> dict[str, tuple[str, ...]]:
    """Needs that are near each other, for each of them."""
    found: dict[str, list[str]] = {}
    for group in data("alike.toml")["groups"]:
        one, other = group.split()
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {need: tuple(others) for need, others in found.items()}


@cache
def small_words() -> frozenset[str]:
    """Words that say nothing about what is looked for."""
    return frozenset(data("words.toml")["small"].split())


def is_small(word: str) -> bool:
    """Whether a folded word says nothing about what is looked for: one of those, or a number."""
    return word in small_words() or word.isdigit()
