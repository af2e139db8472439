"""What is said besides a need keeps it; what was not understood is not said back as a need."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bots.conversation import lexicon
from bots.conversation.finding import COMMON
from bots.conversation.message import Answer, Kind, Message, State, Topic
from bots.conversation.ports import Ports
from bots.conversation.respond import respond
from bots.conversation.wording.english import say
from directory.places.place import Kind as PlaceKind
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SEARCH = FakeSearch(
    [hit("bank", "Example Food Bank", lat=53.8, lon=-1.5, terms=("food banks",))], ("food banks",)
)
PORTS = Ports(
    NOW,
    LONDON,
    SEARCH,
    FakePlaces(
        [
            place("LS9", 53.8, -1.51, kind=PlaceKind.OUTCODE),
            place("Leeds", 53.8, -1.55),
            place("Beeston", 53.77, -1.56),
        ]
    ),
)


async def talk(*messages: str) -> tuple[Answer, State]:
    """The answer to the last message."""
    state = State()
    for text in messages:
        answer, state = await respond(Message(text), state, PORTS)
    return answer, state


@pytest.mark.parametrize(
    ("text", "where", "age", "said"),
    [
        ("sorry i meant for my nephew in beeston, hes 5", "Beeston", (5, 5), ()),
        ("for my son, he's 14", "LS9", (14, 14), ()),
        ("its for my mum, shes 82", "LS9", (82, 82), ()),
        ("hes 14", "LS9", (14, 14), ()),
        ("she's 9 weeks old", "LS9", (0, 0), ()),
        ("im 45", "LS9", (45, 45), ()),
        ("not got a referral", "LS9", None, ("no referral",)),
        ("ive not got a referral", "LS9", None, ("no referral",)),
        ("i havent got a voucher", "LS9", None, ("no referral",)),
        ("without a voucher", "LS9", None, ("no referral",)),
        ("oh and i dont have a referral", "LS9", None, ("no referral",)),
        ("no sorry in beeston", "Beeston", None, ()),
        ("in beeston i mean", "Beeston", None, ()),
        ("sorry i meant beeston", "Beeston", None, ()),
        ("same but for beeston", "Beeston", None, ()),
        ("near beeston instead", "Beeston", None, ()),
        ("actually im in leeds", "Leeds", None, ()),
        ("what about beeston", "Beeston", None, ()),
        ("and for an 8 year old", "LS9", (8, 8), ()),
        ("but for under 5s", "LS9", (0, 4), ()),
        ("for women only", "LS9", None, ("for women",)),
        ("only free ones", "LS9", None, ("free",)),
        ("can they come to my house", "LS9", None, ()),
        ("n on sunday?", "LS9", None, ()),
        ("anything on saturday", "LS9", None, ()),
        ("and tomorrow", "LS9", None, ()),
        ("i need wheelchair access", "LS9", None, ("wheelchair access",)),
        ("in polish", "LS9", None, ("in Polish",)),
    ],
)
async def test_what_is_said_besides_keeps_the_need(
    text: str, where: str, age: tuple[int, int] | None, said: tuple[str, ...]
) -> None:
    """And changes what it names."""
    answer, state = await talk("food bank ls9", text)
    assert state.wanted.ids == ("food_bank",)
    assert state.place is not None
    assert state.place.name == where
    assert state.conditions.age == age
    assert set(said) <= set(answer.understood.conditions)


@pytest.mark.parametrize(
    "text", ["chess club", "and chess club?", "help with debt", "i need a library in leeds"]
)
async def test_another_need_is_another_question(text: str) -> None:
    """However short it is."""
    _, state = await talk("food bank ls9", text)
    assert "food_bank" not in state.wanted.ids


async def test_a_heap_of_words_is_not_said_back() -> None:
    """It is owned up to, with common needs to tap; the place stays."""
    answer, state = await talk("flumbo quixled vorpalish jabberwocks near ls9")
    assert answer.kind is Kind.ASK_NEED
    assert answer.topic is Topic.UNKNOWN_NEED
    text = say(answer, NOW, LONDON)
    assert "quixled" not in text
    assert "did not get what you are looking for" in text
    assert state.place is not None
    assert [choice.id for choice in answer.choices] == [f"need:{key}" for key in COMMON]
    answer, state = await respond(Message(choice="need:food_bank"), state, PORTS)
    assert answer.kind is Kind.RESULTS
    assert answer.understood.need == "Food banks"


def test_common_needs_are_needs() -> None:
    """Each is one of the lexicon."""
    assert set(COMMON) <= set(lexicon.needs())
