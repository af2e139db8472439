"""`nearby serve`: the web, the channels and the delivery of this process, alive until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bots.app import App, clock, open_app
from bots.channels.web import WebChannel
from bots.commands.asking import fill
from bots.commands.listening import listen, serve
from bots.commands.logs import configure
from bots.commands.platforms import telegram
from bots.commands.running import UsageError
from bots.conversation.message import Message, State
from bots.conversation.respond import respond
from bots.conversation.wording import operator
from bots.web.application import web_app
from bots.web.figures import figures, ready
from bots.web.mailbox import Mailbox
from bots.web.measures import Measures
from bots.web.rooms import Rooms
from bots.web.site import Site
from bots.web.timing import Timed
from directory.examples import PUBLISHER
from directory.feeds.listing import feeds
from scheduler.runner import run

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from bots.channels.port import Channel
    from bots.delivery.delivery import Delivery
    from bots.settings import Settings
    from bots.web.application import Routes

ROLES: Final = ("web", "channels", "delivery", "scheduler")

_WARMING: Final = "library near SE24"
"""Asked once by ourselves, so that nobody waits for tables to be loaded."""

log = structlog.get_logger(__name__)


async def run_serve(settings: Settings, host: str, port: int, roles: str, *, examples: bool) -> int:
    """Serve until SIGTERM or SIGINT; what was claimed by then is finished."""
    chosen = _roles(roles)
    configure(logging.WARNING if sys.stderr.isatty() else logging.INFO)
    with contextlib.closing(listen(host, port)) as listener:
        async with open_app(settings) as app:
            if examples and await app.is_empty():
                await fill(app)
            await _serve(app, listener, chosen)
    log.info("stopped")
    return 0


async def _serve(opened: App, listener: socket.socket, roles: Sequence[str]) -> None:
    measures = Measures()
    app = replace(opened, search=Timed(opened.search, measures))
    bot = telegram(app.settings, app.keys())
    channels: list[Channel] = [WebChannel(), *([bot.channel] if bot else [])]
    delivery = app.delivery(channels, measures.settled)
    tasks = delivery.tasks(take="channels" in roles, send="delivery" in roles)
    routers: list[Routes] = []
    if bot and {"web", "channels"} & set(roles):
        tasks |= bot.tasks(delivery.inbox, app.store, clock, fetch="channels" in roles)
        routers = bot.routes(delivery.inbox)
    application = web_app(await _site(app, delivery, measures, roles), routers)
    tasks["http"] = partial(serve, application, listener, app.settings.trusted_proxies)
    await respond(Message(_WARMING), State(), app.ports(clock()))
    _announce(app.settings, listener, roles)
    async with contextlib.aclosing(bot) if bot else contextlib.nullcontext():
        await run(tasks, _told_to_stop())


def _roles(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if unknown := set(chosen) - set(ROLES):
        raise UsageError("unknown_role", ", ".join(sorted(unknown)))
    return chosen


async def _site(app: App, delivery: Delivery, measures: Measures, roles: Sequence[str]) -> Site:
    settings = app.settings
    return Site(
        mailbox=Mailbox(delivery),
        rooms=Rooms(app.keys().signing),
        clock=clock,
        measures=measures,
        ready=partial(ready, app.store),
        figures=lambda: figures(app.store, measures, clock()),
        chat="web" in roles,
        examples=any(line.publisher == PUBLISHER for line in await feeds(app.store)),
        secure=settings.public_url.startswith("https://"),
        metrics_token=settings.metrics_token,
        metrics_open=not settings.public_url,
    )


def _announce(settings: Settings, listener: socket.socket, roles: Sequence[str]) -> None:
    host, port = listener.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "127.0.0.1", "::", "::1") else host  # noqa: S104 - only compared
    url = settings.public_url or f"http://{shown}:{port}"
    log.info("serving", roles=",".join(roles), port=port)
    sys.stdout.write(operator.serving(url, chat="web" in roles) + "\n")
    sys.stdout.flush()


def _told_to_stop() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; a second SIGINT ends the program at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    return stop
