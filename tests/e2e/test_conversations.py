"""Twenty conversations in a file that anybody can read: the same places on every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import pytest

from bots.channels.terminal.conversing import converse
from directory.examples import SERVICES
from tests.fakes.website import Website, example_store, texts, website

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

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

    async def __call__(self, site: Website, said: Sequence[str]) -> list[str]:
        """What was answered to each."""
        ...


async def terminal(site: Website, said: Sequence[str]) -> list[str]:
    """Typed, and read off the screen."""
    waiting = list(said)
    written: list[str] = []

    async def read() -> str | None:
        return waiting.pop(0) if waiting else None

    await converse(lambda: site.app.ports(NOW), read, written.append)
    return written[1:-1]


async def web(site: Website, said: Sequence[str]) -> list[str]:
    """As the page's script does it."""
    answers, room = [], ""
    for text in said:
        back = await site.say(text, room=room)
        room = back["room"]
        answers.append("\n".join(texts(back["notices"])))
    return answers


PLAYERS: dict[str, Player] = {"terminal": terminal, "web": web}


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
async def site(filled: Path) -> AsyncIterator[Website]:
    """A website over it."""
    async with website(f"sqlite:///{filled}", lambda: NOW) as opened:
        yield opened


async def test_twenty_conversations_name_the_same_places_on_every_channel(site: Website) -> None:
    """Those that the file names, and no others on one channel than on another."""
    for title, turns in conversations().items():
        said = [turn.said for turn in turns]
        played = {channel: await play(site, said) for channel, play in PLAYERS.items()}
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
