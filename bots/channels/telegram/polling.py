"""Updates fetched from Telegram, where it can't send them: by one process at a time, which holds a lease.

The offset, which tells Telegram what it may forget, moves only when what came is committed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import httpx
import structlog

from bots.channels.telegram.inbound import KINDS, event
from bots.channels.telegram.outbound import SaidNoError
from bots.channels.telegram.registering import meet, patiently
from scheduler.pausing import pause

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bots.channels.port import Event
    from bots.channels.telegram import TelegramChannel

    Receive = Callable[[Sequence[Event]], Awaitable[object]]
    """Keeps events; when it comes back they are committed."""

LEASE: Final = "telegram.poll"
LONG_S: Final = 25
"""How long Telegram holds an answer back while there is no news."""
_AGAIN_S: Final = 2.0
_CONFLICT_S: Final = 5.0
_REFUSED_S: Final = 60.0

Json = dict[str, Any]
log = structlog.get_logger("nearby.telegram")


async def poll(channel: TelegramChannel, receive: Receive, stop: asyncio.Event) -> None:
    """Fetch updates until `stop`.

    Raises:
        sqlalchemy.exc.DBAPIError: they could not be kept; called again, it fetches the same ones again.
    """
    me = await meet(channel, stop)
    if me is None:
        return
    await patiently(channel.client, "deleteWebhook", {}, stop)
    log.info("polling")
    offset: int | None = None
    while not stop.is_set():
        updates = await _fetched(channel, offset, stop)
        if updates:
            await receive([found for update in updates if (found := event(update, me)) is not None])
            offset = max((_number(update) for update in updates), default=0) + 1


async def _fetched(channel: TelegramChannel, offset: int | None, stop: asyncio.Event) -> list[Json]:
    """The next updates; none where there is no news, or something is wrong: that is waited for."""
    try:
        return await _unless(stop, _ask(channel, offset)) or []
    except SaidNoError as error:
        wait_s = error.retry_after or {409: _CONFLICT_S, 401: _REFUSED_S, 404: _REFUSED_S}.get(
            error.status, _AGAIN_S
        )
        log.warning("not_polled", code=f"status_{error.status}", again_in_s=wait_s)
    except (httpx.TransportError, httpx.DecodingError) as error:
        wait_s = _AGAIN_S
        log.warning("not_polled", code=type(error).__name__, again_in_s=wait_s)
    await pause(wait_s, stop)
    return []


async def _ask(channel: TelegramChannel, offset: int | None) -> list[Json]:
    params: Json = {"timeout": LONG_S, "allowed_updates": list(KINDS)}
    if offset is not None:
        params["offset"] = offset
    found = await channel.client.call("getUpdates", params, wait_s=LONG_S)
    return [update for update in found if isinstance(update, dict)] if isinstance(found, list) else []


async def _unless(stop: asyncio.Event, asking: Any) -> list[Json] | None:
    """What is asked for; None where `stop` came first: nobody waits for a long answer then."""
    task, stopping = asyncio.ensure_future(asking), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
        found: list[Json] | None = task.result() if task.done() else None
        return found
    finally:
        for one in (task, stopping):
            one.cancel()
        await asyncio.wait([task, stopping])


def _number(update: Json) -> int:
    number = update.get("update_id")
    return number if type(number) is int else -1
