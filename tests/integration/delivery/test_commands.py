"""What people may say to be remembered, left alone, shown what is held, and forgotten: on every channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bots.conversation.wording import people as words
from bots.delivery import remembering
from bots.delivery.notices import person_print
from bots.keys import keys_of
from bots.people import store as people
from bots.people.tables import person
from directory.store.writing import look, transact
from tests.fakes.channel import wrote
from tests.integration.delivery.conftest import KEYS

if TYPE_CHECKING:
    from tests.integration.delivery.conftest import Clock, House


async def said(house: House, text: str, person: str = "ann", **more: Any) -> str:
    """What is answered to a message; several messages are joined."""
    before = len(house.channel.platform.arrived)
    event = wrote(person, text, f"{before}-{text}", **more)
    await house.inbox.put(event)
    assert await house.taker.take(event)
    await house.sender.send_waiting()
    return "\n".join(one.text for one in house.channel.platform.arrived[before:])


async def test_home_is_where_to_look(house: House) -> None:
    """Set once, a question needs no place; another place still counts."""
    assert "where should I look" in await said(house, "library")
    assert "Home: LS9" in await said(house, "/settings home ls9")
    assert "Example Library" in await said(house, "library")
    assert "Home: LS9" in await said(house, "/settings")
    assert "Home: not set" in await said(house, "/settings home none")


async def test_a_home_that_is_not_clear_is_asked_again(house: House) -> None:
    """Nothing is changed by it."""
    assert await said(house, "/settings home nowhere at all") == words.UNKNOWN_HOME
    assert await said(house, "/settings home newport") == words.SEVERAL_HOMES
    assert words.UNCLEAR in await said(house, "/settings colour blue")
    assert await house.rows("person") == []


async def test_how_far_somebody_goes_is_kept_to(house: House) -> None:
    """What is beyond is not near, and is still named."""
    assert "up to 0.3 miles" in await said(house, "/settings far 0.5 km")
    answer = await said(house, "library in farby")
    assert "I found none near there. The nearest is further away" in answer
    assert "Example Library" in answer
    assert "How far: not set" in await said(house, "/settings far none")
    assert "I found none" not in await said(house, "library in farby")


async def test_stop_stops_all_but_answers(house: House, clock: Clock) -> None:
    """At once, with the word as with the command; what had waited is not sent later."""
    await said(house, "/settings language english")
    await house.post("news", person="ann", broadcast=True)
    for word in ("/stop", "Stop.", "unsubscribe"):
        assert await said(house, word) == words.STOPPED
    assert "Messages are off since 24 November 2025." in await said(house, "/mydata")
    assert "Example Library" in await said(house, "library ls9")
    assert await said(house, "/start") == words.START
    clock.on(60)
    await house.sender.send_waiting()
    assert "news" not in house.channel.platform.texts()
    assert "off since" not in await said(house, "/mydata")


async def test_my_data_is_all_that_is_held(house: House) -> None:
    """In words, from nothing to everything."""
    assert await said(house, "/mydata") == words.NOTHING_HELD
    await said(house, "library ls9")
    await said(house, "/settings home ls9")
    await house.post("news", person="ann", broadcast=True)
    answer = await said(house, "/mydata")
    for part in (
        "Home: LS9",
        "Since: 24 November 2025",
        "by: fake",
        "libraries, LS9",
        "wait to be sent to you: 1",
    ):
        assert part.lower() in answer.lower()


async def test_forgetting_leaves_nothing_but_a_proof(house: House) -> None:
    """The person, where they are reached, what they asked, what waited for them and what was sent."""
    await said(house, "/settings home ls9")
    await said(house, "library", room="group", private=False)
    await house.post("news", person="ann", broadcast=True)
    assert await said(house, "/forget") == words.FORGOTTEN
    for table in ("person", "identity", "conversation"):
        assert await house.rows(table) == []
    print_ = person_print(KEYS, "fake", "ann")
    whos = [row.who for row in await house.rows("notice", "id, who") if row.who]
    assert whos == [print_]  # of the confirmation alone
    assert "news" not in house.channel.platform.texts()
    answer = await said(house, "/mydata")
    assert answer.startswith(words.NOTHING_HELD)
    assert "You asked me to forget you on 24 November 2025" in answer
    assert "forget you" not in await said(house, "/mydata", "bob")


async def test_one_person_is_not_another(house: House) -> None:
    """What somebody set or erased is theirs alone."""
    await said(house, "/settings home ls9", "ann")
    await said(house, "/settings home ls9", "bob")
    await said(house, "/forget", "ann")
    assert "where should I look" in await said(house, "library", "ann")
    assert "Example Library" in await said(house, "library", "bob")


async def test_a_group_is_shown_nobodys_data(house: House) -> None:
    """In a group the answer is a way to a private chat."""
    for text in ("/settings", "/mydata"):
        assert await said(house, text, room="group", private=False) == words.PRIVATE_ONLY


async def test_the_other_commands(house: House) -> None:
    """A welcome, help, and a question as a command."""
    assert await said(house, "/start") == words.START
    assert "I find help" in await said(house, "/help")
    assert "Example Library" in await said(house, "/near library ls9")


async def test_a_conversation_in_a_group_is_each_ones_own(house: House) -> None:
    """Two people in one room do not answer for each other."""
    await said(house, "library ls9", "ann", room="group", private=False)
    assert "What do you need" in await said(house, "phone number?", "bob", room="group", private=False)


async def test_what_is_remembered_is_found_by_person(house: House, clock: Clock) -> None:
    """The latest of their conversations."""
    await said(house, "library ls9", "ann", room="group", private=False)
    whos = [people.Address("fake", "ann").print(KEYS)]
    state = await look(house.store, lambda connection: remembering.latest(connection, KEYS, whos, clock()))
    assert state is not None
    assert state.place is not None


async def test_settings_sealed_with_a_lost_key_are_as_if_unset(house: House) -> None:
    """The person is still answered."""
    await said(house, "/settings home ls9")
    lost = keys_of("s" * 32, "lost" * 8).seal(b"{}")
    await transact(house.store, lambda connection: connection.execute(person.update().values(settings=lost)))
    assert "Home: not set" in await said(house, "/settings")
