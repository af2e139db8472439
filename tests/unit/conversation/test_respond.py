"""Whole conversations, over a directory and a gazetteer in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.conversation.message import Answer, Kind, Message, State, Topic
from bots.conversation.ports import Ports
from bots.conversation.respond import respond
from bots.conversation.wording.english import say
from directory.places.place import Kind as PlaceKind
from directory.search.query import Conditions, Reach
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)

LIBRARIES = [
    hit(
        f"library-{number}",
        f"Library {number}",
        lat=53.8,
        lon=-1.5 + number / 100,
        terms=("library services",),
    )
    for number in range(5)
]
OTHERS = [
    hit(
        "bank", "Example Food Bank", lat=53.8, lon=-1.5, terms=("food banks",), assured_date=date(2026, 11, 1)
    ),
    hit("visits", "Example Visits", reach=Reach.AREA, terms=("befriending",), phone="01632 960001"),
    hit("line", "Example Line", reach=Reach.ONLINE, terms=("befriending",)),
    hit("choir", "Example Choir", lat=51.5, lon=-3.0, terms=("choirs",)),
    hit("chess", "Example Chess Club", lat=53.8, lon=-1.5),
]
PLACES = FakePlaces(
    [
        place("LS9", 53.8, -1.51, kind=PlaceKind.OUTCODE),
        place("Leeds", 53.8, -1.55, kind=PlaceKind.AUTHORITY, lad="E08000035"),
        place("Newport", 51.58, -2.99, within="Gwent"),
        place("Newport", 50.7, -1.29, within="Isle of Wight"),
        place("Rugby", 52.37, -1.26),
        place("Reading", 51.45, -0.97),
    ]
)


def ports(search: FakeSearch | None = None) -> Ports:
    """Ports over the fakes."""
    held = search or FakeSearch([*LIBRARIES, *OTHERS], ("library services", "food banks"))
    return Ports(NOW, LONDON, held, PLACES)


async def talk(*turns: str | Message, at: Ports | None = None) -> tuple[Answer, State]:
    """Take the turns one after the other, the state through JSON between them; the last answer."""
    state, answer = State(), Answer(Kind.OTHER)
    for turn in turns:
        message = turn if isinstance(turn, Message) else Message(turn)
        answer, state = await respond(
            message, State.from_json(json.loads(json.dumps(state.to_json()))), at or ports()
        )
    return answer, state


def names(answer: Answer) -> list[str]:
    """The results by their ids."""
    return [result.service_id for result in answer.results]


async def test_answers_need_place_and_time_in_one_message() -> None:
    """A whole question gets at most three places, and says what was understood."""
    search = FakeSearch(LIBRARIES)
    answer, _ = await talk("library open on saturday near ls9", at=ports(search))
    assert answer.kind is Kind.RESULTS
    assert len(answer.results) == 3
    assert (answer.understood.need, answer.understood.place, answer.understood.when) == (
        "Libraries",
        "LS9",
        "on Saturday",
    )
    (asked,) = search.asked
    assert asked.when is not None
    assert asked.when.start == datetime(2026, 11, 28, tzinfo=LONDON)


@pytest.mark.parametrize(
    "text",
    [
        "ls9 library",
        "LS9 any libraries?",
        "near LS9 is there a library",
        "library. ls9",
        "i need a library in ls9 pls",
    ],
)
async def test_finds_the_place_anywhere_in_the_sentence(text: str) -> None:
    """The order of the words does not matter."""
    answer, _ = await talk(text)
    assert (answer.kind, answer.understood.need, answer.understood.place) == (
        Kind.RESULTS,
        "Libraries",
        "LS9",
    )


async def test_pages_with_more() -> None:
    """Asking for "more" goes on where the last answer stopped, and says when there is nothing left."""
    first, _ = await talk("library ls9")
    second, _ = await talk("library ls9", "more")
    third, _ = await talk("library ls9", "more", "more")
    fourth, _ = await talk("library ls9", "more", "more", "more please")
    assert first.more
    assert not set(names(first)) & set(names(second))
    assert len(names(first) + names(second)) == 5
    assert third.kind is fourth.kind is Kind.NONE
    assert third.topic is fourth.topic is Topic.NO_MORE
    assert third.alternatives == ()


async def test_a_tapped_more_is_the_same_as_a_typed_one() -> None:
    """Buttons and words lead to the same place."""
    tapped, _ = await talk("library ls9", Message(choice="more"))
    typed, _ = await talk("library ls9", "more")
    assert tapped == typed


async def test_replaces_the_time_and_keeps_the_rest() -> None:
    """Asking "what about sunday?" changes the day alone."""
    for turn in ("what about sunday?", "n then on sunday", "sunday?", "and on sunday"):
        answer, _ = await talk("free library open on saturday near ls9", turn)
        said = answer.understood
        assert (said.need, said.place, said.when, said.conditions) == (
            "Libraries",
            "LS9",
            "on Sunday",
            ("free",),
        )


async def test_replaces_the_place_and_keeps_the_rest() -> None:
    """A new place alone asks the same question there."""
    for turn in ("and in leeds?", "leeds instead", "no i meant leeds", "same for my sister in leeds"):
        answer, _ = await talk("library on saturday near ls9", turn)
        said = answer.understood
        assert (said.need, said.place, said.when) == ("Libraries", "Leeds", "on Saturday")
        assert answer.within


async def test_a_new_need_keeps_the_place_and_nothing_else() -> None:
    """Who asks for a food bank next has not asked for a free one on Saturday."""
    answer, _ = await talk("free library on saturday near ls9", "food bank")
    said = answer.understood
    assert (said.need, said.place, said.when, said.conditions) == ("Food banks", "LS9", None, ())


async def test_a_whole_new_question_starts_afresh() -> None:
    """However it begins, unless it is worded as going on."""
    for turn, when in (("any food banks?", None), ("what about a food bank?", "on Saturday")):
        answer, _ = await talk("free library on saturday near ls9", turn)
        assert (answer.understood.need, answer.understood.when) == ("Food banks", when)


async def test_a_condition_alone_narrows_what_was_asked() -> None:
    """Asking "any free ones?" is about the same thing."""
    for turn in ("any free ones?", "free", "only free ones"):
        answer, _ = await talk("library ls9", turn)
        assert (answer.understood.need, answer.understood.conditions) == ("Libraries", ("free",))


async def test_asks_for_the_missing_place_and_takes_a_bare_answer() -> None:
    """The need, the time and the conditions wait for it."""
    asked, _ = await talk("free library open on saturday")
    assert (asked.kind, asked.understood.need) == (Kind.ASK_PLACE, "Libraries")
    answer, _ = await talk("free library open on saturday", "LS9")
    said = answer.understood
    assert (answer.kind, said.place, said.when, said.conditions) == (
        Kind.RESULTS,
        "LS9",
        "on Saturday",
        ("free",),
    )


async def test_asks_for_the_missing_need() -> None:
    """Without a need, or without both, the need is asked for first."""
    for turns in (("ls9",), ("",), ("near ls9 please",), ("on saturday",)):
        asked, _ = await talk(*turns)
        assert asked.kind is Kind.ASK_NEED
    answer, _ = await talk("ls9", "library")
    assert (answer.kind, answer.understood.place) == (Kind.RESULTS, "LS9")


@pytest.mark.parametrize(
    "pick", ["2", "the second one", "Newport, Isle of Wight", "isle of wight", "option 2", "the wight one"]
)
async def test_asks_which_of_several_places_is_meant(pick: str) -> None:
    """A number, an ordinal or a label picks; nothing is guessed."""
    asked, state = await talk("library in newport on saturday")
    assert asked.kind is Kind.ASK_PLACE
    assert [choice.label for choice in asked.choices] == ["Newport, Gwent", "Newport, Isle of Wight"]
    answer, after = await talk("library in newport on saturday", pick)
    assert after.place is not None
    assert after.place.within == "Isle of Wight"
    assert answer.understood.when == "on Saturday"
    assert state.place is None


async def test_an_answer_that_fits_none_of_the_places_asks_again() -> None:
    """The choices stay, and another place can be named instead."""
    answer, _ = await talk("library in newport", "the purple one")
    assert (answer.kind, answer.unknown_place, len(answer.choices)) == (Kind.ASK_PLACE, "the purple one", 2)
    answer, _ = await talk("library in newport", "the purple one", "ls9")
    assert answer.understood.place == "LS9"


async def test_a_tapped_place_is_taken() -> None:
    """A choice by its id."""
    _, after = await talk("library in newport", Message(choice="place:0"))
    assert after.place is not None
    assert after.place.within == "Gwent"


async def test_keeps_the_offered_places_while_the_need_is_told() -> None:
    """Who says the need first can still pick by number afterwards."""
    answer, after = await talk("newport", "library", "2")
    assert answer.understood.need == "Libraries"
    assert after.place is not None
    assert after.place.within == "Isle of Wight"


async def test_a_number_out_of_range_asks_again() -> None:
    """The same choices are offered."""
    answer, _ = await talk("library in newport", "7")
    assert answer.kind is Kind.ASK_PLACE
    assert len(answer.choices) == 2


async def test_an_old_choice_leads_nowhere_and_does_not_fail() -> None:
    """Buttons stay on the screen long after they made sense."""
    for choice in ("place:9", "place:0", "hit:99", "hit:x", "nonsense", "place:" + "9" * 500, "", "hit:²"):
        answer, _ = await talk(Message(choice=choice))
        assert answer.kind is Kind.ASK_NEED
        answer, _ = await talk("library ls9", Message(choice=choice))
        assert answer.kind is Kind.RESULTS


async def test_says_that_a_place_is_not_known() -> None:
    """A place that isn't known is never replaced by the one before."""
    for turns in (
        ("library near xyzzy open on saturday",),
        ("library", "xyzzy"),
        ("library ls9", "library near xyzzy"),
    ):
        answer, state = await talk(*turns)
        assert (answer.kind, answer.unknown_place) == (Kind.ASK_PLACE, "xyzzy")
        assert answer.results == ()
        assert state.place is None


async def test_near_me_is_no_name_of_a_place() -> None:
    """Without a shared location it is asked where that is."""
    answer, _ = await talk("library near me")
    assert (answer.kind, answer.unknown_place) == (Kind.ASK_PLACE, None)


async def test_a_shared_location_is_the_place() -> None:
    """With a question waiting it is answered at once."""
    answer, _ = await talk("library", Message(location=(53.8, -1.51)))
    assert answer.kind is Kind.RESULTS
    asked, state = await talk(Message(location=(53.8, -1.51)))
    assert asked.kind is Kind.ASK_NEED
    assert state.place is not None
    broken, state = await talk(Message("library", location=(953.8, float("nan"))))
    assert (broken.kind, state.place) == (Kind.ASK_PLACE, None)


async def test_a_need_is_not_taken_for_a_place() -> None:
    """A rugby club is not in Rugby, unless it is; a reading group is not in Reading."""
    answer, _ = await talk("rugby club in leeds")
    assert (answer.understood.need, answer.understood.place) == ("Rugby", "Leeds")
    answer, _ = await talk("reading group ls9")
    assert (answer.understood.need, answer.understood.place) == ("Reading groups", "LS9")
    answer, _ = await talk("library in rugby")
    assert (answer.understood.need, answer.understood.place) == ("Libraries", "Rugby")


async def test_a_language_is_not_taken_for_a_place() -> None:
    """The words "in Polish" are a condition."""
    search = FakeSearch(LIBRARIES)
    answer, _ = await talk("library in polish near leeds", at=ports(search))
    assert answer.understood.conditions == ("in Polish",)
    assert search.asked[0].conditions == Conditions(language="pl")


async def test_an_authority_is_searched_exactly() -> None:
    """Its name means its area; an outcode means around it."""
    search = FakeSearch(LIBRARIES)
    await talk("library in leeds", "library near ls9", at=ports(search))
    assert [asked.where and asked.where.lad for asked in search.asked] == ["E08000035", None]


async def test_shows_what_is_further_where_nothing_is_near() -> None:
    """Nothing near is said as it is; what is further stands apart."""
    answer, _ = await talk("choir ls9")
    assert (answer.kind, names(answer)) == (Kind.NONE, [])
    assert [other.service_id for other in answer.alternatives] == ["choir"]


async def test_what_comes_to_you_answers_where_there_is_nowhere_to_go() -> None:
    """Befriending at home is an answer; what is online stands apart."""
    answer, _ = await talk("my mum is lonely ls9")
    assert (answer.kind, names(answer)) == (Kind.RESULTS, ["visits"])
    assert [other.service_id for other in answer.apart] == ["line"]


async def test_online_needs_no_place() -> None:
    """Who asks for something online is not asked where."""
    answer, _ = await talk("befriending online")
    assert answer.kind is Kind.RESULTS
    assert "line" in names(answer)


async def test_gives_details_of_one() -> None:
    """Asking for "the second one" gives one place, with all that is held."""
    first, _ = await talk("library ls9")
    for pick in ("the second one", "2", "tell me more about the second one", "number 2"):
        answer, _ = await talk("library ls9", pick)
        assert (answer.kind, answer.details, names(answer)) == (Kind.RESULTS, True, [names(first)[1]])
    last, _ = await talk("library ls9", "more", "the last one")
    more, _ = await talk("library ls9", "more")
    assert names(last) == names(more)[-1:]


async def test_free_words_are_searched_for() -> None:
    """What no phrase knows is looked for in the records' own words."""
    answer, _ = await talk("chess club ls9")
    assert names(answer) == ["chess"]


async def test_finds_nothing_for_nonsense() -> None:
    """Nothing is better than noise."""
    answer, _ = await talk("asdf qwer ls9")
    assert (answer.kind, answer.results, answer.alternatives) == (Kind.NONE, (), ())


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("hello", Kind.OTHER, Topic.GREETING),
        ("hiya!", Kind.OTHER, Topic.GREETING),
        ("good morning", Kind.OTHER, Topic.GREETING),
        ("thanks so much", Kind.OTHER, Topic.THANKS),
        ("ta love", Kind.OTHER, Topic.THANKS),
        ("bye", Kind.OTHER, Topic.GOODBYE),
        ("start again", Kind.OTHER, Topic.START_AGAIN),
        ("help", Kind.HELP, None),
        ("/start", Kind.HELP, None),
        ("what can you do?", Kind.HELP, None),
        ("?", Kind.HELP, None),
    ],
)
async def test_answers_small_talk(text: str, kind: Kind, topic: Topic | None) -> None:
    """Short, and with a way on."""
    answer, _ = await talk(text)
    assert (answer.kind, answer.topic) == (kind, topic)


async def test_a_greeting_with_a_question_is_a_question() -> None:
    """Politeness costs nothing."""
    answer, _ = await talk("hello, is there a library near ls9 please, thanks")
    assert answer.kind is Kind.RESULTS


async def test_starting_again_forgets_everything() -> None:
    """Nothing is left of it."""
    _, state = await talk("library ls9", "start again")
    assert state == State()


async def test_thanks_leave_the_conversation_where_it_was() -> None:
    """Asking for "more" still works afterwards."""
    answer, _ = await talk("library ls9", "thanks", "more")
    assert answer.kind is Kind.RESULTS
    assert answer.offset == 3


async def test_a_crisis_comes_first_and_leaves_no_trace() -> None:
    """Whatever else was said or asked."""
    _, before = await talk("library ls9")
    answer, after = await respond(Message("library near ls9, i want to kill myself"), before, ports())
    assert (answer.kind, answer.crisis) == (Kind.CRISIS, "suicide")
    assert after == before


async def test_the_state_never_holds_what_was_written() -> None:
    """Of a message only need, place, time and conditions are kept."""
    _, state = await talk(
        "Dear all, my neighbour Gwendolyn at number 12 cannot afford to eat near ls9 on saturday"
    )
    kept = json.dumps(state.to_json())
    assert "Gwendolyn" not in kept
    assert "gwendolyn" not in kept


async def test_the_time_moves_on_between_turns() -> None:
    """A new turn an hour later is about the new now."""
    search = FakeSearch(LIBRARIES)
    _, state = await respond(Message("library open now ls9"), State(), ports(search))
    await respond(Message("more"), state, replace(ports(search), now=NOW + timedelta(hours=1)))
    assert [asked.when and asked.when.start for asked in search.asked] == [NOW, NOW + timedelta(hours=1)]


HOSTILE = [
    "x" * 4096,
    "library " * 512,
    "near " * 1000,
    "1/" * 2000,
    "(" * 4096,
    "at 5 " * 800,
    "open " + " " * 4000 + "x",
    "'; DROP TABLE service; -- near ls9",
    'library" OR name:* NEAR/2 AND NOT (ls9)',
    "library ls9\x00\x1b[31m\u202egnp.exe\u202c",
    "\ud800 library ls9",
    "<script>alert(1)</script> near <b>ls9</b>",
    "**library** [x](http://example.org) `ls9` {{7*7}} ${x} %s %n",
    "\u0130stanbul \u1e9e library ls9 \ufb01nd",
    "library ls9 " + "\u0301" * 3000,
    "\uff4c\uff49\uff42\uff52\uff41\uff52\uff59 ls9",
    "99999999999999999999 year old at 99:99 on 99/99/9999 in 99 weeks",
    "\u0663\u0664 year old library ls9",
    "in 99 weeks at \u0665 pm",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    """It is answered like any other, and what is said back carries nothing that could do harm."""
    for turns in ((text,), ("library", text), ("library ls9", text), ("library in newport", text)):
        answer, state = await talk(*turns)
        said = say(answer, NOW, LONDON)
        assert not set(said) & set("<>\x00\x1b\u202e\u202c`*{}\ud800")
        json.dumps(state.to_json()).encode()


WORDS = [
    "library", "ls9", "newport", "leeds", "near", "in", "open", "saturday", "sunday", "free", "for", "my",
    "7", "year", "old", "under", "5s", "more", "2", "second", "one", "thanks", "help", "what",
    "about", "?", ",", "and", "no", "food", "bank", "lonely", "at", "10:30", "in", "polish",
    "wheelchair", "xyzzy", "hello",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=60), max_size=4)
)
async def test_no_conversation_fails(turns: list[str]) -> None:
    """Whatever is typed, there is an answer, and it can be said."""
    answer, state = await talk("", *turns)
    assert say(answer, NOW, LONDON)
    assert State.from_json(state.to_json()) == state


async def test_shows_a_wider_need_where_nothing_at_all_is_near() -> None:
    """And says which it is, so that nobody takes it for what was asked."""
    answer, state = await talk("community fridge ls9")
    assert (answer.kind, answer.wider, answer.results) == (Kind.NONE, "Food banks", ())
    assert len(state.shown) == len(answer.alternatives) > 0
    assert "I found none near there. This may help instead: Food banks." in say(answer, NOW, LONDON)
