"""A conversation in a terminal, typed and read by a test."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bots.channels.terminal.conversing import converse, samples
from bots.channels.terminal.rendering import render
from bots.conversation.message import Answer, Kind, Understood
from bots.conversation.ports import Ports
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)


def ports() -> Ports:
    """Ports over the fakes."""
    search = FakeSearch([hit("l1", "Example Library", lat=53.8, lon=-1.5, terms=("library services",))])
    places = FakePlaces(
        [place("LS9", 53.8, -1.51), *(place("Newport", 53.8, -1.5, within=x) for x in ("A", "B"))]
    )
    return Ports(NOW, LONDON, search, places)


async def typed(*lines: str) -> list[str]:
    """What is written when these lines are typed and the input ends."""
    waiting = list(lines)
    written: list[str] = []

    async def read() -> str | None:
        return waiting.pop(0) if waiting else None

    await converse(ports, read, written.append)
    return written


async def test_talks_until_the_input_ends() -> None:
    """A welcome, an answer for each message, and a goodbye."""
    written = await typed("library ls9", "", "   ")
    assert len(written) == 3
    assert "Example Library" in written[1]
    assert written[-1] == "Goodbye."


async def test_leaves_when_told_to() -> None:
    """What is typed after that is not read."""
    for word in ("bye", "quit", "EXIT ", "see you"):
        written = await typed(word, "library ls9")
        assert len(written) == 2
        assert "Goodbye" in written[-1]


async def test_a_number_chooses() -> None:
    """Choices are numbered, and a number picks one."""
    written = await typed("library in newport", "2")
    assert "1. Newport, A\n2. Newport, B" in written[1]
    assert "Example Library" in written[2]


async def test_numbers_and_words_lead_on_from_an_answer() -> None:
    """A number shows more of one, "more" the next, and questions are about what was shown."""
    written = await typed("library ls9", "1", "phone number?", "more", "back")
    assert "Ages: not stated." in written[2]
    assert "Phone not given." in written[3]
    assert "That is all I found." in written[4]
    assert "Libraries near LS9" in written[5]


async def test_samples_end_with_how_to_go_on() -> None:
    """With nobody there to type, three questions are answered."""
    written: list[str] = []
    await samples(ports(), written.append)
    assert len(written) == 4
    assert all(text.startswith("> ") for text in written[:3])
    assert "nearby ask" in written[-1]


def test_nothing_in_a_record_steers_the_terminal() -> None:
    """Control characters never reach it."""
    answer = Answer(Kind.NONE, Understood("a\x1b[2J\x07b", "c\u202ed"))
    assert not set(render(answer, NOW, LONDON)["text"]) & set("\x1b\x07\u202e")


async def test_nothing_is_kept_here_and_that_is_said() -> None:
    """Commands that are about what is held have nothing to do; the others work."""
    written = await typed("/settings home ls9", "/forget", "stop", "/help", "/near library ls9")
    assert written[1] == written[2] == written[3]
    assert "nothing is kept" in written[1]
    assert "I find help" in written[4]
    assert "Example Library" in written[5]


async def test_a_closed_pipe_ends_it_quietly() -> None:
    """Nobody reads any more."""
    written: list[str] = []

    def write(text: str) -> None:
        if written:
            raise BrokenPipeError
        written.append(text)

    async def read() -> str | None:
        return "library ls9"

    await converse(ports, read, write)
    assert len(written) == 1
