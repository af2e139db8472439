"""Where Telegram sends updates: kept before they are acknowledged, by nobody but whoever knows the secret."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from bots.channels.port import MOST_PAYLOAD
from bots.channels.telegram import inbound
from bots.channels.telegram.registering import PATH
from bots.web import reading
from bots.web.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bots.channels.port import Event
    from bots.channels.telegram import TelegramChannel

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


def telegram_routes(
    channel: TelegramChannel, secret: str, receive: Callable[[Sequence[Event]], Awaitable[object]]
) -> APIRouter:
    """`POST /telegram/webhook`.

    Args:
        channel: whose updates they are.
        secret: what Telegram sends in a header, as we told it to.
        receive: keeps events; when it comes back they are committed.
    """
    router = APIRouter()
    known = secret.encode()

    @router.post(PATH)
    async def updated(request: Request) -> Response:
        if not secrets.compare_digest(request.headers.get(HEADER, "").encode(), known):
            raise ProblemError("not_allowed", 401)
        if reading.kind(request) != reading.JSON:
            raise ProblemError("unreadable", 415)
        update = _read(await reading.body(request, MOST_PAYLOAD))
        if channel.me is None:  # Telegram has not said yet who we are; it sends this again
            raise ProblemError("late", 503, wait_s=5)
        event = inbound.event(update, channel.me)
        if event is not None:
            await receive([event])
        return Response(status_code=200)

    return router


def _read(body: bytes) -> dict[str, object]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProblemError("unreadable", 400) from error
    if not isinstance(update, dict):
        raise ProblemError("unreadable", 400)
    return update
