"""What records say, and the traps in how they say it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search import facts
from directory.search.query import Reach

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("fees", "state"),
    [
        (None, "unknown"),
        ("", "unknown"),
        ("Free", "free"),
        ("No charge", "free"),
        ("free of charge", "free"),
        ("This service is free.", "free"),
        ("Free to attend for all", "free"),
        ("All our services are free and confidential.", "free"),
        ("Free, donations welcome", "free"),
        ("£0.00", "free"),
        ("0", "free"),
        ("No fee", "free"),
        ("Free parking, £5 entry", "paid"),
        ("not free", "paid"),
        ("It isn't free", "paid"),
        ("from £3", "paid"),
        ("50p", "paid"),
        ("Charges apply", "paid"),
        ("There is a small charge", "paid"),
        ("free for under 5s", "unknown"),
        ("Free for residents", "unknown"),
        ("First session free", "unknown"),
        ("Free parking", "unknown"),
        ("Free tea and coffee", "unknown"),
        ("gluten-free food", "unknown"),
        ("Feel free to ask about the cost", "unknown"),
        ("Entry is free but there's a charge for classes", "unknown"),
        ("Suggested donation £2", "unknown"),
        ("Contact us for details", "unknown"),
        ("None", "unknown"),
    ],
)
def test_cost_in_words(fees: str | None, state: str) -> None:
    """Free only where it says so plainly; the words are kept."""
    assert facts.cost([], fees, DAY) == (state, fees or None)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([{"amount": 0}], ("free", "free")),
        ([{"amount": 0, "option": "Standard"}], ("free", "Standard: free")),
        ([{"amount": 0, "option": "Under 5s"}], ("unknown", "Under 5s: free")),
        (
            [{"amount": 0, "option": "Entry"}, {"amount": 0, "option": "Members"}],
            ("free", "Entry: free; Members: free"),
        ),
        ([{"amount": 4.5, "amount_description": "per class"}], ("paid", "£4.50 per class")),
        (
            [{"amount": 5, "option": "Adults"}, {"amount": 0, "option": "Children"}],
            ("paid", "Adults: £5; Children: free"),
        ),
        ([{"amount": 5, "currency": "EUR"}], ("paid", "5 EUR")),
        ([{"option": "Free"}], ("free", "Free")),
        ([{"amount": -1}], ("unknown", None)),
        ([{"amount": 35, "valid_to": date(2022, 12, 31)}], ("unknown", None)),
        ([{"amount": 35, "valid_from": date(2027, 1, 1)}, {"amount": 0}], ("free", "free")),
    ],
)  # fmt: skip
def test_cost_options(options: list[dict[str, Any]], expected: tuple[str, str | None]) -> None:
    """Amount 0 is free unless it is for some only; what is out of force does not count."""
    assert facts.cost(options, None, DAY) == expected


def test_a_price_in_words_stands_against_an_amount_of_nothing() -> None:
    """Two fields that disagree are not free."""
    assert facts.cost([{"amount": 0}], "£3 on the door", DAY)[0] == "paid"
    assert facts.cost([{"amount": 0}], "Free", DAY)[0] == "free"


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("Wheelchair accessible", "wheelchair", ""),
        ("Wheelchair", "wheelchair", ""),
        ("Wheelchair access is possible on all levels.", "wheelchair", ""),
        ("Wheelchair users welcome", "wheelchair", ""),
        ("Is there wheelchair access? Yes", "wheelchair", ""),
        ("no wheelchair access", "", "wheelchair"),
        ("not wheelchair accessible", "", "wheelchair"),
        ("Wheelchair access: no", "", "wheelchair"),
        ("Wheelchair: no", "", "wheelchair"),
        ("Wheelchair accessible venue: No", "", "wheelchair"),
        ("Is there wheelchair access? No", "", "wheelchair"),
        ("wheelchair access is not available", "", "wheelchair"),
        ("Unfortunately we don\u2019t have wheelchair access", "", "wheelchair"),
        ("unsuitable for wheelchair users", "", "wheelchair"),
        ("limited wheelchair access", "", ""),
        ("Not all areas are wheelchair accessible", "", ""),
        ("Wheelchair basketball", "", ""),
        ("Wheelchair accessible toilet", "accessible_toilet", ""),
        (
            "Accessible toilet, hearing loop and step-free access",
            "step_free hearing_loop accessible_toilet",
            "",
        ),
        ("Wheelchair access: yes. Hearing loop: no. Parking: Yes", "wheelchair parking", "hearing_loop"),
        ("No parking, wheelchair accessible", "", "parking"),
        ("No wheelchair access, hearing loop or lift", "", "wheelchair"),
        ("There is no lift but step free access on the ground floor", "step_free", "lift"),
        ("Induction loops are fitted", "hearing_loop", ""),
        ("no steps", "step_free", ""),
        ("Steps to the entrance, no ramp", "", ""),
        ("BSL interpreters", "bsl", ""),
        ("BSL interpreters on request", "", ""),
        ("Quiet room and lift", "lift quiet", ""),
        ("Stair lift", "", ""),
        ("", "", ""),
    ],
)
def test_access(text: str, present: str, absent: str) -> None:
    """A clause that denies or limits claims nothing."""
    rows = [{"description": text}]
    assert facts.access(rows, [], None) == tuple(present.split())
    assert facts.access_known_absent(rows, [], None) == tuple(absent.split())


def test_access_is_read_from_terms_and_in_passing_from_a_description() -> None:
    """Where one source denies what another claims, it is not claimed."""
    assert facts.access([], ["Wheelchair accessible", "Community"], None) == ("wheelchair",)
    assert facts.access([], [], "Our hall is wheelchair accessible. Lifts to hospital.") == ("wheelchair",)
    assert facts.access([{"details": "Wheelchair accessible"}], [], "There is no wheelchair access.") == ()


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"code": "pa"}, ("pa",)),
        ({"code": "PAN"}, ("pa",)),
        ({"code": "en-GB"}, ("en",)),
        ({"name": "Punjabi/Panjabi"}, ("pa",)),
        ({"name": "Farsi (Persian)"}, ("fa",)),
        ({"name": "British Sign Language (BSL)"}, ("bfi",)),
        ({"name": "Cymraeg"}, ("cy",)),
        ({"language": "English, Polish and Scottish Gaelic"}, ("gd", "en", "pl")),
        ({"code": "??", "name": "Urdu"}, ("ur",)),
        ({"name": "Klingon"}, ()),
        ({"id": "1"}, ()),
    ],
)
def test_languages(row: dict[str, Any], codes: tuple[str, ...]) -> None:
    """By code, by name, several in one field; the UK profile's bare ids tell nothing."""
    assert facts.languages([row]) == codes


def test_language_bits_fit_a_signed_integer() -> None:
    """62 of their own, the others share one."""
    assert sorted(facts.LANGUAGE_BITS.values()) == list(range(62))
    assert facts.language_mask(["en", "xx"]) == 1 | 1 << 62
    assert facts.language_mask(facts.LANGUAGE_BITS) < 1 << 62


@pytest.mark.parametrize(
    ("service", "eligibility", "expected"),
    [
        ({"minimum_age": 12.0, "maximum_age": 100.0}, [], (12.0, 100.0)),
        ({"minimum_age": 0, "maximum_age": 0}, [], (None, None)),
        ({"minimum_age": 18}, [{"minimum_age": 5}], (18.0, None)),
        ({"minimum_age": 65, "maximum_age": 18}, [], (None, None)),
        ({"minimum_age": -1, "maximum_age": 999}, [], (None, None)),
        ({}, [{"minimum_age": 5, "maximum_age": 11}, {"minimum_age": 12, "maximum_age": 16}], (5.0, 16.0)),
        ({}, [{"minimum_age": 5, "maximum_age": 11}, {"minimum_age": 12}], (5.0, None)),
        ({}, [{}], (None, None)),
    ],
)
def test_ages(service: dict[str, Any], eligibility: list[dict[str, Any]], expected: tuple[Any, Any]) -> None:
    """Its own, else all that its eligibility rows reach; what cannot be is left out."""
    assert facts.ages(service, eligibility) == expected


@pytest.mark.parametrize(
    ("name", "description", "eligibility", "expected"),
    [
        ("Women's refuge", "", (), "women"),
        ("Gym", "Exclusively for women", (), "women"),
        ("Counselling", "", ("Women only",), "women"),
        ("Men\u2019s Shed", "A workshop for older men.", (), "men"),
        ("Men's Shed", "Open to men and women", (), None),
        ("Women's Aid", "We support women and men", (), None),
        ("Men's group", "Women are welcome", (), None),
        ("Swimming", "With women-only sessions", (), None),
        ("Treatment", "Management of pain", (), None),
        ("Coffee morning", "For everyone", (), None),
    ],
)
def test_gender(name: str, description: str, eligibility: tuple[str, ...], expected: str | None) -> None:
    """Only where it is plainly for women or for men alone."""
    assert facts.gender(name, description, eligibility) == expected


@pytest.mark.parametrize(
    ("text", "attributes", "expected"),
    [
        ("Self-referral or GP referral", (), "not_needed"),
        ("No referral needed", (), "not_needed"),
        ("Just drop in", (), "not_needed"),
        (None, ("drop-in",), "not_needed"),
        ("GP referral only", (), "needed"),
        ("By referral from a professional", (), "needed"),
        ("You must be referred by a social worker", (), "needed"),
        ("No self-referrals", (), "needed"),
        (None, ("referral",), "needed"),
        ("Drop-in, or by referral", (), None),
        ("We can refer you to others", (), None),
        ("No drop in", (), None),
        (None, (), None),
    ],
)
def test_referral(text: str | None, attributes: tuple[str, ...], expected: str | None) -> None:
    """Whether somebody must send you, where that is said."""
    assert facts.referral(text, attributes) == expected


@pytest.mark.parametrize(
    ("service", "locations", "areas", "texts", "attending", "expected"),
    [
        ({}, ["physical"], [], [], [], Reach.PLACE),
        ({}, [None], [], [], [], Reach.PLACE),
        ({}, ["physical"], [], ["Online support group"], [], Reach.PLACE),
        ({"attending_type": "home visit"}, ["physical"], [], [], [], Reach.AREA),
        ({}, ["virtual"], [], [], [], Reach.ONLINE),
        ({}, ["physical", "virtual"], [], [], [], Reach.PLACE),
        ({}, ["postal"], ["Leeds"], [], [], Reach.AREA),
        ({"attending_type": "phone"}, [], [], [], [], Reach.ONLINE),
        ({}, [], [], [], ["online"], Reach.ONLINE),
        ({}, [], [], [], ["in-person", "online"], Reach.UNPLACED),
        ({}, [], ["Leeds"], [], [], Reach.AREA),
        ({}, [], ["Leeds"], ["A telephone helpline"], [], Reach.ONLINE),
        ({}, [], [], ["We visit people in their own homes"], [], Reach.AREA),
        ({}, [], [], ["Our club room"], [], Reach.UNPLACED),
    ],
)
def test_reach(  # noqa: PLR0917  # the table's columns
    service: dict[str, Any],
    locations: list[str | None],
    areas: list[str],
    texts: list[str],
    attending: list[str],
    expected: Reach,
) -> None:
    """A place where there is one; else online, to you, or nowhere that is known."""
    rows = [{"location_type": kind} for kind in locations]
    assert facts.reach(service, rows, [{"name": name} for name in areas], texts, attending) is expected


@given(st.text(), st.text())
def test_no_text_makes_any_of_them_fail(one: str, two: str) -> None:
    """Whatever a publisher wrote, each gives an answer."""
    assert facts.cost([{"option": one, "amount": None}], two, DAY)[0] in {"free", "paid", "unknown"}
    assert set(facts.access([{"description": one}], [two], one)) <= set(facts.FLAGS)
    assert isinstance(facts.languages([{"name": one, "code": two}]), tuple)
    assert facts.gender(one, two) in {"women", "men", None}
    assert facts.referral(one, [two]) in {"needed", "not_needed", None}
    assert facts.reach({}, [], [], [one, two]) in set(Reach)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Voucher from an advice worker, school or surgery", "needed"),
        ("You need a voucher.", "needed"),
        ("Vouchers are required", "needed"),
        ("Bring a food bank voucher", "needed"),
        ("No voucher needed", "not_needed"),
        ("Come without a voucher", "not_needed"),
        ("Vouchers are not needed, just turn up", "not_needed"),
        ("We accept Healthy Start vouchers", None),
        ("Win a voucher", None),
    ],
)
def test_a_voucher_from_somebody_else_is_a_referral(text: str, said: str | None) -> None:
    """Whoever has none is sent away."""
    assert facts.referral(text) == said
