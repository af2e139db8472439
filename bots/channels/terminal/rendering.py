"""An answer as a terminal shows it: the same words, and nothing that could steer the terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bots.conversation.wording.english import say

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.conversation.message import Answer


def render(answer: Answer, now: datetime, timezone: ZoneInfo) -> str:
    """Say an answer for a terminal; choices stand in the text as a numbered list."""
    return "".join(
        char for char in say(answer, now, timezone) if char == "\n" or unicodedata.category(char)[0] != "C"
    )
