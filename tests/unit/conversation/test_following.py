"""What is said after an answer: about what was shown, about us, and taking things back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import aspects, corrections, manners
from bots.conversation.manners import Move
from bots.conversation.message import Aspect, Kind, Message, State, Topic
from bots.conversation.respond import respond
from bots.conversation.wording.english import say
from bots.conversation.words import clean
from tests.fakes.directory import FakeSearch, hit
from tests.unit.conversation.test_respond import LONDON, NOW, names, ports, talk

if TYPE_CHECKING:
    from directory.search.query import Found, Query

MOVES = """
GREETING | hi; hiya!; good morning; hello is anyone there; ey up
THANKS | cheers mate; ok; thank you so much; no thanks; that's great; you've been a great help
GOODBYE | bye; see you; nos da
HELP | help; what can you do?; how does this work; can you help me?
WHO | who are you; are you a robot?; r u a real person; can i talk to a human; is this a bot or a person
PRIVACY | do you keep what i say?; is this confidential; who can see this; delete my data
PRIVACY | will my husband find out
RUDE | you're useless; fuck off; this is rubbish; wtf; stupid bot
WELSH | bore da; shwmae; siarad cymraeg; do you speak welsh
LANGUAGE | hola; bonjour; dzień dobry; do you speak polish; مرحبا; 你好; привет; no speak english
LANGUAGE | olá; merhaba
REPORT | that's closed; this is wrong; it has closed down; the number is wrong; they've moved
REPORT | the phone number doesn't work
FORGET_PLACE | forget where i am; forget where i live; delete my postcode
START_AGAIN | start again; /start over; never mind; reset
MORE | more; any others?; what else; show me some more; anything else nearby; more please
BACK | back; go back; back to the list
NEARER | nearer; anything closer?; that's too far; a bit closer
FURTHER | further is ok; further away is fine; i don't mind travelling; i can travel; anywhere is fine
FURTHER | i've got a car
"""
ASPECTS = """
cost | is it free; how much is it; what does it cost; do i have to pay; is the second one free @1
hours | is it open now; when is it open; opening times; what time does it close; is the first one open @0
phone | phone number?; what's the number; how do i contact them; phone number of the second one @1
web | website; what's the web address; have they got an email
way | how do i get there; what's the address; where is it; directions; how do i get to the last one @-1
access | is it accessible; can i park there; is there a lift; is it wheelchair accessible
ages | what ages; who is it for; can anyone go
languages | what languages do they speak; do they speak polish
"""
QUESTIONS = [
    "library", "free", "polish", "food bank", "is it open on sunday", "where can i get food", "debt",
    "is there a library near me", "help with debt", "can you help me with debt", "my mum is lonely",
    "back pain group", "what about sunday", "leeds", "it hurts", "i need more money", "closed", "saturday",
]  # fmt: skip


def cells(table: str) -> list[tuple[str, str]]:
    """Each way to say a thing, with what it means."""
    rows = (line.split(" | ") for line in table.strip().splitlines())
    return [(meant, text.strip()) for meant, texts in rows for text in texts.split(";")]


@pytest.mark.parametrize(("move", "text"), cells(MOVES))
def test_knows_what_a_whole_message_does(move: str, text: str) -> None:
    """However it is put."""
    said = manners.find(clean(text))
    assert said is not None
    assert said.move is Move[move]


@pytest.mark.parametrize(("aspect", "text"), cells(ASPECTS))
def test_knows_what_is_asked_of_what_was_shown(aspect: str, text: str) -> None:
    """And of which one."""
    words, _, index = text.partition(" @")
    asked = aspects.find(clean(words))
    assert asked == aspects.Asked(Aspect(aspect), int(index) if index else None)


@pytest.mark.parametrize("text", QUESTIONS)
def test_leaves_questions_alone(text: str) -> None:
    """A need is no small talk, and nothing about what was shown."""
    assert manners.find(text) is None
    assert aspects.find(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("not libraries, food banks", "and food banks"),
        ("no, not libraries but food banks", "and food banks"),
        ("i don't want a library, i want a food bank", "and a food bank"),
        ("food banks not libraries", "food banks"),
        ("a library instead of a food bank", "a library"),
        ("somewhere not too far", "somewhere not too far"),
        ("food bank not open on mondays", "food bank not open on mondays"),
        ("not sure what i need", "not sure what i need"),
        ("", ""),
    ],
)
def test_leaves_out_what_is_taken_back(text: str, kept: str) -> None:
    """Only where something else is named instead."""
    assert corrections.kept(text) == kept


@given(st.text(max_size=300))
def test_reads_any_text(text: str) -> None:
    """No text makes it fail."""
    manners.find(clean(text))
    aspects.find(clean(text))
    corrections.kept(clean(text))


async def test_tells_a_fact_of_those_shown() -> None:
    """Of all, or of the one picked; what was asked before stays."""
    answer, _ = await talk("library ls9", "phone number?")
    assert (answer.kind, answer.aspect, len(answer.results)) == (Kind.RESULTS, Aspect.PHONE, 3)
    first, _ = await talk("library ls9")
    for turn in (
        ("how do i get to the second one",),
        ("2", "how do i get there"),
        ("2", "thanks", "address?"),
    ):
        answer, _ = await talk("library ls9", *turn)
        assert (answer.aspect, names(answer)) == (Aspect.WAY, [names(first)[1]])
    assert "openstreetmap.org/?mlat=" in say(answer, NOW, LONDON)


async def test_a_question_about_nothing_shown_is_asked_back() -> None:
    """There is no "it" yet."""
    answer, _ = await talk("phone number?")
    assert answer.kind is Kind.ASK_NEED


async def test_goes_back() -> None:
    """From one to the list, from a page to the one before."""
    first, _ = await talk("library ls9")
    for turns in (("2", "back"), ("more", "back"), ("back",)):
        answer, _ = await talk("library ls9", *turns)
        assert names(answer) == names(first)


async def test_says_so_where_nothing_is_nearer() -> None:
    """The nearest were shown already; after a page of further ones there is something."""
    answer, _ = await talk("library ls9", "nearer")
    assert (answer.kind, answer.topic) == (Kind.OTHER, Topic.NEAREST)
    answer, _ = await talk("library ls9", "more", "anything closer?")
    assert answer.results


async def test_looks_further_where_that_is_fine() -> None:
    """The search gets a wider place."""
    search = FakeSearch([hit("choir", "Example Choir", lat=51.5, lon=-3.0, terms=("choirs",))])
    await talk("choir ls9", "further is ok", at=ports(search))
    near, wide = (asked.where.radius_m for asked in (search.asked[0], search.asked[-1]) if asked.where)
    assert wide > near


async def test_forgets_the_place_alone() -> None:
    """The need stays."""
    answer, state = await talk("library ls9", "forget where i am")
    assert (answer.topic, state.place) == (Topic.PLACE_FORGOTTEN, None)
    answer, _ = await talk("library ls9", "forget where i am", "library")
    assert answer.kind is Kind.ASK_PLACE


async def test_a_correction_keeps_the_rest() -> None:
    """The day stays, the need changes."""
    answer, _ = await talk("library on saturday near ls9", "not libraries, food banks")
    said = answer.understood
    assert (said.need, said.place, said.when) == ("Food banks", "LS9", "on Saturday")


async def test_what_nothing_is_known_of_is_not_asked_on_about() -> None:
    """There is no use in asking where."""
    answer, state = await talk("asdfgh")
    assert (answer.kind, answer.topic, state) == (Kind.NONE, Topic.UNKNOWN_NEED, State())


async def test_a_crisis_has_what_is_near_behind_the_lines() -> None:
    """Where the place is known or was said; the state is as it was."""
    home = hit("home", "Example Shelter", lat=53.8, lon=-1.5, terms=("homelessness",))
    before = State()
    search = FakeSearch([home], ("homelessness",))
    for turns in (("nowhere to sleep tonight ls9",), ("library ls9", "nowhere to sleep tonight")):
        answer, _ = await talk(*turns, at=ports(search))
        assert (answer.kind, answer.crisis, names(answer)) == (Kind.CRISIS, "tonight", ["home"])
        said = say(answer, NOW, LONDON)
        assert said.index("0808 800 4444") < said.index("Example Shelter")
    answer, after = await respond(Message("nowhere to sleep tonight"), before, ports(search))
    assert (answer.results, after) == ((), before)


@dataclass
class Broken(FakeSearch):
    """A directory that fails."""

    asked: list[Query] = field(default_factory=list)

    async def near(self, query: Query, /) -> Found:
        """Fail."""
        raise OSError(query)


async def test_a_crisis_is_answered_without_a_directory() -> None:
    """Who to ring is said whatever else fails."""
    at = replace(ports(), search=Broken())
    answer, _ = await respond(Message("i want to die near ls9"), State(), at)
    assert (answer.kind, answer.results) == (Kind.CRISIS, ())
    assert answer.lines


async def test_names_lines_beside_a_service_that_is_asked_for() -> None:
    """An ordinary answer, with who to ring."""
    answer, _ = await talk("domestic abuse support near ls9 for a client")
    assert answer.kind is not Kind.CRISIS
    assert "0808 2000 247" in say(answer, NOW, LONDON)
