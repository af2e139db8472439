"""From an update to what stands in a chat."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bots.channels.telegram import inbound
from bots.channels.telegram.inbound import Me
from bots.channels.telegram.registering import me_of
from tests.fakes.telegram import BOT, group, private
from tests.fakes.telegram_specification import specification

if TYPE_CHECKING:
    from pathlib import Path

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


async def test_somebody_else_in_a_group_may_turn_the_page_of_a_list(nearby: Bot) -> None:
    """It stays the list of whoever asked; where the other one lives is never used."""
    api, hall = nearby.api, group()
    await nearby.hear(api.write("/settings home LS9", person=8))
    await nearby.hear(api.write("@example_nearby_bot befriending se24", chat=hall))
    first = api.texts(hall["id"])
    await nearby.hear(api.tap("More", chat=hall["id"], person=8))
    (second,) = api.texts(hall["id"])
    assert second != first[0]
    assert "near SE24" in second


async def test_where_somebody_lives_is_not_told_in_a_group(nearby: Bot) -> None:
    """Home is for private chats; in a group the place is asked for."""
    api, hall = nearby.api, group()
    await nearby.hear(api.write("/settings home SE24"), api.write("library"))
    assert PLACE in api.texts(7)[-1]
    await nearby.hear(api.write("@example_nearby_bot library", chat=hall))
    assert "where should I look?" in api.texts(hall["id"])[-1]
    await nearby.hear(api.write("@example_nearby_bot /mydata", chat=hall))
    assert "private chat" in api.texts(hall["id"])[-1]


async def test_a_link_to_us_asks_at_once(nearby: Bot) -> None:
    """What follows /start are words with hyphens; with nothing there it is a greeting."""
    api = nearby.api
    await nearby.hear(api.write("/start"))
    assert api.texts(7)[-1].startswith("Hello.")
    await nearby.hear(api.write("/start food-bank-se24"))
    assert "Food banks near SE24" in api.texts(7)[-1]


async def test_every_command_is_answered(nearby: Bot) -> None:
    """In a private chat, with nothing before."""
    api = nearby.api
    for command in ("near", "help", "settings", "mydata", "stop", "forget", "start"):
        before = len(api.texts(7))
        await nearby.hear(api.write(f"/{command}"))
        assert len(api.texts(7)) == before + 1, command
    assert "Food banks near SE24" in (await _said(nearby, "/near food bank se24"))


async def test_what_is_open_now_and_what_is_further_can_be_tapped(nearby: Bot) -> None:
    """Each takes the place of the list."""
    api = nearby.api
    await nearby.hear(api.write("library se24"))
    await nearby.hear(api.tap("Open now"))
    (text,) = api.texts(7)
    assert "open now" in text
    await nearby.hear(api.tap("Further away"))
    assert len(api.texts(7)) == 1


async def test_more_about_one_place_and_back_to_the_list(nearby: Bot) -> None:
    """Details come as a message of their own, and turn into the list again."""
    api = nearby.api
    await nearby.hear(api.write("library se24"))
    await nearby.hear(api.tap("1"))
    listed, told = api.texts(7)
    assert "Map https://www.openstreetmap.org/" in told
    assert [button["text"] for button in api.buttons(7)] == ["Back to the list", "This is wrong", "Map"]
    await nearby.hear(api.tap("Back to the list"))
    assert api.texts(7) == [listed, listed]
    await nearby.hear(api.tap("This is wrong"))
    assert api.texts(7)[-1].startswith("Thank you for telling me.")


async def test_a_page_whose_message_is_gone_comes_as_a_new_one(nearby: Bot) -> None:
    """Somebody deleted it."""
    api = nearby.api
    await nearby.hear(api.write("befriending se24"))
    tap = api.tap("More")
    api.messages.clear()
    await nearby.hear(tap)
    assert len(api.texts(7)) == 1


async def test_a_tap_that_comes_twice_is_answered_once(nearby: Bot) -> None:
    """And two quick taps turn one page: the second was meant for the list that is gone."""
    api = nearby.api
    await nearby.hear(api.write("befriending se24"))
    first, second = api.tap("More"), api.tap("More")
    await nearby.hear(first, first)
    page = api.texts(7)
    await nearby.hear(second)
    assert api.texts(7) == page
    assert len(api.called("editMessageText")) == 2


async def test_a_venue_a_live_location_and_an_edited_text(nearby: Bot) -> None:
    """A venue is where somebody is; a location that moves is heard once; a text that was changed is new."""
    api = nearby.api
    here = {"latitude": 51.455, "longitude": -0.1}
    await nearby.hear(api.write("library"), api.send(venue={"location": here, "title": "T", "address": "A"}))
    assert PLACE in api.texts(7)[-1]
    count = len(api.texts(7))
    await nearby.hear(api.send(location=here | {"live_period": 900}))
    moved = api.edit("", location=here) | {}
    moved["edited_message"].pop("text")
    await nearby.hear(moved)
    assert len(api.texts(7)) == count + 1
    await nearby.hear(api.edit("food bank se24"))
    assert "Food banks near SE24" in api.texts(7)[-1]


async def test_what_can_not_be_read_is_answered_all_the_same(nearby: Bot) -> None:
    """A voice message is; that somebody joined is not."""
    api = nearby.api
    await nearby.hear(api.send(voice={"file_id": "x", "file_unique_id": "y", "duration": 1}))
    assert api.texts(7) == ['What do you need, and where? For example: "food bank near BS5".']
    await nearby.hear(api.send(new_chat_title="Example"))
    assert len(api.texts(7)) == 1


async def test_bots_are_not_answered(nearby: Bot) -> None:
    """Neither others nor ourselves, by whatever way it comes."""
    api = nearby.api
    robot = {"id": 9, "is_bot": True, "first_name": "Example"}
    robots = api.write("library se24")
    robots["message"]["from"] = robot
    await nearby.hear(robots)
    await nearby.hear(api.write("library se24", via_bot=api.bot))
    assert await nearby.count("SELECT count(*) FROM event") == 0


async def test_an_inline_query_offers_places_to_send(nearby: Bot) -> None:
    """A place each; without a place to look around, a way to a private chat. Nothing of it is remembered."""
    api = nearby.api
    query = api.ask_inline("library se24")
    await nearby.hear(query)
    answered = api.inline[query["inline_query"]["id"]]
    assert PLACE in [one["title"] for one in answered["results"]]
    query = api.ask_inline("library")
    await nearby.hear(query, api.ask_inline("stop"))
    answered = api.inline[query["inline_query"]["id"]]
    assert answered["results"] == []
    assert answered["button"]["start_parameter"] == "Libraries"
    assert await nearby.count("SELECT count(*) FROM conversation") == 0


async def test_a_crisis_is_met_inline_too(nearby: Bot) -> None:
    """With whom to ring."""
    api = nearby.api
    query = api.ask_inline("i want to kill myself")
    await nearby.hear(query)
    (one,) = api.inline[query["inline_query"]["id"]]["results"]
    assert "116 123" in one["input_message_content"]["message_text"]


async def test_whoever_blocks_us_is_sent_nothing_more(nearby: Bot) -> None:
    """What waits for them is given up; a group that puts us out likewise."""
    api = nearby.api
    for chat in (private(7), group()):
        update = api.write("@example_nearby_bot library se24", chat=chat)
        await nearby.post(update)
        event = inbound.event(update, me_of(BOT))
        assert event is not None
        await nearby.whole.taker.take(event)
        await nearby.hear(api.leave(chat, "kicked" if chat["id"] > 0 else "left"))
    assert api.texts() == []
    states = {row.reason for row in await nearby.rows("SELECT reason FROM notice")}
    assert states == {"room_gone"}


async def test_a_group_that_became_a_supergroup_is_followed(nearby: Bot) -> None:
    """The answer goes to where the group is now."""
    api, old = nearby.api, group(-5, "group")
    api.moves[-5] = -1005
    await nearby.hear(api.write("@example_nearby_bot library se24", chat=old))
    assert PLACE in api.texts(-1005)[0]


async def test_an_answer_in_a_topic_stays_in_it(nearby: Bot) -> None:
    """Under the question."""
    api = nearby.api
    update = api.write(
        "@example_nearby_bot library se24", chat=group(), message_thread_id=77, is_topic_message=True
    )
    await nearby.hear(update)
    (sent,) = api.called("sendMessage")
    assert sent["message_thread_id"] == 77
    assert sent["reply_parameters"]["message_id"] == update["message"]["message_id"]


async def test_recorded_payloads_go_through_the_whole_wiring(nearby: Bot, shared: Path) -> None:
    """As a real bot was sent them."""
    recorded = json.loads((shared / "specs/telegram/payloads/telegram.json").read_text())
    nearby.telegram.channel.me = Me(int(recorded["botUserId"]), recorded["botName"])
    for name in ("mention", "followUp"):
        assert (await nearby.post(recorded[name])).status_code == 200
        event = inbound.event(recorded[name], nearby.telegram.channel.me)
        assert event is not None
        assert await nearby.whole.taker.take(event)
    await nearby.send()
    person = recorded["mention"]["message"]["chat"]["id"]
    assert len(nearby.api.texts(person)) == 2
    assert "vercelchatsdkbot" not in "".join(nearby.api.texts(person))


def test_the_specification_is_at_hand(shared: Path) -> None:
    """Where it is not, requests are not held against it: then this is skipped, and says so."""
    assert specification() is not None
    assert shared.is_dir()


async def _said(nearby: Bot, text: str) -> str:
    await nearby.hear(nearby.api.write(text))
    return nearby.api.texts(7)[-1]
