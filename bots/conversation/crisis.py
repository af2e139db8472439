"""A crisis is looked for before anything else: by rules, from words in a data file that anybody can read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bots.conversation.lexicon import data
from bots.conversation.message import Line
from bots.conversation.patterns import Patterns, Reader
from bots.conversation.words import overlap

if TYPE_CHECKING:
    from datetime import date

_DANGER, _TOPIC, _BESIDE = "phrases", "topics", "beside"


@dataclass(frozen=True, slots=True)
class Crisis:
    """A crisis that was recognised, and who to turn to."""

    id: str
    lines: tuple[Line, ...]
    beside: tuple[Line, ...]
    """Who to name beside what was found, where a service is asked for and nobody is in danger."""
    needs: tuple[str, ...]
    """Needs of the lexicon that help."""


def in_nation(lines: tuple[Line, ...], lad: str | None) -> tuple[Line, ...]:
    """Those of the lines that serve the nation of an authority's code; without one, all."""
    return tuple(line for line in lines if lad is None or not line.nations or lad[:1] in line.nations)


@dataclass(frozen=True, slots=True)
class _Rules:
    check_by: date
    reader: Reader
    harmless: Patterns
    work: Patterns
    phrases: Patterns
    crises: tuple[Crisis, ...]
    """In the order in which they are to be thought of."""


def find(text: str) -> Crisis | None:
    """Find a crisis in a cleaned text; of several, the one that stands first in the file."""
    found = _found(text)
    return next((crisis for crisis in _rules().crises if (crisis.id, _DANGER) in found), None)


def beside(text: str) -> tuple[Line, ...]:
    """Who to name beside an ordinary answer: the message is about a crisis, and shows none."""
    found = {key for key, _ in _found(text)}
    return next((crisis.beside for crisis in _rules().crises if crisis.id in found), ())


def check_by() -> date:
    """The day by which somebody should have looked at the lines again."""
    return _rules().check_by


def _found(text: str) -> set[tuple[str, str]]:
    """Sorts of crisis that the text names, and how: a topic is danger unless a service is asked for."""
    rules = _rules()
    tokens = rules.reader.read(text)
    heard = rules.phrases.find(tokens, text)
    if not heard:
        return set()
    harmless = [phrase.span for phrase in rules.harmless.find(tokens, text)]
    found = {
        _kind(phrase.key) for phrase in heard if not any(overlap(phrase.span, span) for span in harmless)
    }
    topics = {id_ for id_, how in found if how == _TOPIC}
    if topics and not rules.work.find(tokens, text):
        found |= {(id_, _DANGER) for id_ in topics if (id_, _BESIDE) not in found}
    return found


def _kind(key: str) -> tuple[str, str]:
    id_, _, how = key.partition(":")
    return id_, how


@cache
def _rules() -> _Rules:
    held = data("crisis.toml")
    lines = {
        key: Line(
            key, line["name"], line["how"], line["about"], line["hours"], tuple(line.get("nations", ()))
        )
        for key, line in held["lines"].items()
    }
    reader = _reader(held["words"])
    phrases = (
        (phrase, f"{entry['id']}:{how}")
        for how in (_DANGER, _TOPIC, _BESIDE)
        for entry in held["crisis"]
        for phrase in entry[how]
    )
    return _Rules(
        check_by=held["check_by"],
        reader=reader,
        harmless=Patterns(((phrase, "harmless") for phrase in held["not"]["phrases"]), reader),
        work=Patterns(((phrase, "work") for phrase in held["work"]["phrases"]), reader),
        phrases=Patterns(phrases, reader),
        crises=tuple(_crisis(entry, lines) for entry in held["crisis"]),
    )


def _crisis(entry: dict[str, Any], lines: dict[str, Line]) -> Crisis:
    return Crisis(
        entry["id"],
        tuple(lines[key] for key in entry["lines"]),
        tuple(lines[key] for key in entry["beside_lines"]),
        tuple(entry["needs"]),
    )


def _reader(known: dict[str, Any]) -> Reader:
    spelt = {wrong: right for right, all_wrong in known["spelt"].items() for wrong in all_wrong.split()}
    kinds = {kind: members.split() for kind, members in known["kinds"].items()}
    return Reader(kinds, known["skipped"].split(), spelt)
