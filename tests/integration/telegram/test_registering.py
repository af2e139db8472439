"""What is settled with Telegram at the start, and what `nearby check` says of it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, get_args

import pytest

from bots.channels.port import CommandName
from bots.channels.telegram import registering
from bots.channels.telegram.inbound import KINDS, Me
from bots.channels.telegram.registering import register
from bots.commands.checking import run_check
from bots.conversation.wording import telegram as words
from bots.settings import Settings
from tests.fakes.bot import SECRET
from tests.fakes.telegram import TOKEN, TelegramApi, Trouble
from tests.fakes.website import KEY

if TYPE_CHECKING:
    from tests.fakes.bot import Bot

WEBHOOK = "https://nearby.example.org/telegram/webhook"


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for a while is waited for a moment."""
    monkeypatch.setattr(registering, "_FIRST_S", 0.01)


async def registered(nearby: Bot, last: str = "setMyShortDescription") -> None:
    """Register until a method was called."""
    stop = asyncio.Event()
    telegram = nearby.telegram
    task = asyncio.create_task(register(telegram.channel, telegram.webhook, stop))
    await nearby.api.until(lambda: bool(nearby.api.called(last)))
    await nearby.api.until(lambda: bool(nearby.api.shown.get("short_description")))
    stop.set()
    await task


async def test_who_we_are_what_we_can_do_and_where_we_are(nearby: Bot) -> None:
    """Asked for and told, however often Telegram fails at first."""
    api = nearby.api
    nearby.telegram.channel.me = None
    for method in ("getMe", "setWebhook", "setMyCommands"):
        api.will(Trouble(502, "Bad Gateway"), method, times=2)
    api.will(Trouble(429, "Too Many Requests", retry_after=0), "setMyDescription")
    await registered(nearby)
    assert _me(nearby) == Me(4242, "example_nearby_bot")
    told = {"url": WEBHOOK, "secret_token": SECRET, "allowed_updates": list(KINDS)}
    assert api.called("setWebhook")[-1] == told
    assert {one["command"] for one in api.shown["commands"]} == set(words.COMMANDS)


async def test_what_is_so_already_is_not_set_again(nearby: Bot) -> None:
    """Telegram lets descriptions be set now and then only."""
    await registered(nearby)
    nearby.api.calls.clear()
    await registered(nearby, "getMyShortDescription")
    assert not [call for call in nearby.api.calls if call.method.startswith("setMy")]


def test_every_command_is_one_that_telegram_takes_and_we_obey() -> None:
    """Lower case, described in a line."""
    assert set(words.COMMANDS) == set(get_args(CommandName))
    assert all(re.fullmatch("[a-z]{1,32}", name) for name in words.COMMANDS)
    assert all(1 <= len(about) <= 256 for about in words.COMMANDS.values())
    assert len(words.ABOUT) <= 512
    assert len(words.SHORT) <= 120


PUBLIC = {"public_url": "https://nearby.example.org"}
OURS: dict[str, object] = {"url": WEBHOOK, "allowed_updates": list(KINDS)}
FAILING: dict[str, object] = {
    "last_error_date": 4_000_000_000,
    "last_error_message": "Wrong response: 401 Unauthorized",
}
FOUND: list[tuple[dict[str, str], dict[str, object], tuple[bool, str]]] = [
    ({}, {}, (True, "fetched by nearby serve")),
    ({}, {"url": "https://old.example.org/x"}, (False, "https://old.example.org/x")),
    (PUBLIC, {}, (False, "does not know yet")),
    (PUBLIC, {"url": "https://old.example.org/x"}, (False, "https://old.example.org/x")),
    (PUBLIC, {"url": WEBHOOK, "allowed_updates": ["message"]}, (False, "nearby serve")),
    (PUBLIC, OURS, (True, WEBHOOK)),
    (PUBLIC, OURS | FAILING, (False, "401 Unauthorized")),
]


@pytest.mark.parametrize("number", range(len(FOUND)))
async def test_the_webhook_is_checked(
    examples_url: str, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """Whether it is as it should be, and what to do."""
    setting, info, (good, said) = FOUND[number]
    async with TelegramApi() as api:
        api.webhook |= info
        found = await checked(examples_url, capsys, api.url, TOKEN, **setting)
    assert found[0] == (True, "Telegram knows the bot: https://t.me/example_nearby_bot")
    assert found[-1][0] == good
    assert said in found[-1][1]


async def test_a_wrong_token_and_an_absent_telegram_are_told_apart(
    examples_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is to be asked for anew, the other is the network."""
    async with TelegramApi() as api:
        url = api.url
        assert "BotFather" in (await checked(examples_url, capsys, url, "1:not-the-token-of-it"))[0][1]
    assert "can't be reached" in (await checked(examples_url, capsys, url, TOKEN))[0][1]


def _me(nearby: Bot) -> Me | None:
    return nearby.telegram.channel.me


async def checked(
    database_url: str, capsys: pytest.CaptureFixture[str], url: str, token: str, **setting: str
) -> list[tuple[bool, str]]:
    """What `nearby check` finds of Telegram."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=database_url,
        secret_key=KEY,
        identity_key=KEY,
        telegram_bot_token=token,
        telegram_api_url=url,
        **setting,  # type: ignore[arg-type]
    )
    await run_check(settings, as_json=True)
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return [(line["good"], line["text"]) for line in lines if line["part"] == "telegram"]
