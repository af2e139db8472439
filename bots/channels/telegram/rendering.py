"""An answer as Telegram shows it: HTML of a few tags, buttons under the last message of it.

body   {"method": of the Bot API, "params": its parameters but the chat,
        "tap": id of the tap that is answered with it}
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bots.channels.telegram import keyboards, markup
from bots.channels.telegram.inline import results
from bots.channels.telegram.pieces import blocks
from bots.conversation.message import Kind
from bots.conversation.wording.english import pieces
from bots.conversation.wording.pieces import WayOn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body, Turn
    from bots.conversation.message import Answer, Choice

Json = dict[str, Any]
_LISTS: Final = (Kind.RESULTS, Kind.NONE)


def answer(answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo, username: str | None) -> list[Body]:
    """Render an answer; a page of a list takes the place of the page before."""
    said = [piece for piece in pieces(answer, now, timezone) if not isinstance(piece, WayOn)]
    back = json.loads(turn.handle or "{}")
    if "inline" in back:
        return [{"method": "answerInlineQuery", "params": results(back["inline"], answer, said)}]
    edits = turn.edits if answer.kind in _LISTS else None
    return _bodies(markup.messages(blocks(said)), _keys(answer, turn, username), back, edits)


def sentences(text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
    """Render plain sentences."""
    back = json.loads(turn.handle or "{}")
    if "inline" in back:
        params = {"inline_query_id": back["inline"], "results": [], "cache_time": 0, "is_personal": True}
        return [{"method": "answerInlineQuery", "params": params}]
    lines = [[markup.text(line)] for line in text.split("\n\n") if line.strip()]
    return _bodies(markup.messages(lines), _inline(keyboards.rows(choices)), back, turn.edits)


def _bodies(texts: Sequence[str], keys: Json | None, back: Json, edits: str | None) -> list[Body]:
    """The messages: the first may take the place of one that was sent, the last has the buttons."""
    bodies: list[Body] = []
    for number, text in enumerate(texts, 1):
        params: Json = {
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if keys and number == len(texts):
            params["reply_markup"] = keys
        edited = edits is not None and number == 1
        if edited:
            params["message_id"] = int(edits or 0)
        else:
            params |= _placed(back)
        bodies.append({"method": "editMessageText" if edited else "sendMessage", "params": params})
    if "tap" in back:
        bodies[0]["tap"] = back["tap"]
    return bodies


def _placed(back: Json) -> Json:
    """Under the message that asked, in its topic."""
    found: Json = {}
    if "thread" in back:
        found["message_thread_id"] = back["thread"]
    if "reply" in back:
        found["reply_parameters"] = {"message_id": back["reply"], "allow_sending_without_reply": True}
    return found


def _keys(answer: Answer, turn: Turn, username: str | None) -> Json | None:
    asks_where = answer.kind is Kind.ASK_PLACE and not answer.choices
    if asks_where and turn.room.private:
        return keyboards.send_location()
    if asks_where and username:
        return _inline(keyboards.in_private(username, answer.understood.need))
    return _inline(keyboards.under(answer))


def _inline(rows: list[list[Json]]) -> Json | None:
    return {"inline_keyboard": rows} if rows else None
