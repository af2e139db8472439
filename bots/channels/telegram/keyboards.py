"""What can be tapped under a message: choices, a map, and in a private chat "send where I am"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bots.conversation.finding import stamp
from bots.conversation.message import Choice, Kind
from bots.conversation.wording import facts
from bots.conversation.wording import telegram as words
from bots.conversation.wording.foreign import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bots.conversation.message import Answer

Json = dict[str, Any]
MOST_DATA: Final = 64
"""Bytes of `callback_data`."""
_SHORT: Final = 20
"""Characters of a label that stands beside others."""
_IN_A_ROW: Final = 3


def under(answer: Answer) -> list[list[Json]]:
    """The rows of buttons under an answer; a list's know which list they belong to."""
    hits = answer.results or answer.alternatives
    if answer.kind not in (Kind.RESULTS, Kind.NONE) or not hits:
        return rows(answer.choices)
    mark = "" if answer.details or answer.aspect else stamp(hits)
    return [row for row in (_picks(answer, mark), *rows(_steps(answer), mark), _maps(answer)) if row]


def rows(choices: Iterable[Choice], mark: str = "") -> list[list[Json]]:
    """Choices in rows: short ones beside each other."""
    found: list[list[Json]] = []
    short = 0
    for choice in choices:
        button = _tap(choice, mark)
        beside = len(choice.label) <= _SHORT
        if beside and 0 < short < _IN_A_ROW:
            found[-1].append(button)
            short += 1
        else:
            found.append([button])
            short = int(beside)
    return found


def send_location() -> Json:
    """A keyboard with which somebody sends where they are; for private chats only."""
    return {
        "keyboard": [[{"text": words.SEND_LOCATION, "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": words.TYPE_PLACE,
    }


def in_private(username: str, need: str | None) -> list[list[Json]]:
    """A way from a group to a private chat, which goes on with the same need."""
    return [[{"text": words.IN_PRIVATE, "url": f"https://t.me/{username}?start={payload(need or '')}"}]]


def payload(text: str) -> str:
    """A text as what follows `/start`: letters and digits, with hyphens for all else."""
    return re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:64].strip("-") or "hello"


def _picks(answer: Answer, mark: str) -> list[Json]:
    """A number for each place, to hear more about that one."""
    if not mark:
        return []
    hits = answer.results or answer.alternatives
    labels = map(str, range(1, len(hits) + 1)) if len(hits) > 1 else [words.MORE_ABOUT]
    return [_tap(Choice(f"hit:{index}", label), mark) for index, label in enumerate(labels)]


def _steps(answer: Answer) -> Sequence[Choice]:
    if answer.details:
        return (*answer.choices, Choice("again", words.TO_LIST), Choice("report", words.WRONG))
    if answer.aspect:
        return answer.choices
    back = [Choice("back", words.BACK)] if answer.offset else []
    now = [Choice("now", words.OPEN_NOW)] if answer.when is None and answer.kind is Kind.RESULTS else []
    further = [Choice("further", words.FURTHER)]
    return (*back, *answer.choices, *now, *further, Choice("report", words.WRONG))


def _maps(answer: Answer) -> list[Json]:
    """A map of each place whose point is known."""
    hits = answer.results or answer.alternatives
    several = len(hits) > 1
    return [
        {"text": f"{words.MAP} {number}" if several else words.MAP, "url": url}
        for number, hit in enumerate(hits, 1)
        if (url := facts.map_url(hit))
    ]


def _tap(choice: Choice, mark: str) -> Json:
    data = f"{choice.id}~{mark}" if mark else choice.id
    return {"text": one_line(choice.label), "callback_data": data[:MOST_DATA]}
