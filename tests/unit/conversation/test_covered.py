"""A name that several places bear is taken for the one that the directory serves, and can be mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bots.conversation.covered import settled
from bots.conversation.message import Answer, Kind, Message, State
from bots.conversation.ports import Ports
from bots.conversation.respond import respond
from bots.conversation.wording.english import say
from directory.places.place import Mention, Place
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
LEEDS = place("Otley", 53.9, -1.69, within="Leeds")
SUFFOLK = place("Otley", 52.15, 1.22, within="Suffolk")
STREATHAM = place("Streatham", 51.43, -0.13, within="Lambeth")
STRETHAM = place("Stretham", 52.35, 0.22, within="Cambridgeshire")
IN_LEEDS = hit("one", "Example Books", lat=53.91, lon=-1.69, terms=("library services",))
IN_SUFFOLK = replace(IN_LEEDS, service_id="two", service_at_location_id="two-at", lat=52.15, lon=1.22)
IN_LAMBETH = replace(IN_LEEDS, service_id="three", service_at_location_id="three-at", lat=51.43, lon=-0.13)


def mention(*places: Place, instead: tuple[Place, ...] = ()) -> Mention:
    """A mention as the place finder hands it on."""
    return Mention(0, 5, "otley", places, introduced=False, exact=True, instead=instead)


@pytest.mark.parametrize(
    ("given", "records", "places", "instead"),
    [
        (mention(SUFFOLK, LEEDS), [IN_LEEDS], (LEEDS,), (SUFFOLK,)),
        (mention(SUFFOLK, LEEDS), [IN_SUFFOLK], (SUFFOLK,), (LEEDS,)),
        (mention(SUFFOLK, LEEDS), [IN_SUFFOLK, IN_LEEDS], (SUFFOLK, LEEDS), ()),
        (mention(SUFFOLK, LEEDS), [IN_LAMBETH], (SUFFOLK, LEEDS), ()),
        (mention(SUFFOLK, LEEDS), [], (SUFFOLK, LEEDS), ()),
        (mention(STRETHAM, LEEDS, SUFFOLK), [IN_SUFFOLK, IN_LEEDS], (LEEDS, SUFFOLK, STRETHAM), ()),
        (mention(STRETHAM, instead=(STREATHAM,)), [IN_LAMBETH], (STREATHAM,), (STRETHAM,)),
        (mention(STRETHAM, instead=(STREATHAM,)), [IN_LEEDS], (STRETHAM,), ()),
        (mention(instead=(STRETHAM, STREATHAM)), [IN_LAMBETH], (STREATHAM,), ()),
        (mention(LEEDS), [IN_SUFFOLK], (LEEDS,), ()),
    ],
)
async def test_the_one_that_is_served_is_taken(
    given: Mention, records: list[object], places: tuple[Place, ...], instead: tuple[Place, ...]
) -> None:
    """Where none is, or several are, all stay to be asked about, those that are served first."""
    (found,) = await settled([given], FakeSearch(records))  # type: ignore[arg-type]  # records are hits
    assert (found.places, found.instead) == (places, instead)


@pytest.mark.parametrize("records", [[], [IN_LEEDS], [IN_LAMBETH, IN_LEEDS]])
async def test_what_may_be_misspelt_counts_only_where_one_is_served(records: list[object]) -> None:
    """Otherwise it is no place at all."""
    doubtful = mention(instead=(STREATHAM, LEEDS) if len(records) > 1 else (STREATHAM,))
    assert await settled([doubtful], FakeSearch(records)) == []  # type: ignore[arg-type]  # records are hits


async def talk(*texts: str) -> tuple[Answer, State]:
    """The answer to the last of some messages, where only the Otley in Leeds is served."""
    search = FakeSearch([IN_LEEDS], ("library services",))
    ports = Ports(NOW, LONDON, search, FakePlaces([SUFFOLK, LEEDS]))
    state = State()
    for text in texts:
        message = Message(choice=text) if text == "places" else Message(text)
        answer, state = await respond(message, state, ports)
    return answer, state


async def test_the_place_taken_is_named_with_what_tells_it_apart() -> None:
    """And a tap leads to the others."""
    answer, state = await talk("library otley")
    assert answer.kind is Kind.RESULTS
    assert answer.understood.place == "Otley, Leeds"
    assert [(choice.id, choice.label) for choice in answer.choices] == [("places", "Another Otley")]
    assert 'Wrong place? Say "another Otley".' in say(answer, NOW, LONDON)
    assert State.from_json(state.to_json()) == state


@pytest.mark.parametrize(
    "text",
    ["places", "another otley", "Another Otley", "no the other otley", "wrong otley", "not that otley",
     "sorry i meant a different otley"],
)  # fmt: skip
async def test_another_of_that_name_is_one_step_away(text: str) -> None:
    """What is looked for stays."""
    answer, state = await talk("library otley", text)
    assert answer.kind is Kind.ASK_PLACE
    assert [choice.label for choice in answer.choices] == ["Otley, Suffolk", "Otley, Leeds"]
    answer, _ = await talk("library otley", text, "1")
    assert answer.understood.place == "Otley"
    assert state.wanted.ids == ("library",)


@pytest.mark.parametrize("text", ["the suffolk one", "no, Otley in Suffolk", "i meant suffolk", "suffolk"])
async def test_the_other_can_be_named_outright(text: str) -> None:
    """Without being asked."""
    answer, state = await talk("library otley", text)
    assert state.place == SUFFOLK
    assert answer.understood.need == "Libraries"
