"""What can be tapped under an answer, on every channel that has buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.conversation.finding import stamp
from bots.conversation.message import Choice, Kind
from bots.conversation.wording import buttons as words

if TYPE_CHECKING:
    from bots.conversation.message import Answer


def mark(answer: Answer) -> str:
    """By what the places of a list are known again when one is tapped; empty where none is to be picked."""
    hits = answer.results or answer.alternatives
    picked = answer.details or answer.aspect or answer.kind not in (Kind.RESULTS, Kind.NONE)
    return "" if picked else stamp(hits)


def pick(index: int, mark: str, label: str = words.MORE_ABOUT) -> Choice:
    """Hear more about one of a list, counted from 0."""
    return Choice(f"hit:{index}~{mark}", label)


def steps(answer: Answer) -> tuple[Choice, ...]:
    """How to go on from here, besides picking one."""
    if answer.kind not in (Kind.RESULTS, Kind.NONE) or not (answer.results or answer.alternatives):
        return answer.choices
    if answer.details:
        return (*answer.choices, Choice("again", words.TO_LIST), Choice("report", words.WRONG))
    if answer.aspect:
        return answer.choices
    back = (Choice("back", words.BACK),) if answer.offset else ()
    now = (Choice("now", words.OPEN_NOW),) if answer.when is None and answer.kind is Kind.RESULTS else ()
    after = (*now, Choice("further", words.FURTHER), Choice("report", words.WRONG))
    return tuple(marked(choice, mark(answer)) for choice in (*back, *answer.choices, *after))


def marked(choice: Choice, mark: str) -> Choice:
    """A choice that knows which list it stands under."""
    return Choice(f"{choice.id}~{mark}", choice.label) if mark else choice
