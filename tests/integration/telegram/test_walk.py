"""From an update to what stands in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.telegram import group

if TYPE_CHECKING:
    from tests.fakes.bot import Bot

PLACE = "Herne Street Library (example)"


async def test_a_question_in_a_private_chat_is_answered(nearby: Bot) -> None:
    """With places, and buttons that know which list they belong to."""
    await nearby.hear(nearby.api.write("library se24"))
    (answer,) = nearby.api.texts(7)
    assert answer.startswith("Libraries near SE24\n\n1. ")
    assert PLACE in answer
    labels = [button["text"] for button in nearby.api.buttons(7)]
    assert {"1", "2", "Open now", "Map 1", "This is wrong"} <= set(labels)


async def test_a_page_takes_the_place_of_the_page_before(nearby: Bot) -> None:
    """And back again; each tap is acknowledged."""
    api = nearby.api
    await nearby.hear(api.write("befriending se24"))
    first = api.texts(7)
    await nearby.hear(api.tap("More"))
    second = api.texts(7)
    await nearby.hear(api.tap("Back"))
    assert len(first) == len(second) == 1
    assert first != second
    assert api.texts(7) == first
    assert len(api.acknowledged) == 2


async def test_a_button_of_an_older_list_is_not_taken_for_the_newer_one(nearby: Bot) -> None:
    """The list that is talked about is shown again."""
    api = nearby.api
    await nearby.hear(api.write("library se24"))
    old = api.buttons(7)[1]
    message = next(iter(api.messages.values()))
    await nearby.hear(api.write("food bank se24"))
    await nearby.hear(api.tapped(old["callback_data"], message, 7, message["message_id"]))
    assert api.texts(7)[-1] == api.texts(7)[-2]


async def test_a_place_is_asked_for_with_a_button_that_sends_it(nearby: Bot) -> None:
    """In a private chat; what is sent is looked around."""
    api = nearby.api
    await nearby.hear(api.write("library"))
    (sent,) = api.called("sendMessage")
    assert sent["reply_markup"]["keyboard"][0][0]["request_location"] is True
    await nearby.hear(api.send(location={"latitude": 51.455, "longitude": -0.1}))
    assert PLACE in api.texts(7)[-1]


async def test_in_a_group_only_what_is_said_to_us_is_answered(nearby: Bot) -> None:
    """Our name, a reply to us; the answer stands under the question. All else is not even kept."""
    api, hall = nearby.api, group()
    await nearby.hear(api.write("library se24", chat=hall), api.write("/near se24", chat=hall))
    assert await nearby.count("SELECT count(*) FROM event") == 0
    await nearby.hear(api.write("@Example_Nearby_Bot library", chat=hall))
    (asked,) = api.called("sendMessage")
    assert (
        asked["reply_markup"]["inline_keyboard"][0][0]["url"]
        == "https://t.me/example_nearby_bot?start=Libraries"
    )
    ours = list(api.messages.values())[-1]
    await nearby.hear(api.write("SE24", chat=hall, reply_to_message=ours))
    assert PLACE in api.texts(hall["id"])[-1]
    await nearby.hear(api.write("/near@example_nearby_bot food bank se24", chat=hall))
    assert "Food banks near SE24" in api.texts(hall["id"])[-1]
