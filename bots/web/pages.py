"""Makes pages from templates; everything in them is escaped."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from bots.channels.web.inbound import LONGEST
from bots.channels.web.rendering import sentences
from bots.conversation.wording import web as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.channels.port import Body

TYPES: Final = {
    "chat.css": "text/css; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "page.js": "text/javascript; charset=utf-8",
    "talk.js": "text/javascript; charset=utf-8",
}
"""The files that are served as they are."""


@cache
def content(name: str) -> str:
    """The text of a static file."""
    return (files("bots.web") / "static" / name).read_text("utf-8")


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={hashlib.sha256(content(name).encode()).hexdigest()[:12]}"


def spoken() -> dict[str, Any]:
    """The words that the script says, for the page and for the widget."""
    return {
        "answer": words.ANSWER,
        "ask": words.ASK,
        "close": words.CLOSE_CHAT,
        "here": words.HERE,
        "hereSaid": words.HERE_SAID,
        "log": words.LOG,
        "longest": LONGEST,
        "looking": words.LOOKING,
        "newTab": words.NEW_TAB,
        "noPlace": words.PROBLEMS["no_place"],
        "of": words.OF,
        "offline": words.PROBLEMS["offline"],
        "open": words.OPEN_CHAT,
        "ring999": words.RING.format(phone="999"),
        "sayStartAgain": words.SAY_START_AGAIN,
        "send": words.SEND,
        "startAgain": words.START_AGAIN,
        "urgent": words.URGENT,
        "welcome": sentences(words.WELCOME),
        "whole": words.WHOLE_PAGE,
        "you": words.YOU,
    }


def chat(
    *, room: str, nonce: str, said: str = "", bodies: Sequence[Body] = (), examples: bool = False
) -> str:
    """The page of the chat: welcoming, or with what was said and the answer."""
    return (
        _templates()
        .get_template("chat.html")
        .render(
            room=room,
            nonce=nonce,
            said=said,
            bodies=bodies,
            examples=examples,
            welcome=sentences(words.WELCOME),
            spoken=json.dumps(spoken()),
            longest=LONGEST,
        )
    )


def problem(code: str) -> str:
    """A page that says what went wrong."""
    return _templates().get_template("problem.html").render(sentence=words.PROBLEMS[code])


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bots.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "asset": asset}
    return made
