"""Twenty conversations in a file that anybody can read: the same places on every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import pytest

from bots.channels.terminal.conversing import converse
from directory.examples import SERVICES
from tests.fakes.bot import bot
from tests.fakes.website import Website, example_store, texts, website

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.fakes.bot import Bot

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))
FILE = Path(__file__).with_name("conversations.txt")
NAMES = sorted({json.loads(line)["name"] for line in SERVICES.read_text("utf-8").splitlines()}, key=len)[::-1]


@dataclass
class Turn:
    """What is said, the places that the answer names, and words that stand in it."""

    said: str
    places: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Player(Protocol):
    """Has a conversation on a channel; gives the text of each answer."""

    async def __call__(self, said: Sequence[str]) -> list[str]:
        """What was answered to each."""
        ...


@dataclass
class Terminal:
    """Typed, and read off the screen."""

    site: Website

    async def __call__(self, said: Sequence[str]) -> list[str]:
        """As the command does it."""
        waiting = list(said)
        written: list[str] = []

        async def read() -> str | None:
            return waiting.pop(0) if waiting else None

        await converse(lambda: self.site.app.ports(NOW), read, written.append)
        return written[1:-1]


@dataclass
class Web:
    """As the page's script does it."""

    site: Website

    async def __call__(self, said: Sequence[str]) -> list[str]:
        """Each in the room of the one before."""
        answers, room = [], ""
        for text in said:
            back = await self.site.say(text, room=room)
            room = back["room"]
            answers.append("\n".join(texts(back["notices"])))
        return answers


@dataclass
class Telegram:
    """Written in a private chat, by somebody else each time."""

    bot: Bot
    person: int = 100

    async def __call__(self, said: Sequence[str]) -> list[str]:
        """By webhook, and read in the chat."""
        self.person += 1
        answers = []
        for text in said:
            before = len(self.bot.api.texts(self.person))
            await self.bot.hear(self.bot.api.write(text, self.person))
            answers.append("\n".join(self.bot.api.texts(self.person)[before:]))
        return answers


def conversations() -> dict[str, list[Turn]]:
    """The file, by title."""
    found: dict[str, list[Turn]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        sign, _, text = line.partition(" ")
        if sign == "==":
            found[text] = turns = []
        elif sign == ">":
            turns.append(Turn(text))
        elif sign == "=":
            turns[-1].places.append(text)
        elif sign == "?":
            turns[-1].words.append(text)
    return found


def named(text: str) -> list[str]:
    """The places that a text names, in order, each once."""
    found: dict[str, int] = {}
    for name in NAMES:
        at = text.find(name)
        if at >= 0:
            found[name] = at
            text = text.replace(name, " " * len(name))
    return sorted(found, key=lambda name: found[name])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example records."""
    return example_store(tmp_path_factory.mktemp("examples"))


@pytest.fixture
async def players(filled: Path) -> AsyncIterator[dict[str, Player]]:
    """Every channel over it, by name. On Telegram's clock a little time passes, so that all may be sent."""
    now = NOW

    def on() -> None:
        nonlocal now
        now += timedelta(seconds=2)

    url = f"sqlite:///{filled}"
    async with website(url, lambda: NOW) as site, bot(url, lambda: now, on) as nearby:
        yield {"terminal": Terminal(site), "web": Web(site), "telegram": Telegram(nearby)}


async def test_twenty_conversations_name_the_same_places_on_every_channel(players: dict[str, Player]) -> None:
    """Those that the file names, and no others on one channel than on another."""
    for title, turns in conversations().items():
        said = [turn.said for turn in turns]
        played = {channel: await play(said) for channel, play in players.items()}
        for number, turn in enumerate(turns):
            where = f"{title}: {turn.said}"
            answers = {channel: answers[number] for channel, answers in played.items()}
            places = {channel: named(text) for channel, text in answers.items()}
            assert places == dict.fromkeys(places, places["terminal"]), where
            assert [name for name in places["terminal"] if name in turn.places] == turn.places, where
            assert all(word in text for text in answers.values() for word in turn.words), where


def test_the_file_has_twenty_conversations() -> None:
    """And each place that it names is one of the examples."""
    read = conversations()
    assert len(read) == 20
    assert {place for turns in read.values() for turn in turns for place in turn.places} <= set(NAMES)
