"""What Telegram sends, read once where it comes in: what we need of it is kept as an event, the rest is not.

Names, photos, and what is said in a group to others are never kept. Rules:

- Bots, channels, and messages sent through an inline bot are not answered: two bots never stop.
- In a group only what is said to us counts: our name in it, a reply to us, a tap.
- An edited text is a new message; an edited location (a live one that moves) is not.
- A tap on a list belongs to the talk of whoever asked for the list.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bots.channels.port import Event, Left, Room, Turn
from bots.conversation.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHANNEL: Final = "telegram"
LONGEST: Final = 4_096
"""Characters of one message."""
KINDS: Final = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that we ask for."""
PAGING: Final = ("again", "back", "further", "more", "now")
"""Choices whose answer takes the place of the message that was tapped."""

_GROUPS: Final = ("group", "supergroup")
_CONTENT: Final = frozenset({
    "animation", "audio", "contact", "document", "photo", "poll", "sticker", "video", "video_note", "voice",
})  # fmt: skip
"""What somebody may send in place of words: it can't be read, and is answered all the same."""
_GONE: Final = ("kicked", "left")
_PAYLOAD: Final = re.compile(r"/start [A-Za-z0-9_-]{1,64}")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as `getMe` says."""

    id: int
    username: str


def event(update: object, me: Me) -> Event | None:
    """The event of an update; None where nobody wants an answer."""
    if not isinstance(update, dict) or not _is_id(update.get("update_id")):
        return None
    for kind, read in _READ.items():
        if isinstance(found := update.get(kind), dict):
            said = read(found, me)
            return None if said is None else _event(f"{me.id}:{update['update_id']}", said)
    return None


def _event(key: str, said: Json) -> Event:
    payload = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Event(CHANNEL, key, _conversation(said), payload)


def _conversation(said: Json) -> str:
    """Whom it is talked with: in a group each person by themselves; an inline query stands alone."""
    if "inline" in said or said["private"] or "left" in said:
        return str(said["room"])
    return f"{said['room']}:{said.get('thread', 0)}:{said['person']}"


def parse(event: Event) -> Turn | Left | None:
    """Read an event that `event` made; None where it can't be."""
    try:
        said = json.loads(event.payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or "room" not in said:
        return None
    room = Room(str(said["room"]), private=said["private"])
    if "left" in said:
        return Left(room)
    location = said.get("location")
    message = Message(said["text"], (location[0], location[1]) if location else None, said.get("choice"))
    back = {name: said[name] for name in ("tap", "inline", "reply", "thread") if name in said}
    handle = json.dumps(back) if back else None
    return Turn(
        room, str(said["person"]), message, edits=said.get("edits"), handle=handle, alone="inline" in said
    )


def _message(message: Json, me: Me) -> Json | None:
    said = _who(message.get("chat"), message.get("from"))
    if said is None or message.get("via_bot") or message.get("is_automatic_forward"):
        return None
    text = next((value for name in ("text", "caption") if isinstance(value := message.get(name), str)), "")
    said["text"], named = _without(text[:LONGEST], me)
    if not said["private"] and not (named or _replies_to(message, me)):
        return None
    if location := _location(message):
        said["location"] = location
    if not (text or location or _CONTENT & message.keys()) or (message.get("media_group_id") and not text):
        return None
    return said | _place(message, said)


def _edited(message: Json, me: Me) -> Json | None:
    return None if _location(message) else _message(message, me)


def _tap(query: Json, me: Me) -> Json | None:
    del me
    message, handle, choice = (query.get(name) for name in ("message", "id", "data"))
    if not isinstance(message, dict) or not isinstance(handle, str) or not isinstance(choice, str):
        return None
    said = _who(message.get("chat"), query.get("from"))
    if said is None:
        return None
    if not said["private"]:
        said |= _asker(message)
    said |= {"text": "", "choice": choice[:64], "tap": handle[:64]} | _place(message, said)
    if choice.partition(":")[0].partition("~")[0] in PAGING and message.get("date"):
        said["edits"] = str(message["message_id"]) if _is_id(message.get("message_id")) else None
    return said


def _asker(message: Json) -> Json:
    """Whoever asked for the list that was tapped, and with which message."""
    asked = message.get("reply_to_message")
    who = _sender(asked.get("from")) if isinstance(asked, dict) else None
    if who is None or not isinstance(asked, dict) or not _is_id(asked.get("message_id")):
        return {}
    return {"person": who, "asked": asked["message_id"]}


def _inline(query: Json, me: Me) -> Json | None:
    del me
    who, handle, text = _sender(query.get("from")), query.get("id"), query.get("query")
    if who is None or not isinstance(handle, str) or not isinstance(text, str):
        return None
    handle = handle[:64]
    return {"room": f"inline:{handle}", "private": True, "person": who, "text": text[:256], "inline": handle}


def _member(change: Json, me: Me) -> Json | None:
    chat, new = change.get("chat"), change.get("new_chat_member")
    if not isinstance(chat, dict) or not isinstance(new, dict) or not isinstance(new.get("user"), dict):
        return None
    if new.get("status") not in _GONE or new["user"].get("id") != me.id or not _is_id(chat.get("id")):
        return None
    return {"room": chat["id"], "private": chat.get("type") == "private", "left": True}


def _who(chat: object, sender: object) -> Json | None:
    """Where somebody writes, and who; None where it is no person, or no place to talk."""
    who = _sender(sender)
    if who is None or not isinstance(chat, dict) or not _is_id(chat.get("id")):
        return None
    kind = chat.get("type")
    if kind != "private" and kind not in _GROUPS:
        return None
    return {"room": chat["id"], "private": kind == "private", "person": who}


def _sender(sender: object) -> int | None:
    if not isinstance(sender, dict) or sender.get("is_bot") is not False or not _is_id(sender.get("id")):
        return None
    who: int = sender["id"]
    return who


def _place(message: Json, said: Json) -> Json:
    """Where in a group the answer goes: under the message that asked, in its topic."""
    found: Json = {}
    if said["private"]:
        return found
    reply = said.pop("asked", None) if "tap" in said else message.get("message_id")
    if _is_id(reply):
        found["reply"] = reply
    if message.get("is_topic_message") is True and _is_id(message.get("message_thread_id")):
        found["thread"] = message["message_thread_id"]
    return found


def _without(text: str, me: Me) -> tuple[str, bool]:
    """A text without our name, and whether that stood in it."""
    name = re.compile(rf"(?<![\w@.])(/\w+)?@{re.escape(me.username)}(?!\w)", re.IGNORECASE)
    left, named = name.subn(r"\1", text)
    left = left.strip()
    if _PAYLOAD.fullmatch(left):
        left = "/start " + re.sub("[-_]+", " ", left[7:]).strip()
    return left, bool(named)


def _replies_to(message: Json, me: Me) -> bool:
    replied = message.get("reply_to_message")
    sender = replied.get("from") if isinstance(replied, dict) else None
    return isinstance(sender, dict) and sender.get("id") == me.id


def _location(message: Json) -> list[float] | None:
    """A location that was sent, or that of a venue."""
    venue = message.get("venue")
    location = venue.get("location") if isinstance(venue, dict) else message.get("location")
    if not isinstance(location, dict):
        return None
    match location.get("latitude"), location.get("longitude"):
        case int() | float() as lat, int() | float() as lon if -90 <= lat <= 90 and -180 <= lon <= 180:
            return [float(lat), float(lon)]
        case _:
            return None


def _is_id(value: object) -> bool:
    """A whole number of at most 52 bits, as Telegram's ids are."""
    return type(value) is int and abs(value) < 2**52


_READ: Final[Mapping[str, Callable[[Json, Me], Json | None]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tap,
    "inline_query": _inline,
    "my_chat_member": _member,
}
