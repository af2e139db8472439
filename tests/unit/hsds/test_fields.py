"""Each single field is used, or left out with a reason; never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds import fields, times
from directory.hsds.fields import Unusable
from directory.hsds.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary().map(repr),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
CHECKS = sorted({check for shape in SHAPES.values() for check in shape.checks.values()}, key=repr)


def reason(check: Callable[[object], object], value: object) -> str:
    """The reason for which a check leaves a value out."""
    with pytest.raises(Unusable) as caught:
        check(value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("check", "value", "expected"),
    [
        (fields.text, "  as it is ", "as it is"),
        (fields.text, "two\nlines", "two\nlines"),
        (fields.text, "a\x00b\x1b\ud800c", "abc"),
        (fields.text, "\ufeffa\u202eb\u2066c", "abc"),
        (fields.text, "\u0627\u200f \u0645", "\u0627\u200f \u0645"),
        (fields.text, "caf\u00e9 \u00a0\u2014 \u0416", "caf\u00e9 \u00a0\u2014 \u0416"),
        (fields.text, " \u00a0 ", None),
        (fields.text, 2071234567, "2071234567"),
        (fields.text, 2.5, "2.5"),
        (fields.identifier, "a/b %20 c", "a/b %20 c"),
        (fields.identifier, " spaced ", " spaced "),
        (fields.identifier, 17, "17"),
        (fields.identifier, " ", None),
        (fields.email, "Help.Desk+1@example.org", "Help.Desk+1@example.org"),
        (fields.email, "mailto:help@example.org", "help@example.org"),
        (fields.email, "", None),
        (fields.web_address, "HTTPS://example.org/a?b=c#d", "HTTPS://example.org/a?b=c#d"),
        (fields.web_address, "www.example.org/a", "http://www.example.org/a"),
        (fields.phone_number, "020 7946 0001 (ext. 3)", "020 7946 0001 (ext. 3)"),
        (fields.phone_number, 2079460001, "2079460001"),
        (fields.phone_number, "111", "111"),
        (fields.latitude, "51.5", 51.5),
        (fields.longitude, -180, -180.0),
        (fields.age, 0, 0.0),
        (fields.age, "17.5", 17.5),
        (fields.amount, "\u00a32.50", 2.5),
        (fields.amount, 0, 0.0),
        (fields.amount, " ", None),
        (fields.boolean, "Yes", True),
        (fields.boolean, 0, False),
        (fields.boolean, "", None),
        (fields.status, " Active ", "active"),
        (fields.status, "temporarily_closed", "temporarily closed"),
        (fields.language_code, "en_GB", "en-gb"),
    ],
)
def test_what_can_be_read_in_one_way_is_used(
    check: Callable[[object], object], value: object, expected: object
) -> None:
    found = check(value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("check", "value", "expected"),
    [
        (fields.text, ["a"], "not_text"),
        (fields.text, {}, "not_text"),
        (fields.text, True, "not_text"),
        (fields.text, float("nan"), "not_text"),
        (fields.text, 10**100, "not_text"),
        (fields.text, "x" * 20_001, "too_long"),
        (fields.identifier, "x" * 501, "bad_id"),
        (fields.identifier, "a\x00", "bad_id"),
        (fields.identifier, "a\ud800", "bad_id"),
        (fields.identifier, 1.5, "bad_id"),
        (fields.identifier, True, "bad_id"),
        (fields.email, "https://example.org/contact", "not_an_email"),
        (fields.email, "www.example.org", "not_an_email"),
        (fields.email, "one@example.org; two@example.org", "not_an_email"),
        (fields.email, "somebody at example.org", "not_an_email"),
        (fields.email, 12, "not_an_email"),
        (fields.web_address, "example.org", "not_a_web_address"),
        (fields.web_address, "javascript:alert(1)", "not_a_web_address"),
        (fields.web_address, 'https://example.org/"onload', "not_a_web_address"),
        (fields.web_address, "https://", "not_a_web_address"),
        (fields.web_address, "https://example.org " + "x" * 3_000, "not_a_web_address"),
        (fields.phone_number, "ask inside", "not_a_phone_number"),
        (fields.phone_number, "1234", "not_a_phone_number"),
        (fields.latitude, 100, "not_a_latitude"),
        (fields.longitude, "west", "not_a_longitude"),
        (fields.age, 151, "not_an_age"),
        (fields.age, -1, "not_an_age"),
        (fields.age, True, "not_an_age"),
        (fields.amount, -5, "not_an_amount"),
        (fields.amount, "free", "not_an_amount"),
        (fields.amount, 10**400, "not_an_amount"),
        (fields.amount, "inf", "not_an_amount"),
        (fields.amount, "1_0", "not_an_amount"),
        (fields.boolean, "perhaps", "not_a_boolean"),
        (fields.boolean, [], "not_a_boolean"),
        (fields.status, "open", "unknown_status"),
        (fields.language_code, "Welsh!", "not_a_language_code"),
    ],
)
def test_what_can_not_be_used_is_left_out_with_a_reason(
    check: Callable[[object], object], value: object, expected: str
) -> None:
    assert reason(check, value) == expected


def test_text_that_is_too_long_keeps_its_beginning() -> None:
    with pytest.raises(Unusable) as caught:
        fields.text("x" * 30_000)
    assert caught.value.kept == "x" * 20_000


@pytest.mark.parametrize("written", ["Example Desk <desk@example.org>", "Example Desk (desk@example.org)"])
def test_of_a_name_with_an_email_the_email_is_used_and_the_name_reported(written: str) -> None:
    with pytest.raises(Unusable) as caught:
        fields.email(written)
    assert (caught.value.reason, caught.value.kept) == ("email_with_name", "desk@example.org")


def test_a_number_too_long_to_be_written_is_left_out() -> None:
    assert reason(fields.text, 10**5000) == "not_text"
    assert reason(fields.identifier, 10**5000) == "bad_id"
    assert reason(fields.amount, 10**5000) == "not_an_amount"


@given(JSON)
def test_no_check_fails_on_anything_but_its_own_verdict(value: object) -> None:
    for check in CHECKS:
        try:
            found = check(value)
        except Unusable as unusable:
            found = unusable.kept
        assert not isinstance(found, list | dict)
        if isinstance(found, str):
            assert "\x00" not in found
            found.encode()


@given(st.text())
def test_text_that_is_clean_stays_clean(value: str) -> None:
    once = fields.text(value)
    assert once is None or fields.text(once) == once


@given(st.text(alphabet="0123456789:.- apmAPMZTnoonmidnight+"))
def test_a_time_is_read_as_hours_and_minutes_or_not_at_all(value: str) -> None:
    try:
        found = times.closing_time(value)
    except Unusable as unusable:
        assert unusable.reason == "not_a_time"  # noqa: PT017 - both outcomes are allowed
    else:
        assert found is None or "00:00" <= found <= "24:00"
