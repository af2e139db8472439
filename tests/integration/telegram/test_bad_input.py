"""Whatever is sent to the webhook: nobody but Telegram is heard, and nothing breaks."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bots.channels.port import MOST_PAYLOAD
from bots.channels.telegram import inbound
from bots.channels.telegram.registering import me_of
from bots.web.telegram import HEADER
from tests.fakes.bot import SECRET
from tests.fakes.telegram import BOT, group

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bots.channels.port import Event
    from tests.fakes.bot import Bot

JSON: Final = "application/json"
PATH: Final = "/telegram/webhook"
FUZZED: Final = 1_000 if os.environ.get("CI") else 10_000


async def kept(nearby: Bot) -> int:
    """How many events are in the inbox."""
    return await nearby.count("SELECT count(*) FROM event")


@pytest.mark.parametrize("given", ["", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), "\u00e9", " " * 300])
async def test_who_does_not_know_the_secret_is_not_heard(nearby: Bot, given: str) -> None:
    """Whatever they send, before it is looked at; nothing of it is kept."""
    update = nearby.api.write("library se24")
    for content in (json.dumps(update).encode(), b"{", b"x" * (MOST_PAYLOAD + 1)):
        headers = {HEADER.encode(): given.encode(), b"Content-Type": JSON.encode()}
        answered = await nearby.client.post(PATH, content=content, headers=headers)
        assert answered.status_code == 401
    assert (await nearby.client.post(PATH, json=update)).status_code == 401
    assert await kept(nearby) == 0


async def test_the_secret_is_compared_in_constant_time(nearby: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the function that is made for it."""
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr("bots.web.telegram.secrets.compare_digest", compare)
    assert (await nearby.post({})).status_code == 401
    assert compared == [(SECRET.encode(), SECRET.encode())]


async def test_a_replayed_update_is_acknowledged_and_answered_once(nearby: Bot) -> None:
    """Also when it was answered long ago."""
    update = nearby.api.write("library se24")
    await nearby.hear(update, update)
    await nearby.hear(update)
    assert await kept(nearby) == 1
    assert len(nearby.api.texts(7)) == 1


async def test_updates_out_of_order_are_each_answered_once(nearby: Bot) -> None:
    """In the order in which they came."""
    updates = [nearby.api.write(f"library {place}") for place in ("se24", "ls9", "cf10")]
    await nearby.hear(*reversed(updates), *updates)
    assert await kept(nearby) == 3
    assert len(nearby.api.texts(7)) == 3


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("text/plain", b"{}", 415),
        ("", b"{}", 415),
        ("application/x-www-form-urlencoded", b"update_id=1", 415),
        (JSON, b"", 400),
        (JSON, b"{", 400),
        (JSON, b"[]", 400),
        (JSON, b"null", 400),
        (JSON, b"\xff", 400),
        (JSON, b"[" * 100_000, 400),
        (JSON, b'{"x": "' + b"x" * MOST_PAYLOAD + b'"}', 413),
        (JSON, b"{}", 200),
        (JSON, b'{"update_id": 1}', 200),
        (JSON, b'{"update_id": 1, "channel_post": {"text": "library"}}', 200),
        (JSON, b'{"update_id": 1, "from_the_future": {}}', 200),
        (JSON, b'{"update_id": "1", "message": {}}', 200),
        (JSON, b'{"update_id": 1, "message": {"text": "\\ud800"}}', 200),
        (f"{JSON}; charset=utf-8", b'{"update_id": 1, "poll": []}', 200),
    ],
)
async def test_what_is_no_update_of_ours_is_refused_or_acknowledged(
    nearby: Bot, kind: str, content: bytes, status: int
) -> None:
    """Refused where it is none; acknowledged where it is of a kind that we do not take. Nothing is kept."""
    headers = {HEADER: SECRET} | ({"Content-Type": kind} if kind else {})
    answered = await nearby.client.post(PATH, content=content, headers=headers)
    assert answered.status_code == status
    assert await kept(nearby) == 0


async def test_a_body_that_never_ends_is_not_read_to_its_end(nearby: Bot) -> None:
    """It is refused as soon as it is too long."""
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 65_536

    headers = {HEADER: SECRET, "Content-Type": JSON}
    answered = await nearby.client.post(PATH, content=endless(), headers=headers)
    assert answered.status_code == 413
    assert read < 10


async def test_while_the_store_is_gone_telegram_is_asked_to_come_again(
    nearby: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is acknowledged that was not kept; no word of it stands in the log."""

    async def gone(_events: Sequence[Event]) -> int:
        raise OperationalError("library se24", {}, Exception("se24"))

    monkeypatch.setattr("bots.delivery.inbox.transact", lambda *_: gone([]))
    with structlog.testing.capture_logs() as lines:
        answered = await nearby.post(nearby.api.write("library se24"))
    assert answered.status_code == 503
    assert "se24" not in str(lines)


async def test_before_we_know_who_we_are_telegram_is_asked_to_come_again(nearby: Bot) -> None:
    """In a group nobody could tell whether we are meant."""
    nearby.telegram.channel.me = None
    assert (await nearby.post(nearby.api.write("library", chat=group()))).status_code == 503


async def test_fuzzed_updates_break_nothing(nearby: Bot) -> None:
    """Each is acknowledged or refused; what was kept is answered, and Telegram takes every answer."""
    chance = random.Random(20261122)
    statuses: Counter[int] = Counter()
    for number in range(FUZZED):
        content = _fuzzed(chance, number)
        answered = await nearby.client.post(PATH, content=content, headers={HEADER: SECRET, **_IS_JSON})
        statuses[answered.status_code] += 1
        if answered.status_code == 200 and (event := inbound.event(json.loads(content), me_of(BOT))):
            assert await nearby.whole.taker.take(event)
    await nearby.send()
    assert set(statuses) <= {200, 400}
    assert min(statuses[200], statuses[400]) > FUZZED // 10
    assert await kept(nearby) > FUZZED // 20
    assert await nearby.rows("SELECT DISTINCT failure FROM event WHERE failure IS NOT NULL") == []
    reasons = {row.reason for row in await nearby.rows("SELECT DISTINCT reason FROM notice")}
    assert reasons <= {None, "room_gone", "forgotten"}


_IS_JSON: Final = {"Content-Type": JSON}
_TEXTS: Final = (
    "library se24", "@example_nearby_bot more", "\ud83d", "\x00", "\U0001f600", "'; DROP TABLE event",
    "<b>", "&lt;", "{{7*7}}", "\u202e", "a" * 5000, "/forget", "/settings home", "/start x-y", "/mydata", "",
)  # fmt: skip


def _fuzzed(chance: random.Random, number: int) -> bytes:
    """An update that is nearly right, or not at all."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    chat = chance.choice(
        (
            {"id": chance.randrange(1, 50), "type": "private"},
            group(),
            {"id": 3, "type": "channel"},
            _any(chance),
        )
    )
    sender = {"id": chance.randrange(1, 50), "is_bot": chance.random() < 0.1, "first_name": "Example"}
    message: dict[str, Any] = {"message_id": number, "date": 1, "chat": chat, "from": sender}
    message[chance.choice(("text", "caption", "photo", "location", "venue", "reply_to_message"))] = _any(
        chance
    )
    kind = chance.choice(
        ("message", "message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll")
    )
    what = message
    if kind in ("callback_query", "inline_query"):
        what = {
            "id": str(number),
            "from": sender,
            "data": chance.choice(("more", "hit:1~x", "place:99", "need:library", "::")),
            "message": message,
            "query": chance.choice(_TEXTS),
        }
    for _ in range(chance.randrange(3)):
        what[chance.choice(sorted(what))] = _any(chance)
    body = json.dumps({"update_id": number, kind: what}).encode()
    if chance.random() < 0.8:
        return body
    at = chance.randrange(len(body))
    return body[:at] + chance.choice((b"", b"\xff", b"{", b'"')) + body[at + chance.randrange(4) :]


def _any(chance: random.Random, depth: int = 2) -> object:
    """Any JSON."""
    if depth and chance.random() < 0.3:
        keys = ("id", "type", "latitude", "longitude", "location", "from", "text")
        return {key: _any(chance, depth - 1) for key in chance.sample(keys, 3)}
    if chance.random() < 0.4:
        return chance.choice((None, True, 0, -1, 51.45, 10**30, 1e308, [], [1]))
    return chance.choice(_TEXTS)
