"""What is kept of an update, and what is not even kept."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bots.channels.port import MOST_PAYLOAD, Left, Turn
from bots.channels.telegram.inbound import Me, event, parse

ME = Me(4242, "example_nearby_bot")
FROM = {"id": 7, "is_bot": False, "first_name": "Somebody", "last_name": "Else", "username": "somebody"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def message(**more: Any) -> dict[str, Any]:
    """A message in a private chat."""
    return {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": FROM} | more


def turn(update: dict[str, Any]) -> Turn:
    """The turn of an update."""
    found = event({"update_id": 1} | update, ME)
    assert found is not None
    read = parse(found)
    assert isinstance(read, Turn)
    return read


def test_names_are_not_kept() -> None:
    """Of whoever writes, nothing but the number."""
    found = event({"update_id": 5, "message": message(text="library")}, ME)
    assert found is not None
    assert json.loads(found.payload) == {"room": 7, "private": True, "person": 7, "text": "library"}
    assert (found.key, found.conversation) == ("4242:5", "7")


def test_our_name_is_no_part_of_what_is_said() -> None:
    """In any case, anywhere; another's is."""
    for said, kept in {
        "@example_nearby_bot library": "library",
        "library, @Example_Nearby_Bot": "library,",
        "/near@example_nearby_bot se24": "/near se24",
        "@example_nearby_bots library": "@example_nearby_bots library",
        "write to x@example_nearby_bot": "write to x@example_nearby_bot",
    }.items():
        assert turn({"message": message(text=said)}).message.text == kept


def test_a_caption_is_text_and_an_album_is_answered_once() -> None:
    """Of its pictures only the one that has words."""
    photo = {"photo": [], "media_group_id": "1"}
    assert turn({"message": message(caption="library", **photo)}).message.text == "library"
    assert event({"update_id": 1, "message": message(**photo)}, ME) is None


def test_a_place_that_is_not_on_earth_is_none() -> None:
    """Nor is half a place."""
    for wrong in (
        {"latitude": 91, "longitude": 0},
        {"latitude": 1},
        {"latitude": "1", "longitude": 2},
        {"latitude": float("nan"), "longitude": 0},
    ):
        assert event({"update_id": 1, "message": message(location=wrong)}, ME) is None


def test_whoever_leaves_is_noticed_only_where_it_is_us() -> None:
    """Somebody else who leaves a group is their own affair."""
    for who, left in ((4242, True), (7, False)):
        change = {
            "chat": {"id": -5, "type": "group"},
            "new_chat_member": {"status": "left", "user": {"id": who}},
        }
        found = event({"update_id": 1, "my_chat_member": change}, ME)
        assert (found is not None) == left
        assert found is None or isinstance(parse(found), Left)


@given(JSON)
def test_what_is_no_update_is_ignored(update: object) -> None:
    """Nothing breaks."""
    assert event(update, ME) is None


@given(
    st.sampled_from(["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]),
    st.data(),
)
def test_an_update_with_anything_in_any_place_breaks_nothing(kind: str, data: st.DataObject) -> None:
    """What comes of it is small, and can be read again."""
    whole: dict[str, Any] = {
        "message": message(
            text="@example_nearby_bot x", location={"latitude": 1, "longitude": 2}, reply_to_message=message()
        ),
        "callback_query": {
            "id": "1",
            "from": FROM,
            "data": "more",
            "message": message(reply_to_message=message()),
        },
        "inline_query": {"id": "1", "from": FROM, "query": "x", "offset": ""},
        "my_chat_member": {
            "chat": {"id": 7, "type": "private"},
            "from": FROM,
            "new_chat_member": {"status": "kicked", "user": {"id": 4242}},
        },
    }
    update = json.loads(json.dumps(whole.get(kind, whole["message"])))
    where = update
    while True:
        key = data.draw(st.sampled_from(sorted(where)))
        if isinstance(where[key], dict) and data.draw(st.booleans()):
            where = where[key]
            continue
        where[key] = data.draw(JSON)
        break
    found = event({"update_id": 1, kind: update}, ME)
    if found is not None:
        assert len(found.payload) < MOST_PAYLOAD
        assert parse(found) is not None
