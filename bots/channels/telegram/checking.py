"""Whether a bot is set up right: what Telegram says of its token and of its webhook."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import httpx

from bots.channels.telegram.inbound import KINDS
from bots.channels.telegram.outbound import SaidNoError

if TYPE_CHECKING:
    from datetime import datetime

    from bots.channels.telegram.outbound import Client
    from bots.channels.telegram.registering import Webhook

Said = tuple[bool, str, str]
"""Whether it is good, a code for `wording.operator.TELEGRAM`, and what it is about."""
_LATELY: Final = timedelta(hours=1)


async def check(client: Client, webhook: Webhook | None, now: datetime) -> list[Said]:
    """Ask who the bot is, and where its updates are sent."""
    try:
        me = await client.call("getMe")
        info = await client.call("getWebhookInfo")
    except SaidNoError as error:
        refused = error.status in (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND)
        return [(False, "token_refused" if refused else "failing", str(error.status))]
    except (httpx.TransportError, httpx.DecodingError):
        return [(False, "unreachable", "")]
    found: list[Said] = [(True, "token_good", str(me["username"]))]
    if not me.get("supports_inline_queries"):
        found.append((True, "inline_off", ""))
    return [*found, _polled(info) if webhook is None else _webhook(info, webhook, now)]


def _polled(info: dict[str, Any]) -> Said:
    return (False, "webhook_in_the_way", info["url"]) if info["url"] else (True, "polled", "")


def _webhook(info: dict[str, Any], webhook: Webhook, now: datetime) -> Said:
    if info["url"] != webhook.url:
        return False, "webhook_elsewhere" if info["url"] else "webhook_unset", info["url"]
    if not set(KINDS) <= set(info.get("allowed_updates", ())):
        return False, "webhook_unset", webhook.url
    if now.timestamp() - info.get("last_error_date", 0) < _LATELY.total_seconds():
        return False, "webhook_failing", str(info.get("last_error_message", ""))
    return True, "webhook_good", webhook.url
