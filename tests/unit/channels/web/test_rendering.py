"""What a page is given: every fact of an answer, as text, with links made from the facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bots.channels.port import Event
from bots.channels.web import WebChannel, inbound
from bots.channels.web.rendering import answer, sentences
from bots.conversation.message import Answer, Aspect, Choice, Kind, Line, Message, Understood
from bots.conversation.wording.english import say
from directory.search.query import Reach
from tests.fakes.directory import hit

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
CLUB = hit(
    "c",
    "Example Club",
    description="Tea and talk for everyone who comes by.",
    distance_m=644,
    lat=51.5,
    lon=-0.1,
    address="1 Example Road",
    phone="020 7946 0259",
    url="https://example.org/club",
    email="club@example.org",
)
HALL = hit("h", "Example Hall", distance_m=900)
FOUND = Answer(
    Kind.RESULTS, Understood("Clubs", "SE24"), results=(CLUB, HALL), choices=(Choice("more", "More"),)
)


def texts(value: object) -> list[str]:
    """Every text of a body, in order."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def places(said: Answer) -> list[dict[str, Any]]:
    """The places of a rendered answer."""
    return [block for block in answer(said, NOW, LONDON)["blocks"] if block["is"] == "place"]


def test_shows_every_sentence_of_the_answer() -> None:
    """What the plain text says is there too: as a row, or as a link to the same fact."""
    body = answer(FOUND, NOW, LONDON)
    shown = "\n".join(texts(body))
    for line in say(FOUND, NOW, LONDON).splitlines():
        if not line.startswith(("Phone 020", "Say ", "1. ", "2. ")):
            assert line in shown
    assert [choice["label"] for choice in body["choices"]] == [
        "More",
        "Open now",
        "Further away",
        "This is wrong",
    ]


def test_a_place_can_be_rung_looked_up_and_asked_about() -> None:
    first, second = places(FOUND)
    assert [(link["is"], link["to"]) for link in first["links"]] == [
        ("ring", "tel:02079460259"),
        ("web", "https://example.org/club"),
        ("map", "https://www.openstreetmap.org/?mlat=51.50000&mlon=-0.10000#map=17/51.50000/-0.10000"),
    ]
    picked = [place["choice"]["id"].split("~")[0] for place in (first, second)]
    assert (first["number"], picked) == (1, ["hit:0", "hit:1"])
    assert second["links"] == []
    assert "Phone and web not given" in texts(second)


def test_details_and_single_facts_lead_no_further() -> None:
    """One fact asked about brings its own links, and no others."""
    (detailed,) = places(replace(FOUND, results=(CLUB,), details=True, choices=()))
    assert "choice" not in detailed
    assert [link["is"] for link in detailed["links"]] == ["ring", "web", "email", "map"]
    for aspect, kinds in (
        (Aspect.PHONE, ["ring"]),
        (Aspect.WEB, ["web", "email"]),
        (Aspect.WAY, ["map"]),
        (Aspect.COST, []),
    ):
        (told,) = places(replace(FOUND, results=(CLUB,), aspect=aspect))
        assert [link["is"] for link in told["links"]] == kinds


def test_what_can_not_be_tapped_is_still_said() -> None:
    (place,) = places(replace(FOUND, results=(replace(CLUB, phone="ask at the desk", url=None),)))
    assert "Phone ask at the desk" in texts(place)


def test_a_crisis_shows_who_to_ring_as_something_to_tap() -> None:
    line = Line("samaritans", "Samaritans", "Ring 116 123", "to talk to someone, free", "day and night")
    council = Line("council", "Your council", "Ring your council", "and say you are homeless", "office hours")
    said = Answer(Kind.CRISIS, crisis="suicide", lines=(line, council), results=(CLUB,), council="Leeds")
    rings = answer(said, NOW, LONDON)["blocks"][0]
    assert rings["is"] == "rings"
    assert rings["rows"][1] == {
        "part": "ring",
        "first": "Ring 116 123",
        "text": "Samaritans, to talk to someone, free. Open day and night.",
        "link": "tel:116123",
    }
    assert rings["rows"][2] == {"part": "ring", "text": "Ring Leeds council and say you are homeless."}
    assert "choice" not in places(said)[0]


def test_what_comes_by_phone_is_named_with_its_number() -> None:
    online = hit("o", "Example Line", reach=Reach.ONLINE, phone="0808 157 0412")
    (named,) = (
        b for b in answer(replace(FOUND, apart=(online,)), NOW, LONDON)["blocks"] if b["is"] == "named"
    )
    assert named["rows"][1] == {
        "part": "named",
        "text": "Example Line, phone 0808 157 0412",
        "link": "tel:08081570412",
    }


def test_places_of_one_name_are_choices() -> None:
    choices = (Choice("place:0", "Newport, Wales"), Choice("place:1", "Newport, Shropshire"))
    body = answer(Answer(Kind.ASK_PLACE, choices=choices), NOW, LONDON)
    assert [choice["label"] for choice in body["choices"]] == ["Newport, Wales", "Newport, Shropshire"]
    assert len(texts(body["blocks"])) == 3  # one question: the kind of block, the part, and the text


@given(st.text(), st.none() | st.text(), st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_an_event_says_what_was_said(
    text: str, choice: str | None, location: tuple[float, float] | None
) -> None:
    """Whatever it is, it comes out of the inbox as it went in; the same again has the same key."""
    message = Message(text, location, choice)
    event = inbound.event("room", "nonce", message)
    turn = WebChannel().parse(event)
    assert turn is not None
    assert turn.message == replace(message, text=text[: inbound.LONGEST])
    assert (turn.room.id, event.key) == ("room", inbound.event("room", "nonce", message).key)
    assert event.key != inbound.event("room", "other", message).key


@given(st.binary())
def test_a_payload_of_anything_is_no_turn_or_a_turn(payload: bytes) -> None:
    WebChannel().parse(Event("web", "k", "room", payload))


@given(st.text(max_size=300), st.text(max_size=300))
def test_bodies_are_json_of_plain_texts(name: str, about: str) -> None:
    """No text of a record becomes a key, a kind of block or a link."""
    said = replace(FOUND, results=(replace(CLUB, name=name, description=about, url=name, phone=about),))
    body = json.loads(json.dumps(answer(said, NOW, LONDON)))
    for block in body["blocks"]:
        assert block["is"] in ("header", "place")
        assert all(
            link["to"].split(":")[0] in ("tel", "https", "http", "mailto") for link in block.get("links", ())
        )


def test_sentences_stand_a_line_each() -> None:
    body = sentences("One.\n\nTwo.", (Choice("more", "More"),))
    assert [row["text"] for row in body["blocks"][0]["rows"]] == ["One.", "Two."]
    assert body["choices"] == [{"id": "more", "label": "More"}]
