"""A bot over a real store and the real delivery, its Bot API on this machine, its clock moved by hand."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import sqlalchemy as sa

from bots.app import open_app
from bots.channels.telegram import inbound
from bots.channels.telegram.registering import me_of
from bots.channels.web import WebChannel
from bots.commands.platforms import telegram
from bots.delivery.delivery import delivery
from bots.settings import Settings
from bots.web.application import web_app
from bots.web.figures import figures, ready
from bots.web.mailbox import Mailbox
from bots.web.measures import Measures
from bots.web.rooms import Rooms
from bots.web.site import Site
from bots.web.telegram import HEADER
from directory.store.writing import look
from tests.fakes.telegram import BOT, TOKEN, TelegramApi
from tests.fakes.website import KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime

    from bots.app import App
    from bots.commands.platforms import Telegram
    from bots.delivery.delivery import Delivery

_WAITING = "SELECT count(*) FROM notice WHERE settled IS NULL AND channel = 'telegram'"
SECRET = "example-secret-of-the-webhook"


@dataclass(frozen=True)
class Bot:
    """The bot, its platform, and the web application that its updates come to."""

    api: TelegramApi
    app: App
    whole: Delivery
    telegram: Telegram
    client: httpx.AsyncClient
    wait: Callable[[], None]
    """Lets a few seconds pass."""

    async def post(self, update: object, **headers: str) -> httpx.Response:
        """Send an update to the webhook, as Telegram does."""
        return await self.client.post("/telegram/webhook", json=update, headers={HEADER: SECRET} | headers)

    async def hear(self, *updates: dict[str, Any]) -> None:
        """Take in updates, answer them, and send all answers."""
        for update in updates:
            answered = await self.post(update)
            assert answered.status_code == 200, answered.text
            event = inbound.event(update, me_of(BOT))
            if event is not None:
                assert await self.whole.taker.take(event)
        await self.send()

    async def send(self) -> None:
        """Send what waits, until nothing does any more."""
        (sender,) = self.whole.senders
        while await self.count(_WAITING):
            await sender.send_waiting()
            self.wait()

    async def rows(self, query: str) -> Sequence[sa.Row[Any]]:
        """What the store says."""
        return await look(self.app.store, lambda connection: connection.execute(sa.text(query)).all())

    async def count(self, query: str) -> int:
        """A number that the store says."""
        found: int = (await self.rows(query))[0][0]
        return found


@asynccontextmanager
async def bot(
    database_url: str, clock: Callable[[], datetime], wait: Callable[[], None], **setting: Any
) -> AsyncIterator[Bot]:
    """A bot over a store that exists; what is set besides replaces settings."""
    async with TelegramApi() as api:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=database_url,
            secret_key=KEY,
            identity_key=KEY,
            **{
                "public_url": "https://nearby.example.org",
                "telegram_bot_token": TOKEN,
                "telegram_webhook_secret": SECRET,
                "telegram_api_url": api.url,
            }
            | setting,
        )
        async with open_app(settings) as app:
            made = telegram(settings, app.keys())
            assert made is not None
            made.channel.me = me_of(BOT)
            measures = Measures()
            whole = delivery(app.store, app.keys(), [WebChannel(), made.channel], app.ports, clock)
            site = Site(
                mailbox=Mailbox(whole),
                rooms=Rooms(KEY),
                clock=clock,
                measures=measures,
                ready=partial(ready, app.store),
                figures=lambda: figures(app.store, measures, clock()),
            )
            transport = httpx.ASGITransport(web_app(site, made.routes(whole.inbox)))
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                yield Bot(api, app, whole, made, client, wait)
            await made.aclose()
