"""What besides results an answer brings: other times, the council, no far noise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bots.conversation import conditions, finding
from bots.conversation.message import Kind
from bots.conversation.wording.english import say
from bots.conversation.words import clean
from directory.search.query import Conditions, Found, Query, Reach
from tests.fakes.directory import FakeSearch, hit, place
from tests.unit.conversation.test_respond import LIBRARIES, LONDON, NOW, ports, talk


class ShutNow(FakeSearch):
    """Nothing is open at any time that is asked about."""

    async def near(self, query: Query, /) -> Found:
        """Nothing, unless no time is asked about."""
        return Found() if query.when else await super().near(query)


async def test_says_what_is_open_at_another_time() -> None:
    """It is no answer, and better than nothing."""
    answer, _ = await talk("library ls9 on sunday", at=ports(ShutNow(LIBRARIES)))
    assert (answer.kind, answer.other_times, len(answer.alternatives)) == (Kind.NONE, True, 3)
    assert "open at other times" in say(answer, NOW, LONDON)


async def test_names_the_council_where_nothing_is_found() -> None:
    """By its name where the place is known to lie in it."""
    answer, _ = await talk("asdf qwer leeds")
    assert say(answer, NOW, LONDON).endswith("Leeds council may know more. Ask them or a library.")
    answer, _ = await talk("asdf qwer ls9")
    assert say(answer, NOW, LONDON).endswith("Your council may know more. Ask them or a library.")


async def test_sends_nobody_far_where_something_can_be_had_at_home() -> None:
    """A choir in Cardiff is no help to Leeds when there is one online."""
    far = hit("far", "Example Choir", lat=51.5, lon=-3.0, terms=("choirs",))
    online = hit("online", "Example Choir Online", reach=Reach.ONLINE, terms=("choirs",))
    answer, _ = await talk("choir ls9", at=ports(FakeSearch([far, online], ("choirs",))))
    assert answer.alternatives == ()
    answer, _ = await talk(
        "choir ls9", at=ports(FakeSearch([far, replace(far, service_id="2")], ("choirs",)))
    )
    assert len(answer.alternatives) == 1


@pytest.mark.parametrize(
    ("name", "council"), [("Bristol, City of", "Bristol"), ("Herefordshire, County of", "Herefordshire")]
)
def test_turns_a_council_s_name_round(name: str, council: str) -> None:
    """As people say it."""
    from directory.places.place import Kind as PlaceKind

    at = ports()
    known = place(name, 51.5, -2.6, kind=PlaceKind.AUTHORITY, lad="E1")
    at = replace(at, places=replace(at.places, known=[known]))  # type: ignore[type-var]
    assert finding.council(known, at) == council


MEANT: list[tuple[str, Conditions]] = [
    ("free or cheap yoga", Conditions()),
    ("my 7 and 9 year old", Conditions(age=(7, 9))),
    ("7 y/o", Conditions(age=(7, 7))),
    ("sixty plus", Conditions(age=(60, 120))),
    ("my mums 84", Conditions(age=(84, 84))),
    ("in her 80s", Conditions(age=(80, 89))),
    ("in my fifties", Conditions(age=(50, 59))),
    ("year 6", Conditions(age=(10, 11))),
    ("over the age of 50", Conditions(age=(50, 120))),
    ("my son turned 18", Conditions(age=(18, 18))),
    ("for blokes", Conditions(gender="men")),
    ("i speak only polish", Conditions(language="pl")),
    ("in portugese", Conditions(language="pt")),
    ("with a pram", Conditions(access=("step_free",))),
    ("parking permit", Conditions()),
    ("without seeing my gp", Conditions(no_referral=True)),
    ("free entry", Conditions(free=True)),
    ("can't pay my rent", Conditions()),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_reads_british_ways_to_say_a_condition(text: str, meant: Conditions) -> None:
    """Each gives its conditions and no others."""
    assert conditions.laid(conditions.find(clean(text)), Conditions()) == meant
