"""Updates that are fetched: none is confirmed before it is kept, and whatever goes wrong is waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bots.channels.telegram import polling
from bots.channels.telegram.polling import poll
from tests.fakes.telegram import TelegramApi, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bots.channels.port import Event
    from tests.fakes.bot import Bot


class BrokenError(Exception):
    """The store is gone."""


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for a while is waited for a moment."""
    for name in ("_AGAIN_S", "_CONFLICT_S", "_REFUSED_S"):
        monkeypatch.setattr(polling, name, 0.01)


async def polled(nearby: Bot, until: Callable[[], bool]) -> None:
    """Poll until something has happened."""
    stop = asyncio.Event()
    task = asyncio.create_task(poll(nearby.telegram.channel, nearby.whole.inbox.put_all, stop))
    await nearby.api.until(until)
    stop.set()
    await task


def confirmed(api: TelegramApi) -> Callable[[], bool]:
    """Whether nothing waits at Telegram any more."""
    return lambda: not api.updates


async def test_what_came_is_kept_once_and_then_confirmed(nearby: Bot) -> None:
    """In their order; a webhook of before is taken away first."""
    api = nearby.api
    api.webhook["url"] = "https://old.example.org"
    api.write("library se24")
    api.write("food bank se24")
    await polled(nearby, confirmed(api))
    assert not api.webhook["url"]
    assert await nearby.count("SELECT count(*) FROM event") == 2


async def test_nothing_is_confirmed_that_could_not_be_kept(nearby: Bot) -> None:
    """Fetched again, it is the same."""
    api, channel, stop = nearby.api, nearby.telegram.channel, asyncio.Event()
    api.write("library se24")

    async def broken(_events: Sequence[Event]) -> int:
        raise BrokenError

    with pytest.raises(BrokenError):
        await poll(channel, broken, stop)
    assert len(api.updates) == 1
    await polled(nearby, confirmed(api))
    await polled(nearby, lambda: True)
    assert await nearby.count("SELECT count(*) FROM event") == 1


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(429, "Too Many Requests: retry after 0", retry_after=0),
        Trouble(502, "Bad Gateway"),
        Trouble(409, "Conflict: terminated by other getUpdates request"),
        Trouble(401, "Unauthorized"),
        Trouble(),
        Trouble(after_all=True),
    ],
    ids=lambda trouble: f"{trouble.status}-{trouble.after_all}",
)
async def test_troubles_are_waited_for(nearby: Bot, trouble: Trouble) -> None:
    """Busy, broken, somebody else polls, the line is cut: it goes on from there."""
    api = nearby.api
    api.will(trouble, "getUpdates", times=2)
    api.write("library se24")
    await polled(nearby, confirmed(api))
    assert len(api.called("getUpdates")) >= 4
    assert await nearby.count("SELECT count(*) FROM event") == 1


async def test_two_that_poll_are_told_so_and_neither_takes_anything_twice(nearby: Bot) -> None:
    """The lease has one of them poll; should both, each update is kept once."""
    api = nearby.api
    for number in range(20):
        api.write(f"library se24 {number}")
    await asyncio.gather(polled(nearby, confirmed(api)), polled(nearby, confirmed(api)))
    assert await nearby.count("SELECT count(*) FROM event") == 20
