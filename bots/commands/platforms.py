"""The platforms whose tokens are set: the channel of each, its webhook, and what has to be kept running."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bots.channels.telegram import TelegramChannel
from bots.channels.telegram.outbound import Client
from bots.channels.telegram.polling import LEASE, poll
from bots.channels.telegram.registering import Webhook, register
from bots.web.telegram import telegram_routes
from scheduler.lease import Lease

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bots.delivery.inbox import Inbox
    from bots.keys import Keys
    from bots.settings import Settings
    from bots.web.application import Routes
    from directory.store.engine import Store
    from scheduler.runner import Task


@dataclass(frozen=True, slots=True)
class Telegram:
    """The bot whose token is set."""

    channel: TelegramChannel
    webhook: Webhook | None
    """Where it is sent updates; None: it fetches them."""

    def routes(self, inbox: Inbox) -> list[Routes]:
        """Its webhook, where it has one."""
        if self.webhook is None:
            return []
        return [telegram_routes(self.channel, self.webhook.secret, inbox.put_all)]

    def tasks(
        self, inbox: Inbox, store: Store, clock: Callable[[], datetime], *, fetch: bool
    ) -> dict[str, Task]:
        """What has to be kept running for it; of those that `fetch` one at a time does."""
        found: dict[str, Task] = {"telegram": partial(register, self.channel, self.webhook)}
        if self.webhook is None and fetch:
            polling = partial(poll, self.channel, inbox.put_all)
            found["poll telegram"] = Lease(store, LEASE, clock).guarding(polling)
        return found

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self.channel.client.close()


def telegram(settings: Settings, keys: Keys) -> Telegram | None:
    """The bot, where there is a token."""
    if not settings.telegram_bot_token:
        return None
    channel = TelegramChannel(Client(settings.telegram_bot_token, settings.telegram_api_url))
    return Telegram(channel, webhook_of(settings, keys))


def webhook_of(settings: Settings, keys: Keys) -> Webhook | None:
    """Where Telegram is to send updates; None where nobody can reach us."""
    if not settings.public_url:
        return None
    made = keys.fingerprint("telegram webhook", settings.telegram_bot_token)
    return Webhook(settings.public_url, settings.telegram_webhook_secret or made)
