"""What people ask for besides a need, and what is understood of it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import conditions
from bots.conversation.ages import say
from bots.conversation.words import clean
from directory.search.query import Conditions

NOTHING = Conditions()

SENTENCES: list[tuple[str, Conditions]] = [
    ("yoga in leeds", NOTHING),
    ("free yoga", Conditions(free=True)),
    ("something free of charge", Conditions(free=True)),
    ("i've got no money", Conditions(free=True)),
    ("i dont have any money", Conditions(free=True)),
    ("havent got much money", Conditions(free=True)),
    ("free school meals", NOTHING),
    ("gluten free food", NOTHING),
    ("step free", Conditions(access=("step_free",))),
    ("a smoke free place", NOTHING),
    ("for my 7 year old", Conditions(age=(7, 7))),
    ("7yo boy", Conditions(age=(7, 7))),
    ("my son is 9", Conditions(age=(9, 9))),
    ("i'm 17", Conditions(age=(17, 17))),
    ("aged 12", Conditions(age=(12, 12))),
    ("18 month old", Conditions(age=(1, 1))),
    ("under 5s", Conditions(age=(0, 4))),
    ("under fives", Conditions(age=(0, 4))),
    ("for under 18s", Conditions(age=(0, 17))),
    ("over 60s", Conditions(age=(60, 120))),
    ("over 60", Conditions(age=(60, 120))),
    ("55+", Conditions(age=(55, 120))),
    ("for 5 to 11 year olds", Conditions(age=(5, 11))),
    ("ages 8-12", Conditions(age=(8, 12))),
    ("for pensioners", Conditions(age=(60, 120))),
    ("my nan", Conditions(age=(60, 120))),
    ("a toddler", Conditions(age=(1, 3))),
    ("for my teenager", Conditions(age=(13, 19))),
    ("teens", Conditions(age=(13, 19))),
    ("for young people", Conditions(age=(11, 25))),
    ("for kids", Conditions(age=(0, 17))),
    ("over 5 miles", NOTHING),
    ("within 5 miles", NOTHING),
    ("i am 5 minutes away", NOTHING),
    ("at 10", NOTHING),
    ("in a wheelchair", Conditions(wheelchair=True)),
    ("wheelchair accessible", Conditions(wheelchair=True)),
    ("with disabled access", Conditions(wheelchair=True)),
    ("no stairs", Conditions(access=("step_free",))),
    ("with a hearing loop", Conditions(access=("hearing_loop",))),
    ("disabled toilet", Conditions(access=("accessible_toilet",))),
    ("with parking", Conditions(access=("parking",))),
    ("in bsl", Conditions(access=("bsl",))),
    ("wheelchair and parking", Conditions(wheelchair=True, access=("parking",))),
    ("in polish", Conditions(language="pl")),
    ("Polish speaking", Conditions(language="pl")),
    ("someone who speaks urdu", Conditions(language="ur")),
    ("in Welsh", Conditions(language="cy")),
    ("nail polish", NOTHING),
    ("for women", Conditions(gender="women")),
    ("women only gym", Conditions(gender="women")),
    ("for men", Conditions(gender="men")),
    ("a mental health group", NOTHING),
    ("online", Conditions(online=True)),
    ("over the phone", Conditions(online=True)),
    ("no referral", Conditions(no_referral=True)),
    ("without a gp referral", Conditions(no_referral=True)),
    ("self-refer", Conditions(no_referral=True)),
    *(
        (text, Conditions(no_referral=True))
        for text in (
            "food bank without a voucher",
            "no voucher",
            "food bank no voucher needed",
            "ive not got a referral",
            "havent got a referral",
            "i haven't got a voucher",
            "not got a voucher",
            "dont have a voucher",
            "dont have any vouchers",
            "no referral needed",
            "self refer",
            "can i refer myself",
            "nobody to refer me",
            "can i just turn up",
            "couldn't get a food voucher",
            "dont need a referral",
            "without referral",
            "hasnt been given a referral",
            "self-referral",
            "no gp referral",
        )
    ),
    ("69F", Conditions(age=(69, 69), gender="women")),
    ("pt 74M", Conditions(age=(74, 74), gender="men")),
    ("M 32 anxiety", Conditions(age=(32, 32), gender="men")),
    ("client F, 45", Conditions(age=(45, 45), gender="women")),
    ("45 f", Conditions(age=(45, 45), gender="women")),
    ("gent 74", Conditions(age=(74, 74), gender="men")),
    ("lady, 81", Conditions(age=(81, 81))),
    ("client 74, aids", Conditions(age=(74, 74))),
    ("mam 83 up a farm track", Conditions(age=(83, 83))),
    ("my daughter 15 wont talk to us", Conditions(age=(15, 15))),
    ("dad 80 needs company", Conditions(age=(80, 80))),
    ("autistic son 8 clubs", Conditions(age=(8, 8))),
    ("for my nephew, hes 5", Conditions(age=(5, 5))),
    ("boy of 9", Conditions(age=(9, 9))),
    ("saturday club 8 yrs", Conditions(age=(8, 8))),
    ("26 y/o", Conditions(age=(26, 26))),
    ("6 yr old", Conditions(age=(6, 6))),
    ("baby 4/12", Conditions(age=(0, 0))),
    ("infant 18/12", Conditions(age=(1, 1))),
    ("baby 6/52", Conditions(age=(0, 0))),
    ("hes 9 weeks old", Conditions(age=(0, 0))),
    ("my little one is 5 months", Conditions(age=(0, 0))),
    ("she's only 3 weeks", Conditions(age=(0, 0))),
    ("my kids are 4 and 7", Conditions(age=(4, 7))),
    ("bringing up two boys at 64", Conditions(age=(64, 64))),
    ("my daughters two boys", NOTHING),
    ("my 2 girls", NOTHING),
    ("as a dad of under 18s", NOTHING),
    ("mum of 3", NOTHING),
    ("parent to two", NOTHING),
    ("family with 4 people", NOTHING),
    ("covid 2 years ago", NOTHING),
    ("clean for 2 years", NOTHING),
    ("a 25m swim", NOTHING),
    ("the m 25 motorway", NOTHING),
    ("HV: 26yo mum PND, baby 4/12", NOTHING),
    ("somewhere for my 13yo to go and a job club for me", NOTHING),
    (
        "free women only in polish over 60 no referral",
        Conditions(free=True, gender="women", language="pl", age=(60, 120), no_referral=True),
    ),
]


@pytest.mark.parametrize(("text", "meant"), SENTENCES)
def test_reads_conditions(text: str, meant: Conditions) -> None:
    """Each sentence gives its conditions and no others."""
    assert conditions.laid(conditions.find(text), Conditions()) == meant


def test_sees_when_it_should_come_to_the_home() -> None:
    """Somebody who can't get out asks for what comes to them."""
    for text in ("i am housebound", "can't get out", "home visits please", "at home"):
        assert "home" in {wish.kind for wish in conditions.find(text)}


def test_leaves_out_what_belongs_to_a_need() -> None:
    """The "men's" of a men's shed is no condition."""
    text = "men's shed"
    assert conditions.find(text)
    assert conditions.outside(conditions.find(text), [(0, len(text))]) == ()


def test_lays_new_conditions_over_old_ones() -> None:
    """A later age replaces an earlier one; access wishes add up."""
    before = Conditions(free=True, age=(7, 7), access=("parking",))
    after = conditions.laid(conditions.find("for my 9 year old, step free"), before)
    assert after == Conditions(free=True, age=(9, 9), access=("parking", "step_free"))


@pytest.mark.parametrize(
    ("years", "said"),
    [((7, 7), "age 7"), ((0, 4), "under 5s"), ((60, 120), "age 60 or over"), ((5, 11), "ages 5 to 11")],
)
def test_says_an_age(years: tuple[int, int], said: str) -> None:
    """An age is said back in a few words."""
    assert say(years) == said


@given(st.text(max_size=300))
def test_reads_any_text(text: str) -> None:
    """No text makes it fail, and nothing overlaps."""
    wishes = conditions.find(clean(text))
    ends = [wish.span for wish in sorted(wishes, key=lambda wish: wish.span)]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))
