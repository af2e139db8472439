"""`nearby check`: is everything set up right, in words; each finding says what to do."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from bots.app import App, clock, open_app
from bots.channels.telegram.checking import check
from bots.commands.platforms import telegram
from bots.conversation import crisis
from bots.conversation.wording import operator
from bots.delivery.listing import counts
from bots.delivery.notices import DEAD
from bots.delivery.tables import event
from bots.settings import KeysError
from directory.feeds.listing import feeds
from directory.feeds.tables import feed
from directory.store.engine import StoreError
from directory.store.types import Instant
from directory.store.writing import look
from scheduler.tables import lease

if TYPE_CHECKING:
    from datetime import date, datetime

    from bots.settings import Settings

Finding = tuple[bool, str, str]
"""Whether it is good, which part it is about, and the sentence."""

_OFF_S: Final = 5
"""How far two clocks may be apart."""
_WAIT_S: Final = 60


async def run_check(settings: Settings, *, as_json: bool) -> int:
    """Look at the store, the keys, the clock and the work, and say what is so. Exit 1 where any is amiss."""
    now = clock()
    findings = [*await _findings(settings, now), *_public(settings), _lines_checked(now.date())]
    for good, part, sentence in findings:
        line = json.dumps({"part": part, "good": good, "text": sentence}, ensure_ascii=False)
        sys.stdout.write((line if as_json else f"{'ok' if good else '!!'}  {sentence}") + "\n")
    return 0 if all(good for good, _, _ in findings) else 1


async def _findings(settings: Settings, now: datetime) -> list[Finding]:
    try:
        async with open_app(settings) as app:
            services = sum(line.services for line in await feeds(app.store))
            known = app.postcodes.find("SW1A 1AA") is not None
            return [
                (True, "store", operator.STORE_GOOD.format(dialect=operator.DIALECTS[app.store.dialect])),
                (known, "places", operator.PLACES_GOOD if known else operator.PLACES_BAD),
                (services > 0, "records", operator.records(services) if services else operator.EMPTY_STORE),
                _keys(app),
                *await _telegram(app, now),
                *await look(app.store, lambda connection: _work(connection, now)),
            ]
    except StoreError as error:
        return [(False, "store", operator.say(operator.STORE, error.code, error.detail))]


def _keys(app: App) -> Finding:
    try:
        app.keys()
    except KeysError as error:
        return False, "keys", operator.say(operator.KEYS, error.code, error.detail)
    return True, "keys", operator.KEYS_GOOD


async def _telegram(app: App, now: datetime) -> list[Finding]:
    """What Telegram says of the bot, where there is a token."""
    try:
        bot = telegram(app.settings, app.keys())
    except KeysError:  # said already
        return []
    if bot is None:
        return []
    async with contextlib.aclosing(bot):
        found = await check(bot.channel.client, bot.webhook, now)
    return [(good, "telegram", operator.say(operator.TELEGRAM, code, detail)) for good, code, detail in found]


def _work(connection: sa.Connection, now: datetime) -> list[Finding]:
    """What the store tells of the clock and of the processes that share it."""
    return [_clock(connection, now), *_leases(connection, now), _waiting(connection, now), _dead(connection)]


def _clock(connection: sa.Connection, now: datetime) -> Finding:
    """Beside PostgreSQL's; and nothing in the store may be of the future."""
    if connection.dialect.name == "postgresql":
        theirs = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        if (off := round(abs((theirs - now).total_seconds()))) > _OFF_S:
            return False, "clock", operator.CLOCK_OFF.format(seconds=off)
    last = connection.scalar(sa.select(sa.func.max(feed.c.last_finished, type_=Instant())))
    if last is not None and (behind := round((last - now).total_seconds())) > _OFF_S:
        return False, "clock", operator.CLOCK_BEHIND.format(seconds=behind)
    return True, "clock", operator.CLOCK_GOOD


def _leases(connection: sa.Connection, now: datetime) -> list[Finding]:
    """A lease that ran out is one whose holder died, and that nobody took over."""
    lost = connection.execute(sa.select(lease.c.name, lease.c.until).where(lease.c.until < now)).all()
    if not lost:
        return [(True, "leases", operator.LEASES_GOOD)]
    return [(False, "leases", operator.LEASE_LOST.format(name=name, when=until)) for name, until in lost]


def _waiting(connection: sa.Connection, now: datetime) -> Finding:
    received = connection.scalars(sa.select(event.c.received).where(event.c.settled.is_(None)))
    late = sum((now - at).total_seconds() > _WAIT_S for at in received)
    return not late, "inbox", operator.WAITING.format(count=late) if late else operator.WAITING_GOOD


def _dead(connection: sa.Connection) -> Finding:
    dead = sum(count for (_, state), count in counts(connection).items() if state in DEAD)
    return not dead, "outbox", operator.DEAD.format(count=dead) if dead else operator.DEAD_GOOD


def _public(settings: Settings) -> list[Finding]:
    """Being local is right for trying things out, and said; being public wants a little more."""
    if not settings.public_url:
        return [(True, "public", operator.LOCAL)]
    found: list[Finding] = [(True, "public", operator.PUBLIC_GOOD.format(url=settings.public_url))]
    if not settings.trusted_proxies:
        found.append((False, "proxies", operator.PROXIES_UNSET))
    return found


def _lines_checked(today: date) -> Finding:
    """Whether the crisis lines were looked at as lately as they should be."""
    due = crisis.check_by()
    sentence = operator.LINES_GOOD if today <= due else operator.LINES_DUE
    return today <= due, "crisis", sentence.format(due=f"{due:%d %B %Y}")
