"""What can be tapped under a message: choices, a map, and in a private chat "send where I am"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bots.channels.steps import mark, pick, steps
from bots.conversation.message import Kind
from bots.conversation.wording import buttons, facts
from bots.conversation.wording import telegram as words
from bots.conversation.wording.foreign import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bots.conversation.message import Answer, Choice

Json = dict[str, Any]
MOST_DATA: Final = 64
"""Bytes of `callback_data`."""
_SHORT: Final = 20
"""Characters of a label that stands beside others."""
_IN_A_ROW: Final = 3


def under(answer: Answer) -> list[list[Json]]:
    """The rows of buttons under an answer."""
    found = rows(steps(answer))
    if answer.kind not in (Kind.RESULTS, Kind.NONE):
        return found
    rowed = [_picks(answer), *found, _maps(answer)]
    return [row for row in rowed if row]


def rows(choices: Iterable[Choice]) -> list[list[Json]]:
    """Choices in rows: short ones beside each other."""
    found: list[list[Json]] = []
    short = 0
    for choice in choices:
        beside = len(choice.label) <= _SHORT
        if beside and 0 < short < _IN_A_ROW:
            found[-1].append(_tap(choice))
            short += 1
        else:
            found.append([_tap(choice)])
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


def _picks(answer: Answer) -> list[Json]:
    """A number for each place, to hear more about that one."""
    hits, known = answer.results or answer.alternatives, mark(answer)
    if not known:
        return []
    if len(hits) == 1:
        return [_tap(pick(0, known))]
    return [_tap(pick(index, known, str(index + 1))) for index in range(len(hits))]


def _maps(answer: Answer) -> list[Json]:
    """A map of each place whose point is known."""
    hits = answer.results or answer.alternatives
    several = len(hits) > 1
    return [
        {"text": f"{buttons.MAP} {number}" if several else buttons.MAP, "url": url}
        for number, hit in enumerate(hits, 1)
        if (url := facts.map_url(hit))
    ]


def _tap(choice: Choice) -> Json:
    return {"text": one_line(choice.label), "callback_data": choice.id[:MOST_DATA]}
