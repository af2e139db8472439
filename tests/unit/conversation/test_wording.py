"""What people read: true to the record, short, plain, and free of markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import lexicon
from bots.conversation.message import NOW as OPEN_NOW
from bots.conversation.message import Answer, Choice, Kind, Line, Topic, Understood
from bots.conversation.wording.card import View, card, details
from bots.conversation.wording.english import header, say
from bots.conversation.wording.facts import cost, distance
from bots.conversation.wording.foreign import disarmed, one_line
from bots.conversation.wording.gist import gist
from bots.conversation.wording.hours import hours, since
from directory.search.query import Conditions, Hit, Hours, Openness, Reach, When
from tests.fakes.directory import hit

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SATURDAY = datetime(2026, 11, 28, tzinfo=LONDON)
VIEW = View(NOW, LONDON)
ON_SATURDAY = When(SATURDAY, SATURDAY + timedelta(days=1))

FULL = hit(
    "l1",
    "Example Library",
    organization="Example Council",
    description="Books and <b>more</b> for everyone. Come in and sit down with us.",
    distance_m=644,
    address="1 Example Road, Leeds",
    postcode="LS9 7BG",
    hours=Hours(Openness.OPEN, SATURDAY.replace(hour=10), SATURDAY.replace(hour=16)),
    week=(("Monday", "09:30 to 13:00, 14:00 to 17:00"), ("Saturday", "10:00 to 16:00")),
    cost="free",
    phone="01632 960001",
    email="example@example.org",
    url="https://example.org/library",
    minimum_age=5.0,
    access=("wheelchair", "hearing_loop"),
    languages=("English", "Polish"),
    assured_date=date(2026, 11, 3),
)
BARE = hit("b", "Example Club", distance_m=1609)


def results(*hits: Hit, when: When | None = None, phrase: str | None = None) -> Answer:
    """An answer with these results."""
    return Answer(Kind.RESULTS, Understood("Libraries", "LS9", phrase), results=hits, when=when)


def test_says_a_whole_answer() -> None:
    """The header says what was understood; each card says its fields."""
    assert say(results(FULL, when=ON_SATURDAY, phrase="on Saturday"), NOW, LONDON) == (
        "Libraries near LS9, open on Saturday\n"
        "\n"
        "Example Library\n"
        "Books and <b>more</b> for everyone.\n"
        "0.4 miles away. Open Saturday 10:00 to 16:00.\n"
        "Free.\n"
        "1 Example Road, Leeds, LS9 7BG\n"
        "Phone 01632 960001. Web https://example.org/library\n"
        "Confirmed 3 weeks ago."
    )


def test_says_what_is_missing() -> None:
    """What nobody gave is said to be missing, never guessed."""
    assert card(BARE, VIEW).plain == (
        "Example Club\n1.0 mile away. Hours not given.\nCost not stated.\nAddress not given\n"
        "Phone and web not given\nNobody has confirmed this."
    )


def test_says_all_that_is_held_of_one() -> None:
    """Details have the week, ages, access and languages."""
    said = details(FULL, VIEW).plain
    for fact in (
        "Run by Example Council.",
        "Monday: 09:30 to 13:00, 14:00 to 17:00",
        "Ages: 5 and over.",
        "Access: wheelchair access, hearing loop.",
        "Languages: English, Polish.",
        "E-mail: example@example.org",
    ):
        assert fact in said.splitlines()
    assert "Access: not stated." in details(BARE, VIEW).plain
    assert "Access: no lift" in details(replace(BARE, access_text="no lift"), VIEW).plain


def _at(hour: int, day: int = 24, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


MOMENT = When(NOW, NOW)
HOURS: list[tuple[Hours, When | None, str]] = [
    (Hours(Openness.OPEN, _at(9), _at(16)), None, "Open now until 16:00."),
    (Hours(Openness.OPEN, _at(9), _at(16)), MOMENT, "Open now until 16:00."),
    (Hours(Openness.OPEN, None, None), None, "Open now."),
    (Hours(Openness.OPEN, _at(9), _at(0, 25)), None, "Open now until midnight."),
    (Hours(Openness.CLOSED, _at(10, 26)), None, "Closed now. Opens Thursday 10:00."),
    (Hours(Openness.CLOSED, _at(14)), None, "Closed now. Opens today 14:00."),
    (Hours(Openness.CLOSED, _at(9, 25)), None, "Closed now. Opens tomorrow 09:00."),
    (
        Hours(Openness.CLOSED, datetime(2026, 12, 7, 9, tzinfo=LONDON)),
        None,
        "Closed now. Opens Monday 7 December 09:00.",
    ),
    (Hours(Openness.CLOSED), None, "Closed now."),
    (Hours(Openness.UNKNOWN), None, "Hours not given."),
    (Hours(Openness.OPEN, _at(10, 28), _at(16, 28)), ON_SATURDAY, "Open Saturday 10:00 to 16:00."),
    (Hours(Openness.OPEN, _at(10, 28), None), ON_SATURDAY, "Open Saturday 10:00."),
    (
        Hours(Openness.OPEN, _at(10, 28), _at(16, 28)),
        When(_at(10, 28), _at(10, 28)),
        "Open then until 16:00.",
    ),
    (Hours(Openness.OPEN, _at(17), _at(20)), When(_at(17), _at(0, 25)), "Open then until 20:00."),
    (Hours(Openness.OPEN, _at(9), _at(20)), When(NOW, _at(0, 25)), "Open now until 20:00."),
    (Hours(Openness.OPEN), ON_SATURDAY, "Open then."),
    (Hours(Openness.CLOSED, _at(9, 30)), ON_SATURDAY, "Closed then. Opens Monday 09:00."),
    (
        Hours(Openness.OPEN, _at(10, 28), _at(16, 28), may_differ=True),
        ON_SATURDAY,
        "Open Saturday 10:00 to 16:00. Hours may differ: bank holiday.",
    ),
]


@pytest.mark.parametrize(("facts", "when", "said"), HOURS)
def test_says_hours(facts: Hours, when: When | None, said: str) -> None:
    """Each state of the hours has its words."""
    assert hours(replace(BARE, hours=facts), when, NOW, LONDON) == said


def test_says_hours_in_local_time() -> None:
    """Facts in another zone are said in the reader's."""
    july = datetime(2026, 7, 1, 12, tzinfo=LONDON)
    facts = Hours(Openness.OPEN, None, datetime.fromisoformat("2026-07-01T15:00:00+00:00"))
    assert hours(replace(BARE, hours=facts), None, july, LONDON) == "Open now until 16:00."


def test_quotes_hours_that_have_no_times() -> None:
    """What the publisher wrote is said to be theirs."""
    assert (
        hours(disarmed(replace(BARE, hours_text="Most \n mornings")), None, NOW, LONDON)
        == "Hours, as they write: Most mornings."
    )


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "Very near, under 0.1 miles away"),
        (644, "0.4 miles away"),
        (1609, "1.0 mile away"),
        (20_000, "12 miles away"),
        (None, "No place to go to is given"),
    ],
)
def test_says_a_distance(metres: int | None, said: str) -> None:
    """In miles, as people here count."""
    assert distance(replace(BARE, distance_m=metres)) == said


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("free", None, "free"),
        ("paid", "£3 a session.", "cost: £3 a session"),
        ("paid", None, "you have to pay"),
        ("unknown", None, "cost not stated"),
    ],
)
def test_says_what_it_costs(kind: str, text: str | None, said: str) -> None:
    """No cost given is not free."""
    assert cost(replace(BARE, cost=kind, cost_text=text)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "yesterday"),
        (5, "5 days ago"),
        (21, "3 weeks ago"),
        (100, "3 months ago"),
        (800, "2 years ago"),
    ],
)
def test_says_how_long_ago(days: int, said: str) -> None:
    """In the words people use."""
    assert since(NOW.date() - timedelta(days=days), NOW.date()) == said


def test_takes_the_first_sentence_of_a_description() -> None:
    """A line of its own words, cut between words where it is long."""
    assert gist("We meet e.g. on Mondays at 2 p.m. in the hall. All welcome.") == (
        "We meet e.g. on Mondays at 2 p.m."
    )
    assert gist("word " * 100).endswith("word…")
    assert gist("") == ""


def test_header_says_what_was_understood() -> None:
    """So that a wrong guess is seen."""
    said = Understood("food banks", "Lambeth", OPEN_NOW, ("free", "for age 7"))
    assert (
        header(Answer(Kind.RESULTS, said, within=True)) == "Food banks in Lambeth, open now, free, for age 7"
    )


def test_names_what_is_apart() -> None:
    """In a line each, with a way to reach it."""
    apart = (hit("a", "Example Line", reach=Reach.ONLINE, phone="01632 960002"),)
    said = say(replace(results(BARE), apart=apart), NOW, LONDON)
    assert "Also, by phone, online or coming to you:\nExample Line, phone 01632 960002" in said


def test_does_not_name_what_may_be_anywhere() -> None:
    """What has no known place is no news to somebody who has an answer."""
    lost = (hit("u", "Example Lost Club", reach=Reach.UNPLACED),)
    assert "Lost" not in say(replace(results(BARE), apart=lost), NOW, LONDON)
    none = Answer(Kind.NONE, Understood("Choirs", "LS9"), apart=lost)
    assert "I can't tell how far these are:\nExample Lost Club" in say(none, NOW, LONDON)


def test_leaves_the_name_out_of_the_address() -> None:
    """It stands above."""
    one = replace(FULL, address="Example Library, 1 Example Road")
    assert "\n1 Example Road, LS9 7BG\n" in card(one, VIEW).plain


def test_says_where_nothing_is_near() -> None:
    """With what is further, or with a way on."""
    none = Answer(Kind.NONE, Understood("Choirs", "LS9"))
    assert say(none, NOW, LONDON).startswith("Choirs near LS9: I found none near there. Try other words")
    further = say(replace(none, alternatives=(replace(BARE, distance_m=60_000),)), NOW, LONDON)
    assert "The nearest is further away:\n\nExample Club\n37 miles away." in further


def every_answer() -> list[Answer]:
    """One of each sort of answer."""
    line = Line("x", "Samaritans", "Ring 116 123", "to talk to someone, free", "day and night")
    kinds = [entry["id"] for entry in lexicon.data("crisis.toml")["crisis"]]
    return [
        Answer(Kind.HELP),
        Answer(Kind.ASK_NEED),
        Answer(Kind.ASK_NEED, Understood(place="LS9")),
        Answer(Kind.ASK_PLACE),
        Answer(Kind.ASK_PLACE, Understood("Libraries")),
        Answer(Kind.ASK_PLACE, unknown_place="xyzzy"),
        Answer(Kind.ASK_PLACE, choices=(Choice("place:0", "Newport, Gwent"),)),
        Answer(Kind.NONE, Understood("Choirs", "LS9")),
        Answer(Kind.NONE, topic=Topic.NO_MORE),
        Answer(Kind.OTHER),
        results(BARE, replace(FULL, description="Books for all.")),
        *(Answer(Kind.OTHER, topic=topic) for topic in Topic if topic is not Topic.NO_MORE),
        *(Answer(Kind.CRISIS, crisis=kind, lines=(line, line)) for kind in (*kinds, "another")),
    ]


@pytest.mark.parametrize("answer", every_answer())
def test_sentences_are_short_and_plain(answer: Answer) -> None:
    """At most 20 words a sentence, few long words, and no markup."""
    text = say(answer, NOW, LONDON)
    assert not set(text) & set("<>*_`[]#")
    for sentence in re.split(r"[.?!:]\s|\n", text):
        words = re.findall(r"[A-Za-z']+", re.sub(r"https?://\S+", "", sentence))
        assert len(words) <= 20, sentence
        assert sum(len(word) > 10 for word in words) <= 1, sentence


def test_the_lines_of_the_file_are_short_too() -> None:
    """Who to ring is said in a breath."""
    for line in lexicon.data("crisis.toml")["lines"].values():
        assert len(f"{line['how']} {line['name']} {line['about']}".split()) <= 20


NASTY = st.text(max_size=80) | st.sampled_from(
    ["\u202eabc", "a\nb\r\nc", "\x1b[2J", "x" * 600, "<i>", "{0}%s"]
)


@given(NASTY, NASTY, st.none() | NASTY)
def test_foreign_text_stays_on_its_line(name: str, description: str, other: str | None) -> None:
    """A record can neither add lines, nor turn the writing round, nor grow without end."""
    one = replace(
        FULL, name=name, description=description, hours=Hours(Openness.UNKNOWN), hours_text=other,
        alert=other,
        address=other, postcode=other, phone=other, url=other, cost_text=other, eligibility=other,
        access_text=other, organization=other, area=other, email=other,
    )  # fmt: skip
    for said in (card(one, VIEW).plain, details(one, VIEW).plain):
        assert not set(said) & set("\x1b\u202e\r\x00")
        assert len(said.split("\n")) < 25
        assert all(len(line) < 620 for line in said.split("\n"))


@given(st.text(), st.integers(5, 50))
def test_one_line_is_one_line(text: str, longest: int) -> None:
    """Of any text, cut to a length."""
    line = one_line(text, longest)
    assert len(line) <= longest + 1
    assert line == " ".join(line.split())


FIGURE = re.compile(r"\d+(?:[.:]\d+)*")
TEXTS = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd", "Zs")), max_size=40)


@given(
    hit_of=st.builds(
        lambda **fields: replace(FULL, **fields),
        name=TEXTS.filter(str.strip),
        description=TEXTS,
        address=st.none() | TEXTS,
        phone=st.none() | TEXTS,
        cost_text=st.none() | TEXTS,
        cost=st.sampled_from(["free", "paid", "unknown"]),
        distance_m=st.none() | st.integers(0, 400_000),
        minimum_age=st.none() | st.integers(0, 90).map(float),
        maximum_age=st.none() | st.integers(0, 99).map(float),
        assured_date=st.none() | st.dates(date(2020, 1, 1), date(2026, 11, 24)),
    )
)
def test_every_fact_of_a_card_is_a_field_of_the_record(hit_of: Hit) -> None:
    """Each figure is the record's own, or reckoned from its distance, its hours or its date."""
    fields = " ".join(str(getattr(hit_of, name)) for name in Hit.__dataclass_fields__ if name != "parts")
    reckoned = f"{hours(hit_of, None, NOW, LONDON)} {distance(hit_of)} {distance(hit_of, rough=True)} 0.1"
    if hit_of.assured_date:
        reckoned += f" {since(hit_of.assured_date, NOW.date())}"
    for said in (card(hit_of, VIEW).plain, details(hit_of, VIEW).plain):
        for figure in FIGURE.findall(said):
            known = figure in fields or figure in reckoned or f"{float(figure):g}" in fields
            assert known or any(f"={figure}" in said or f"/{figure}" in said for _ in "m"), figure


def test_says_only_about_how_far_from_the_middle_of_a_wide_place() -> None:
    """And nothing from the middle of an area that things lie in."""
    assert distance(BARE, rough=True) == "About 1.0 mile away"
    assert distance(BARE, within=True) == ""
    assert card(BARE, replace(VIEW, within=True)).plain.splitlines()[1] == "Hours not given."


def test_prefers_a_sentence_with_what_was_asked_for() -> None:
    """The first one, where none has."""
    text = "We meet in the old school hall. There is chess for all ages. Tea is free for everyone."
    assert gist(text, ("chess",)) == "There is chess for all ages."
    assert gist(text, ("swimming",)) == "We meet in the old school hall."


def test_says_what_was_asked_for_besides() -> None:
    """Access, ages and languages stand on a card where somebody asked."""
    view = replace(VIEW, conditions=Conditions(wheelchair=True, age=(7, 7), language="pl"))
    line = "Access: wheelchair access, hearing loop. Ages: 5 and over. Languages: English, Polish."
    assert line in card(FULL, view).plain.splitlines()
    assert "Access: not stated." in card(BARE, view).plain
