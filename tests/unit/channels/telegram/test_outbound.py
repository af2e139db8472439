"""What becomes of a message that is sent, in the words of the port; over a real connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bots.channels.port import (
    AccessRevokedError,
    Body,
    DeliveryError,
    LostError,
    RefusedError,
    Room,
    RoomGoneError,
    TryLaterError,
)
from bots.channels.telegram.outbound import Client, Outbound
from tests.fakes.telegram import TOKEN, TelegramApi, Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def body(text: str = "Hello", **more: object) -> Body:
    """A message."""
    return {"method": "sendMessage", "params": {"text": text, "parse_mode": "HTML"} | more}


@pytest.fixture
async def api() -> AsyncIterator[TelegramApi]:
    """A Bot API."""
    async with TelegramApi() as opened:
        yield opened


@pytest.fixture
async def out(api: TelegramApi) -> AsyncIterator[Outbound]:
    """What sends to it."""
    client = Client(TOKEN, api.url)
    yield Outbound(client)
    await client.close()


@pytest.mark.parametrize(
    ("trouble", "expected", "more"),
    [
        (Trouble(429, "Too Many Requests: retry after 13", retry_after=13), TryLaterError, (13.0, False)),
        (Trouble(429, "Too Many Requests"), TryLaterError, (None, False)),
        (Trouble(500, "Internal Server Error"), TryLaterError, (None, True)),
        (Trouble(502, "Bad Gateway"), TryLaterError, (None, True)),
        (Trouble(503, "Service Unavailable"), TryLaterError, (None, True)),
        (Trouble(504, "Gateway Timeout"), LostError, None),
        (Trouble(200, "Ok?"), LostError, None),
        (Trouble(), LostError, None),
        (Trouble(after_all=True), LostError, None),
        (Trouble(401, "Unauthorized"), AccessRevokedError, None),
        (Trouble(404, "Not Found"), AccessRevokedError, None),
        (Trouble(403, "Forbidden: bot was blocked by the user"), RoomGoneError, None),
        (Trouble(403, "Forbidden: bot was kicked from the supergroup chat"), RoomGoneError, None),
        (Trouble(403, "Forbidden: user is deactivated"), RoomGoneError, None),
        (Trouble(400, "Bad Request: chat not found"), RoomGoneError, None),
        (
            Trouble(400, "Bad Request: not enough rights to send text messages to the chat"),
            RefusedError,
            "no_rights",
        ),
        (Trouble(400, "Bad Request: can't parse entities: byte offset 3"), RefusedError, "bad_markup"),
        (Trouble(400, "Bad Request: message of somebody is too long"), RefusedError, "too_long"),
        (Trouble(400, "Bad Request: something about chat 12345"), RefusedError, "status_400"),
    ],
    ids=lambda value: f"{value.status}-{value.after_all}" if isinstance(value, Trouble) else "",
)
async def test_each_trouble_has_its_name(
    api: TelegramApi, out: Outbound, trouble: Trouble, expected: type[DeliveryError], more: object
) -> None:
    """And its wait, to the second."""
    api.will(trouble)
    with pytest.raises(expected) as caught:
        await out.deliver(Room("7"), body())
    error = caught.value
    if isinstance(error, TryLaterError):
        assert (error.after_s, error.counted) == more
    if isinstance(error, RefusedError):
        assert error.code == more


async def test_where_nobody_listens_it_was_not_sent() -> None:
    """It is tried again."""
    async with TelegramApi() as api:
        url = api.url
    client = Client(TOKEN, url)
    with pytest.raises(TryLaterError):
        await Outbound(client).deliver(Room("7"), body())
    await client.close()


async def test_another_room_that_is_asked_to_wait_means_everybody(api: TelegramApi, out: Outbound) -> None:
    """The first may have been too fast by itself; when two are, the whole bot was."""
    api.will(Trouble(429, "Too Many Requests", retry_after=5), times=3)
    waits = []
    for room in ("7", "7", "8"):
        with pytest.raises(TryLaterError) as caught:
            await out.deliver(Room(room), body())
        waits.append(caught.value.everywhere)
    assert waits == [False, False, True]


async def test_a_message_that_is_so_already_has_arrived(api: TelegramApi, out: Outbound) -> None:
    """Its receipt is the message's."""
    receipt = await out.deliver(Room("7"), body())
    edit: Body = {"method": "editMessageText", "params": body()["params"] | {"message_id": int(receipt)}}
    assert await out.deliver(Room("7"), edit) == receipt
    assert api.texts(7) == ["Hello"]


async def test_a_tap_that_can_not_be_acknowledged_any_more_is_answered(
    api: TelegramApi, out: Outbound
) -> None:
    """It was too late for that."""
    for trouble in (Trouble(400, "Bad Request: query is too old"), Trouble()):
        api.will(trouble, "answerCallbackQuery")
        assert await out.deliver(Room("7"), body() | {"tap": "1"})


async def test_no_error_holds_the_token_or_the_words(api: TelegramApi, out: Outbound) -> None:
    """Neither it nor what it came from, as a log would show them."""
    api.will(Trouble(400, "Bad Request: secret words"))
    with pytest.raises(RefusedError) as caught:
        await out.deliver(Room("7"), body())
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    assert TOKEN not in shown
    assert "secret" not in shown
