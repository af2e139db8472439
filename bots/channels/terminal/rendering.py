"""What a terminal shows: the same words, and nothing that could steer it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bots.conversation.wording.english import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body
    from bots.conversation.message import Answer, Choice


def render(answer: Answer, now: datetime, timezone: ZoneInfo) -> Body:
    """Say an answer for a terminal; choices stand in the text as a numbered list."""
    return {"text": harmless(say(answer, now, timezone))}


def sentences(text: str, choices: Sequence[Choice] = ()) -> Body:
    """Plain sentences, with what may be chosen as a numbered list."""
    numbered = (f"{number}. {choice.label}" for number, choice in enumerate(choices, 1))
    return {"text": harmless("\n".join((text, *numbered)))}


def harmless(text: str) -> str:
    """Without control and format characters but the end of a line."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")
