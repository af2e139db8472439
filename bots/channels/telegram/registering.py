"""What is settled with Telegram at the start: who we are, our commands, and where updates are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
import structlog

from bots.channels.telegram.inbound import KINDS, Me
from bots.channels.telegram.outbound import SaidNoError
from bots.conversation.wording import telegram as words
from scheduler.pausing import pause

if TYPE_CHECKING:
    import asyncio

    from bots.channels.telegram import TelegramChannel
    from bots.channels.telegram.outbound import Client

PATH: Final = "/telegram/webhook"
"""Where Telegram sends updates, under `PUBLIC_URL`."""
_FIRST_S: Final = 1.0
_LONGEST_S: Final = 60.0

Json = dict[str, Any]
log = structlog.get_logger("nearby.telegram")


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are sent, and the secret that comes with each."""

    public_url: str
    secret: str

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.public_url}{PATH}"


async def register(channel: TelegramChannel, webhook: Webhook | None, stop: asyncio.Event) -> None:
    """Settle it all, however long Telegram can't be reached; then wait for `stop`."""
    if await meet(channel, stop) is None:
        return
    client = channel.client
    if webhook is not None:
        params: Json = {"url": webhook.url, "secret_token": webhook.secret, "allowed_updates": list(KINDS)}
        await patiently(client, "setWebhook", params, stop)
    for getting, setting, params in _wanted():
        if not stop.is_set() and _differs(await patiently(client, getting, {}, stop), params):
            await patiently(client, setting, params, stop)
    await stop.wait()


async def meet(channel: TelegramChannel, stop: asyncio.Event) -> Me | None:
    """Ask who we are, until that is known; None where `stop` came before."""
    if channel.me is None and isinstance(found := await patiently(channel.client, "getMe", {}, stop), dict):
        channel.me = me_of(found)
    return channel.me


def me_of(found: Json) -> Me:
    """Who `getMe` says that we are."""
    return Me(found["id"], found["username"])


async def patiently(client: Client, method: str, params: Json, stop: asyncio.Event) -> Any:
    """Call a method until it is done; None where `stop` came before."""
    wait_s = _FIRST_S
    while not stop.is_set():
        try:
            return await client.call(method, params)
        except (SaidNoError, httpx.TransportError, httpx.DecodingError) as error:
            asked = error.retry_after if isinstance(error, SaidNoError) else None
            code = f"status_{error.status}" if isinstance(error, SaidNoError) else type(error).__name__
            log.warning("telegram_not_settled", kind=method, code=code, again_in_s=asked or wait_s)
            await pause(asked or wait_s, stop)
            wait_s = min(wait_s * 2, _LONGEST_S)
    return None


def _wanted() -> list[tuple[str, str, Json]]:
    """What Telegram shows of us: how it is asked for, how it is set, and what it should be."""
    commands = [{"command": name, "description": about} for name, about in words.COMMANDS.items()]
    return [
        ("getMyCommands", "setMyCommands", {"commands": commands}),
        ("getMyDescription", "setMyDescription", {"description": words.ABOUT}),
        ("getMyShortDescription", "setMyShortDescription", {"short_description": words.SHORT}),
    ]


def _differs(found: Any, wanted: Json) -> bool:
    """Whether something has to be set: setting what is there already would only use up a limit."""
    held = {"commands": found} if isinstance(found, list) else found
    return bool(held != wanted)
