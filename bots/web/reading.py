"""Reads what a visitor posts, as a form or as JSON, within bounds; what can't be read is refused."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bots.channels.web.inbound import LONGEST
from bots.conversation.message import Message
from bots.web import rooms
from bots.web.problems import ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES: Final = 64 * 1024
"""Of a body: the longest message, each of its characters written as `%F0%9F%98%80`, and some."""
_FIELDS: Final = 20
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"


class Post(BaseModel):
    """What a page sends."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    choice: Annotated[str, StringConstraints(max_length=64)] = ""
    location: (
        tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]] | None
    ) = None
    room: Annotated[str, StringConstraints(max_length=rooms.LONGEST)] = ""
    nonce: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = ""

    @property
    def message(self) -> Message:
        """What was said."""
        return Message(self.text, self.location, self.choice or None)

    @property
    def says_nothing(self) -> bool:
        """Whether only what waits is asked for."""
        return not (self.text.strip() or self.choice or self.location)


def new_nonce() -> str:
    """What makes a page's next message one of its kind."""
    return secrets.token_urlsafe(12)


def kind(request: Request) -> str:
    """The content type of a request, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def post(request: Request) -> Post:
    """Read a post.

    Raises:
        ProblemError: `unreadable` (400, 415) or `too_long` (413).
    """
    sent = kind(request)
    if sent not in (FORM, JSON):
        raise ProblemError("unreadable", 415)
    content = await body(request, MOST_BYTES)
    try:
        read = Post.model_validate_json(content) if sent == JSON else Post.model_validate(_form(content))
    except (ValidationError, ValueError) as error:
        raise ProblemError("unreadable", 400) from error
    if len(read.text) > LONGEST:
        raise ProblemError("too_long", 413)
    return read


async def body(request: Request, most: int) -> bytes:
    """Read a body of at most so many bytes.

    Raises:
        ProblemError: `too_long` (413).
    """
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > most:
            raise ProblemError("too_long", 413)
    return bytes(content)


def _form(content: bytes) -> dict[str, str]:
    """The fields of a form; of several of one name, the last."""
    pairs = parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    return dict(pairs)
