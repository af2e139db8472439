"""Marks answers against a file of questions whose right answers are known: no store, no clock, no words.

A line holds `id`, `turns` and `right`; it may hold `now`, `first`, `never`, `kind` and `kinds`. Records are
named by service id or by name. Only the answer to the last turn is marked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHOWN: Final = 3
"""A right place counts where it is among so many."""
CRISIS: Final = "crisis"
WHOLE: Final = "all"
UNSORTED: Final = "untagged"


class UnreadableQuestionError(Exception):
    """A line that asks nothing: `not_json`, `not_an_object`, `no_turns` or `not_a_list`, and the field."""

    def __init__(self, code: str, field_name: str = "") -> None:
        """Keep the code, and the field that is wrong."""
        super().__init__(code, field_name)
        self.code = code
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what a good answer holds; an empty `right` means that nothing need be found."""

    id: str
    turns: tuple[str, ...]
    right: tuple[str, ...]
    first: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    now: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one answer did; None where the question says nothing about it."""

    question: Question
    kind: str
    shown: tuple[str, ...]
    """The names of what was shown, in order."""
    found: bool | None
    first: bool | None
    forbidden: tuple[str, ...]
    """The names of results that must not be there."""
    kind_right: bool | None

    @property
    def crisis_met(self) -> bool | None:
        """Whether a crisis was taken for one; None where it is none."""
        return self.kind == CRISIS if CRISIS in self.question.kind else None

    @property
    def false_crisis(self) -> bool:
        """Whether something harmless was taken for a crisis."""
        said = bool(self.question.kind or self.question.right)
        return said and self.kind == CRISIS and CRISIS not in self.question.kind

    @property
    def failed(self) -> bool:
        """Whether anything is wrong with it."""
        return False in (self.found, self.first, self.kind_right) or bool(self.forbidden)


@dataclass(slots=True)
class Share:
    """So many of so many."""

    good: int = 0
    of: int = 0

    def add(self, verdict: bool | None) -> None:  # noqa: FBT001 - a verdict, not a switch
        """Count one verdict; None says that it was not asked."""
        if verdict is not None:
            self.of += 1
            self.good += verdict


@dataclass(slots=True)
class Score:
    """The figures of one tag, or of all."""

    asked: int = 0
    found: Share = field(default_factory=Share)
    first: Share = field(default_factory=Share)
    kind: Share = field(default_factory=Share)
    crisis: Share = field(default_factory=Share)
    forbidden: int = 0
    """Questions with a result that must not be there."""
    false_crises: int = 0

    def add(self, mark: Mark) -> None:
        """Count one mark."""
        self.asked += 1
        self.found.add(mark.found)
        self.first.add(mark.first)
        self.kind.add(mark.kind_right)
        self.crisis.add(mark.crisis_met)
        self.forbidden += bool(mark.forbidden)
        self.false_crises += mark.false_crisis


def read_question(text: str, number: int) -> Question:
    """Read one line; `number` stands in for an id that is missing.

    Raises:
        UnreadableQuestionError: the line asks nothing that can be marked.
    """
    try:
        line = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableQuestionError("not_json") from problem
    if not isinstance(line, dict):
        raise UnreadableQuestionError("not_an_object")
    turns = _words(line, "turns")
    if not turns or not all(turns):
        raise UnreadableQuestionError("no_turns")
    return Question(
        id=str(line.get("id") or f"line {number}"),
        turns=turns,
        right=_words(line, "right"),
        first=_words(line, "first"),
        never=_words(line, "never"),
        kind=_words(line, "kind"),
        tags=_words(line, "kinds"),
        now=str(line.get("now") or ""),
    )


def mark(question: Question, answer: Mapping[str, Any]) -> Mark:
    """Mark one answer, in the shape that `nearby ask --json` prints.

    Where there are no results, what is offered instead counts as found; it is never counted as forbidden,
    since it is said of it that it is not what was asked.
    """
    results = list(answer["results"])
    shown = (results or list(answer["alternatives"]))[:SHOWN]
    forbidden = [hit for hit in results if _is(hit, question.never)]
    best = question.first or question.right
    return Mark(
        question=question,
        kind=str(answer["kind"]),
        shown=tuple(str(hit["name"]) for hit in shown),
        found=any(_is(hit, question.right) for hit in shown) if question.right else None,
        first=bool(shown) and _is(shown[0], best) if question.right else None,
        forbidden=tuple(str(hit["name"]) for hit in forbidden),
        kind_right=answer["kind"] in question.kind if question.kind else None,
    )


def tally(marks: Iterable[Mark]) -> dict[str, Score]:
    """The figures of all questions, then of each tag."""
    scores: dict[str, Score] = {WHOLE: Score()}
    for one in marks:
        for tag in (WHOLE, *(one.question.tags or (UNSORTED,))):
            scores.setdefault(tag, Score()).add(one)
    return scores


def _is(hit: Mapping[str, Any], wanted: tuple[str, ...]) -> bool:
    names = {text.casefold().strip() for text in wanted}
    return str(hit["service_id"]).casefold() in names or str(hit["name"]).casefold().strip() in names


def _words(line: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of strings; one string alone is a list of one."""
    value = line.get(name) or []
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise UnreadableQuestionError("not_a_list", name)
    return tuple(words)
