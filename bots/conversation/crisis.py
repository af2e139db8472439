"""A crisis is looked for before anything else: by rules anybody can read, then by how a message sounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from bots.conversation import mending, sense
from bots.conversation.lexicon import data
from bots.conversation.message import Line
from bots.conversation.patterns import Patterns, Reader
from bots.conversation.words import overlap

if TYPE_CHECKING:
    from datetime import date

    from bots.conversation.patterns import Token
    from bots.conversation.words import Span

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


SURE = 0.75
"""From here on a message that no rule foresaw is taken for a crisis."""
LIKELY = 0.6
"""From here on the lines are named beside an ordinary answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message tells of a crisis."""

    danger: Crisis | None
    """Of several, the one that stands first in the file."""
    beside: tuple[Line, ...]
    """Who to name beside an ordinary answer: it is about a crisis, and shows none for sure."""


def hear(text: str) -> Heard:
    """Listen to a cleaned text: by the rules, then by how it sounds."""
    rules, read = _rules(), tokens(text)
    harmless = [phrase.span for phrase in rules.harmless.find(read, text)]
    found = _found(read, text, harmless)
    if danger := _danger(found):
        return Heard(danger, ())
    left = [token for token in read if not any(overlap((token.start, token.end), span) for span in harmless)]
    likely = sense.judge(left)
    sounds = 1 - likely[sense.NONE]
    kind = max((kind for kind in likely if kind != sense.NONE), key=lambda kind: likely[kind])
    maybe = next(crisis for crisis in rules.crises if crisis.id == kind)
    if sounds >= SURE:
        return Heard(maybe, ())
    ids = {id_ for id_, _ in found}
    named = next((crisis.beside for crisis in rules.crises if crisis.id in ids), ())
    if not named and sounds >= LIKELY:
        named = maybe.beside or maybe.lines[:2]
    return Heard(None, named)


def by_rule(text: str) -> Crisis | None:
    """The crisis that the rules alone find in a cleaned text."""
    read = tokens(text)
    return _danger(_found(read, text, [phrase.span for phrase in _rules().harmless.find(read, text)]))


def tokens(text: str) -> list[Token]:
    """The words of a cleaned text as the rules read them."""
    return _rules().reader.read(text)


def check_by() -> date:
    """The day by which somebody should have looked at the lines again."""
    return _rules().check_by


def _danger(found: set[tuple[str, str]]) -> Crisis | None:
    return next((crisis for crisis in _rules().crises if (crisis.id, _DANGER) in found), None)


def _found(read: list[Token], text: str, harmless: list[Span]) -> set[tuple[str, str]]:
    """Sorts of crisis that the text names, and how: a topic is danger unless a service is asked for."""
    rules = _rules()
    heard = rules.phrases.find(read, text)
    found = {
        _kind(phrase.key) for phrase in heard if not any(overlap(phrase.span, span) for span in harmless)
    }
    topics = {id_ for id_, how in found if how == _TOPIC}
    if topics and not rules.work.find(read, text):
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
    reader = _reader(held)
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


def _reader(held: dict[str, Any]) -> Reader:
    """Reads a message; a misspelt word is taken for the word of a crisis that it is a slip of."""
    known = held["words"]
    spelt = {wrong: right for right, all_wrong in known["spelt"].items() for wrong in all_wrong.split()}
    kinds = {kind: members.split() for kind, members in known["kinds"].items()}
    said = (phrase for entry in held["crisis"] for phrase in entry[_DANGER])
    own = {word for phrase in said for word in phrase.split()} | {
        word for members in kinds.values() for word in members
    }
    among = tuple(sorted(word for word in own if word.isalpha() and len(word) >= mending.SHORTEST))

    @lru_cache(maxsize=4096)
    def mend(word: str) -> str:
        return mending.slip_of(word, among)

    return Reader(kinds, known["skipped"].split(), spelt, mend)
