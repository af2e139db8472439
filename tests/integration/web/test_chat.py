"""The chat as its visitors meet it, with and without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bots.conversation.wording import web as words
from directory.store.writing import look
from tests.fakes.website import Website, texts, website

if TYPE_CHECKING:
    from tests.integration.web.conftest import Clock


async def rows(site: Website, query: str) -> list[tuple[Any, ...]]:
    """What the store holds."""
    return await look(
        site.app.store, lambda connection: [tuple(row) for row in connection.execute(sa.text(query))]
    )


def hidden(page: str, name: str) -> str:
    """A hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


async def test_the_page_works_without_javascript(site: Website) -> None:
    """A question, a place to choose, a page further and details, by forms alone."""
    page = (await site.client.get("/")).text
    asked = await site.form(text="library", room=hidden(page, "room"), nonce=hidden(page, "nonce"))
    assert "Libraries: where should I look?" in asked.text
    found = await site.form(text="se24", room=hidden(asked.text, "room"), nonce=hidden(asked.text, "nonce"))
    assert "Herne Street Library (example)" in found.text
    (tapped,) = re.findall(r'name="choice" value="(hit:0~\w+)"', found.text)
    more = await site.form(choice=tapped, room=hidden(found.text, "room"), nonce=hidden(found.text, "nonce"))
    assert "Run by" in more.text
    assert words.TRY in page
    assert words.TRY not in found.text


async def test_one_conversation_goes_on_in_its_room_and_no_other(site: Website) -> None:
    first = await site.say("library")
    second = await site.say("se24", room=first["room"])
    assert "Libraries near SE24" in texts(second["notices"])
    stranger = await site.say("se24")
    assert "Libraries near SE24" not in texts(stranger["notices"])


async def test_the_same_message_sent_again_is_answered_once_with_the_same(site: Website) -> None:
    """A telephone that lost the answer, or a page that was loaded again."""
    begun = await site.say()
    sent = {"text": "library se24", "room": begun["room"], "nonce": "n1"}
    first, again = await site.say(**sent), await site.say(**sent)
    assert first["notices"] == again["notices"]
    assert len(first["notices"]) == 1
    assert len(await rows(site, "SELECT id FROM event")) == 1


async def test_other_words_from_an_older_page_are_another_message(site: Website) -> None:
    begun = await site.say()
    page = {"room": begun["room"], "nonce": "n1"}
    await site.say("library se24", **page)
    other = await site.say("food bank se24", **page)
    assert any("Food banks" in text for text in texts(other["notices"]))


async def test_what_was_written_is_erased_and_what_arrived_too(site: Website) -> None:
    """The next message says that the answer before it arrived."""
    begun = await site.say()
    first = await site.say("library se24", room=begun["room"])
    assert await rows(site, "SELECT payload FROM event") == [(None,)]
    await site.say("food bank se24", room=first["room"])
    assert [state for (state,) in await rows(site, "SELECT state FROM notice WHERE body IS NULL")] == ["sent"]
    (sealed,) = await rows(site, "SELECT body FROM notice WHERE body IS NOT NULL")
    assert b"Food" not in sealed[0]


async def test_an_answer_can_be_fetched_again_until_the_next_message(site: Website) -> None:
    """A page that was loaded again shows where it was."""
    begun = await site.say()
    first = await site.say("library se24", room=begun["room"])
    assert (await site.say(room=begun["room"]))["notices"] == first["notices"]
    assert (await site.say(room=first["room"]))["notices"] == []


async def test_a_room_that_expired_is_said_and_started_anew(site: Website) -> None:
    back = await site.say("library se24", room="forged")
    assert texts(back["notices"][0]) == [words.LOST_ROOM]
    assert "Libraries near SE24" in texts(back["notices"])


async def test_a_location_is_used(site: Website) -> None:
    asked = await site.say("library")
    near = await site.say(room=asked["room"], location=[51.4526, -0.1014])
    assert "Libraries near you" in texts(near["notices"])


async def test_what_stands_under_an_answer_leads_on(site: Website) -> None:
    """Open now, further away, and from one place back to the list; each as somebody taps it."""

    async def tap(page: dict[str, Any], label: str) -> dict[str, Any]:
        (choice,) = [one for one in page["notices"][-1]["choices"] if one["label"] == label]
        return await site.say(room=page["room"], choice=choice["id"])

    listed = await site.say("library se24")
    now = await tap(listed, "Open now")
    assert any("open now" in text for text in texts(now["notices"]))
    first = listed["notices"][-1]["blocks"][1]
    one = await site.say(room=now["room"], choice=now["notices"][-1]["blocks"][1]["choice"]["id"])
    assert "Run by" in " ".join(texts(one["notices"]))
    assert any("open now" in text for text in texts((await tap(one, "Back to the list"))["notices"]))
    wrong = await tap(one, "This is wrong")
    assert any("Thank you for telling me" in text for text in texts(wrong["notices"]))
    assert first["rows"][0]["text"] in texts((await tap(listed, "Further away"))["notices"])


async def test_starting_again_forgets(site: Website) -> None:
    first = await site.say("library se24")
    again = await site.say("start again", room=first["room"])
    assert "All forgotten. What do you need, and where?" in texts(again["notices"])


async def test_no_cookie_and_nothing_from_elsewhere(site: Website) -> None:
    """The policy allows what is ours alone, and the page asks for no more."""
    for answered in (await site.client.get("/chat"), await site.form(text="library se24")):
        assert "set-cookie" not in answered.headers
        policy = answered.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answered.headers["cache-control"] == "no-store"
        assert re.findall(r'(?:src|href)="(https?://[^"]*)"', answered.text.split("<main")[0]) == []
        assert "<style" not in answered.text
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", answered.text)


async def test_files_are_served_by_their_name_alone(site: Website) -> None:
    page = (await site.client.get("/chat")).text
    names = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(names) >= 4
    for name in names:
        answered = await site.client.get(name)
        assert answered.status_code == 200
        assert "immutable" in answered.headers["cache-control"]
    for name in ("widget.js", "..%2Fpages.py", "nothing.css"):
        assert (await site.client.get(f"/static/{name}")).status_code == 404


async def test_the_widget_may_be_asked_from_any_page_without_credentials(site: Website) -> None:
    script = await site.client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    asked = await site.client.options(
        "/chat", headers={"Origin": "https://council.example", "Access-Control-Request-Method": "POST"}
    )
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in asked.headers
    answered = await site.client.post(
        "/chat", json={"text": "hello"}, headers={"Origin": "https://council.example"}
    )
    assert answered.headers["access-control-allow-origin"] == "*"


async def test_who_says_too_much_is_asked_to_wait(site: Website, clock: Clock) -> None:
    """And may go on after that."""
    room = (await site.say())["room"]
    statuses = [(await site.say("hello", room=room, nonce=str(number)))["status"] for number in range(20)]
    assert statuses == [200] * 14 + [429] * 6  # with the one before, fifteen at once
    refused = await site.client.post("/chat", json={"text": "hello", "room": room})
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["problem"] == words.PROBLEMS["too_fast"]
    clock.on(seconds=60)
    assert (await site.say("hello", room=room))["status"] == 200


async def test_an_address_has_a_limit_too(site: Website, clock: Clock) -> None:
    """New rooms do not get around it."""
    statuses = [(await site.say())["status"] for _ in range(160)]
    assert statuses.count(429) == 10
    clock.on(minutes=5)
    assert (await site.say())["status"] == 200


async def test_made_up_places_are_marked(site: Website, examples_url: str, clock: Clock) -> None:
    assert words.MADE_UP in (await site.client.get("/")).text
    async with website(examples_url, clock) as other:
        assert words.MADE_UP not in (await other.client.get("/")).text


@pytest.mark.parametrize("path", ["/", "/chat"])
async def test_a_page_can_be_asked_for_without_its_body(site: Website, path: str) -> None:
    answered = await site.client.head(path)
    assert answered.status_code == 200


async def test_with_the_role_taken_away_there_is_no_chat(examples_url: str, clock: Clock) -> None:
    async with website(examples_url, clock, chat=False) as other:
        assert (await other.client.get("/chat")).status_code == 404
        assert (await other.client.get("/widget.js")).status_code == 404
        assert (await other.client.get("/healthz")).status_code == 200
