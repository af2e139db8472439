"""Every channel reads, shows, splits, disarms and fails in the same way."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

import bots.channels
from bots.channels.port import (
    AccessRevokedError,
    Capability,
    DeliveryError,
    Event,
    LostError,
    RefusedError,
    Room,
    RoomGoneError,
    TryLaterError,
    Turn,
)
from bots.conversation.message import Answer, Choice, Kind, Message, State, Topic, Understood
from bots.conversation.ports import Ports
from bots.conversation.respond import respond
from tests.contract.channels.cases import CASES
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.contract.channels.case import Case

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
ERRORS: dict[str, type[DeliveryError]] = {
    "wait": TryLaterError,
    "busy": TryLaterError,
    "gone": RoomGoneError,
    "refused": RefusedError,
    "revoked": AccessRevokedError,
    "lost": LostError,
}
HOSTILE = (
    "<b>bold</b> & <script>alert(1)</script>",
    "</a><a href='javascript:alert(1)'>x</a>",
    "*bold* _under_ `code` [link](https://example.org)",
    "&lt;already&gt; &amp;amp;",
    "{{ 7*7 }} %s ${x}",
    "<!channel> <@U123> @everyone",
    "a\x00b\x1b[2Jc\x07",
    "right\u202eleft zero\u200bwidth",
    "\"quotes' \\ back",
)


@pytest.fixture(params=sorted(CASES))
async def case(request: pytest.FixtureRequest) -> AsyncIterator[Case]:
    """Each channel in turn."""
    made = await CASES[request.param]()
    yield made
    await made.close()


def turn_of(case: Case, text: str = "library ls9") -> Turn:
    """The turn of somebody who wrote this."""
    turn = case.channel.parse(case.text(text))
    assert isinstance(turn, Turn)
    return turn


def ports() -> Ports:
    """Ports over the fakes."""
    library = hit("l1", "Example Library", lat=53.8, lon=-1.5, terms=("library services",))
    newports = [place("Newport", 53.8, -1.5, within=county) for county in ("A", "B")]
    return Ports(NOW, LONDON, FakeSearch([library]), FakePlaces([place("LS9", 53.8, -1.51), *newports]))


def shown(case: Case, answer: Answer) -> str:
    """What a person sees of an answer, all messages of it."""
    bodies = case.channel.render(answer, turn_of(case), NOW, LONDON)
    return "\n\n".join(case.shown(body) for body in bodies)


def test_the_folders_are_alike() -> None:
    """Who knows one channel knows all."""
    root = Path(bots.channels.__file__).parent
    folders = [path.parent for path in root.glob("*/__init__.py")]
    assert len(folders) >= 2
    for folder in folders:
        names = {path.name for path in folder.glob("*.py")}
        assert {"__init__.py", "inbound.py", "rendering.py", "outbound.py"} <= names, folder.name


async def test_what_is_written_comes_in(case: Case) -> None:
    """The text, whose it is, and where the answer goes; the same each time it is read."""
    event = case.text("food bank near se24 <now> & then")
    turn = case.channel.parse(event)
    assert isinstance(turn, Turn)
    assert turn.message.text == "food bank near se24 <now> & then"
    assert turn.room.private
    assert turn.room.id
    assert turn.person
    assert case.channel.parse(event) == turn
    assert event.channel == case.channel.name


async def test_what_is_tapped_and_where_somebody_is_come_in(case: Case) -> None:
    """As far as the platform has such things."""
    tapped, there = case.choice("hit:1"), case.location(51.45, -0.1)
    assert (tapped is not None) or Capability.BUTTONS not in case.channel.capabilities
    assert (there is not None) or Capability.ASK_LOCATION not in case.channel.capabilities
    if tapped is not None:
        turn = case.channel.parse(tapped)
        assert isinstance(turn, Turn)
        assert turn.message.choice == "hit:1"
    if there is not None:
        turn = case.channel.parse(there)
        assert isinstance(turn, Turn)
        assert turn.message.location == (51.45, -0.1)


async def test_what_wants_no_answer_gets_none(case: Case) -> None:
    """Bots, empty messages, kinds we do not know."""
    assert [case.channel.parse(event) for event in case.ignored()] == [None] * len(case.ignored())


async def test_an_answer_says_every_place(case: Case) -> None:
    """By name, in order."""
    hits = tuple(hit(f"h{n}", f"Example Place {n}", distance_m=n * 100) for n in range(1, 4))
    said = shown(case, Answer(Kind.RESULTS, Understood("libraries", "LS9"), results=hits))
    found = [said.index(one.name) for one in hits]
    assert found == sorted(found)


async def test_choices_can_be_made(case: Case) -> None:
    """Tapped where there are buttons; else they are numbered, and a number picks."""
    answer, state = await respond(Message("library in newport"), State(), ports())
    assert len(answer.choices) == 2
    said = shown(case, answer)
    if Capability.BUTTONS in case.channel.capabilities:
        event = case.choice(answer.choices[1].id)
        assert event is not None
    else:
        assert "1. Newport, A" in said
        assert "2. Newport, B" in said
        event = case.text("2")
    turn = case.channel.parse(event)
    assert isinstance(turn, Turn)
    after, _ = await respond(turn.message, state, ports())
    assert "Example Library" in shown(case, after)


async def test_a_long_answer_fits_and_loses_nothing(case: Case) -> None:
    """However many messages that takes, each keeps to the platform's length."""
    hits = tuple(
        hit(
            f"h{n}",
            f"Place number {n}",
            description=f"Words <&> about {n}. " * 30,
            url="https://example.org/a?b=1&c=2",
        )
        for n in range(30)
    )
    bodies = case.channel.render(
        Answer(Kind.RESULTS, Understood("libraries", "LS9"), results=hits), turn_of(case), NOW, LONDON
    )
    assert all(0 < case.size(body) <= case.channel.limits.text for body in bodies)
    said = "\n".join(case.shown(body) for body in bodies)
    assert all(one.name in said for one in hits)


async def test_long_sentences_fit_and_lose_nothing(case: Case) -> None:
    """What follows a command is split in the same way."""
    words = [f"word{n}<&>" for n in range(3_000)]
    bodies = case.channel.say(" ".join(words), turn_of(case), [Choice("more", "More")])
    assert all(0 < case.size(body) <= case.channel.limits.text for body in bodies)
    said = " ".join(case.shown(body) for body in bodies).split()
    assert [word for word in said if word.startswith("word")] == words


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_a_record_says_is_shown_as_text(case: Case, text: str) -> None:
    """Markup is no markup, controls are gone, and nothing of the words is."""
    one = hit("h1", text, description=text, organization=text, address=text, phone=text)
    answer = Answer(Kind.RESULTS, Understood(text, text), results=(one, replace(one, service_id="h2")))
    said = shown(case, answer)
    assert "".join(char for char in text if unicodedata.category(char)[0] != "C") in said
    assert not [char for char in said if char != "\n" and unicodedata.category(char)[0] == "C"]


@pytest.mark.parametrize("answer", [
    Answer(Kind.HELP),
    Answer(Kind.ASK_NEED),
    Answer(Kind.ASK_PLACE, Understood("libraries")),
    Answer(Kind.NONE, Understood("libraries", "LS9")),
    *(Answer(Kind.OTHER, topic=topic) for topic in Topic),
], ids=lambda answer: f"{answer.kind}-{answer.topic or ''}")  # fmt: skip
async def test_every_kind_of_answer_is_shown(case: Case, answer: Answer) -> None:
    """In words."""
    assert shown(case, answer).strip()


async def test_what_is_delivered_arrives_and_has_a_receipt(case: Case) -> None:
    """Once; a page that fetches for itself is told so."""
    turn = turn_of(case)
    (body,) = case.channel.say("Hello <you> & you", turn)
    if Capability.PULL in case.channel.capabilities:
        with pytest.raises(RefusedError):
            await case.channel.deliver(turn.room, body)
        return
    assert await case.channel.deliver(turn.room, body)
    assert case.arrived() == ["Hello <you> & you"]


@pytest.mark.parametrize("trouble", sorted(ERRORS))
async def test_each_kind_of_failure_is_told(case: Case, trouble: str) -> None:
    """As one of the port's own errors, with the platform's wait; a platform without it delivers."""
    turn = turn_of(case)
    (body,) = case.channel.say("Hello", turn)
    if trouble not in case.troubles:
        assert Capability.PULL in case.channel.capabilities or await case.channel.deliver(turn.room, body)
        return
    case.fail(trouble)
    with pytest.raises(ERRORS[trouble]) as caught:
        await case.channel.deliver(Room(turn.room.id), body)
    if isinstance(caught.value, TryLaterError):
        assert (caught.value.after_s, caught.value.counted) == (
            (7, False) if trouble == "wait" else (None, True)
        )


@pytest.mark.parametrize("payload", [b"", b"\x00\xff", b"{}", b"[]", b"null", b'"x"', b"1e999", b"{" * 2_000])
async def test_what_is_no_event_breaks_nothing(case: Case, payload: bytes) -> None:
    """It is read as text, or not at all."""
    found = case.channel.parse(Event(case.channel.name, "1", "ann", payload))
    assert found is None or isinstance(found, Turn)
