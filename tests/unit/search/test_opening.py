"""Open, closed or unknown: each rule of docs/decisions/0003-opening-hours.md with an example."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.search.opening import Rule, hours, hours_text, pack, rules_of, unpack
from directory.search.query import Hours, Openness, When

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def row(byday: str | None, opens: str | None, closes: str | None, **more: Any) -> dict[str, Any]:
    """A weekly schedule row, an example."""
    return {"freq": "WEEKLY", "interval": 1, "byday": byday, "opens_at": opens, "closes_at": closes} | more


def at(text: str, fold: int = 0) -> datetime:
    """A local time in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def ask(
    rows: list[dict[str, Any]], text: str, *, until: str | None = None, exceptions: Any = (), fold: int = 0
) -> Hours:
    """Ask about a moment, or a stretch, in London's local time."""
    start = at(text, fold)
    when = When(start, at(until) if until else start)
    return hours(rules_of(rows, exceptions), when, now=NOW, timezone=LONDON)


OFFICE = [row("MO,TU,WE,TH,FR", "09:00", "17:00")]
LUNCH = [row("MO", "09:30", "13:00"), row("MO", "14:00", "17:00")]
CLUB = [row("SA,SU", "22:00", "03:00")]
ALWAYS = [row("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]


@pytest.mark.parametrize(
    ("rows", "text", "state"),
    [
        (OFFICE, "2026-11-20T12:00", "open"),
        (OFFICE, "2026-11-20T09:00", "open"),
        (OFFICE, "2026-11-20T08:59", "closed"),
        (OFFICE, "2026-11-20T17:00", "closed"),
        (OFFICE, "2026-11-21T12:00", "closed"),
        (LUNCH, "2026-11-23T13:00", "closed"),
        (LUNCH, "2026-11-23T14:00", "open"),
        (CLUB, "2026-11-21T23:00", "open"),
        (CLUB, "2026-11-22T02:59", "open"),
        (CLUB, "2026-11-22T03:00", "closed"),
        (CLUB, "2026-11-23T02:00", "open"),
        (CLUB, "2026-11-21T02:00", "closed"),
        (ALWAYS, "2026-11-22T23:59", "open"),
        (ALWAYS, "2026-11-22T00:00", "open"),
        ([], "2026-11-20T12:00", "unknown"),
    ],
)
def test_a_moment(rows: list[dict[str, Any]], text: str, state: str) -> None:
    """Opening counts, closing does not; past midnight belongs to the day it opened."""
    assert ask(rows, text).state == state


def test_an_open_place_says_when_it_closes() -> None:
    """In local time, with the offset of that day."""
    assert ask(OFFICE, "2026-11-20T12:00") == Hours(Openness.OPEN, closes_at=at("2026-11-20T17:00"))


def test_a_closed_place_says_when_it_opens_next() -> None:
    """Friday evening: on Monday morning."""
    assert ask(OFFICE, "2026-11-20T18:00") == Hours(Openness.CLOSED, opens_at=at("2026-11-23T09:00"))


def test_closing_looks_over_rows_that_touch() -> None:
    """Staffed and unstaffed hours behind one another are one opening."""
    rows = [
        row("MO", "09:00", "13:00", description="Staffed hours"),
        row("MO", "13:00", "20:00", description="Open without staff"),
    ]
    assert ask(rows, "2026-11-23T10:00").closes_at == at("2026-11-23T20:00")


def test_open_until_midnight_and_on_from_midnight_is_one_opening() -> None:
    """Friday to 23:59, Saturday from 00:00 to 02:00."""
    rows = [row("FR", "18:00", "23:59"), row("SA", "00:00", "02:00")]
    assert ask(rows, "2026-11-20T20:00").closes_at == at("2026-11-21T02:00")


def test_round_the_clock_has_no_closing_time() -> None:
    """00:00 to 23:59 on every day."""
    assert ask(ALWAYS, "2026-11-20T12:00") == Hours(Openness.OPEN)


@pytest.mark.parametrize(
    ("validity", "text", "state"),
    [
        ({"valid_to": date(2026, 11, 19)}, "2026-11-20T12:00", "unknown"),
        ({"valid_to": date(2026, 11, 20)}, "2026-11-20T12:00", "open"),
        ({"until": date(2026, 11, 19)}, "2026-11-20T12:00", "unknown"),
        ({"until": date(2026, 11, 20)}, "2026-11-20T12:00", "open"),
        ({"dtstart": date(2026, 11, 6), "count": 10}, "2026-11-20T12:00", "unknown"),
        ({"dtstart": date(2026, 11, 6), "count": 11}, "2026-11-20T12:00", "open"),
        ({"count": 3}, "2026-11-20T12:00", "unknown"),
        ({"valid_from": date(2026, 11, 21)}, "2026-11-20T12:00", "unknown"),
        ({"valid_from": date(2026, 11, 20)}, "2026-11-20T12:00", "open"),
        ({"valid_from": date(2026, 12, 1), "valid_to": date(2026, 1, 1)}, "2026-11-20T12:00", "unknown"),
    ],
)
def test_a_rule_out_of_force_says_nothing(validity: dict[str, Any], text: str, state: str) -> None:
    """Hours that ended are unknown, never closed."""
    assert ask([OFFICE[0] | validity], text).state == state


def test_summer_and_winter_hours_follow_one_another() -> None:
    """Each counts while it is in force."""
    summer = row("SA", "09:00", "17:00", valid_to=date(2026, 9, 30))
    winter = row("SA", "10:00", "13:00", valid_from=date(2026, 10, 1))
    assert ask([summer, winter], "2026-11-21T15:00").state is Openness.CLOSED
    assert ask([summer, winter], "2026-09-26T15:00").state is Openness.OPEN


def _monthly(byday: str | None = None, **more: Any) -> list[dict[str, Any]]:
    return [{"freq": "MONTHLY", "byday": byday, "opens_at": "10:00", "closes_at": "12:00"} | more]


@pytest.mark.parametrize(
    ("rows", "text", "state"),
    [
        (_monthly("2MO"), "2026-11-09T11:00", "open"),
        (_monthly("2MO"), "2026-11-16T11:00", "closed"),
        (_monthly("-1FR"), "2026-11-27T11:00", "open"),
        (_monthly("-1FR"), "2026-11-20T11:00", "closed"),
        (_monthly("5SU"), "2026-11-29T11:00", "open"),
        (_monthly("1TU,3TU"), "2026-11-17T11:00", "open"),
        (_monthly(bymonthday="1,15"), "2026-11-15T11:00", "open"),
        (_monthly(bymonthday="-1"), "2026-11-30T11:00", "open"),
        (_monthly(bymonthday="-1"), "2026-11-29T11:00", "closed"),
        (_monthly("MO"), "2026-11-23T11:00", "unknown"),
        (_monthly("MO"), "2026-11-23T13:00", "closed"),
        (_monthly("MO"), "2026-11-24T11:00", "closed"),
        (_monthly("2MO", interval=2), "2026-11-09T11:00", "unknown"),
        (_monthly("2MO", interval=2, dtstart=date(2026, 9, 14)), "2026-11-09T11:00", "open"),
        (_monthly("2MO", interval=2, dtstart=date(2026, 10, 12)), "2026-11-09T11:00", "closed"),
        ([row("2MO", "10:00", "12:00")], "2026-11-09T11:00", "unknown"),
    ],
)
def test_months(rows: list[dict[str, Any]], text: str, state: str) -> None:
    """The nth and the nth last weekday, days of the month; what is ambiguous is unknown at those times."""
    assert ask(rows, text).state == state


@pytest.mark.parametrize(
    ("more", "text", "state"),
    [
        ({"interval": 2}, "2026-11-23T11:00", "unknown"),
        ({"interval": 2}, "2026-11-24T11:00", "closed"),
        ({"interval": 2, "dtstart": date(2026, 11, 9)}, "2026-11-23T11:00", "open"),
        ({"interval": 2, "dtstart": date(2026, 11, 11)}, "2026-11-23T11:00", "open"),
        ({"interval": 2, "dtstart": date(2026, 11, 16)}, "2026-11-23T11:00", "closed"),
        ({"interval": 0, "dtstart": date(2026, 11, 16)}, "2026-11-23T11:00", "unknown"),
        ({"dtstart": date(2026, 12, 7)}, "2026-11-23T11:00", "unknown"),
    ],
)
def test_intervals(more: dict[str, Any], text: str, state: str) -> None:
    """Every second week counts from the week of `dtstart`; without it those days are unknown."""
    assert ask([row("MO", "10:00", "12:00", **more)], text).state == state


@pytest.mark.parametrize(
    ("rows", "text", "state"),
    [
        ([row(None, "10:00", "12:00")], "2026-11-20T11:00", "unknown"),
        ([row(None, "10:00", "12:00")], "2026-11-20T13:00", "closed"),
        ([row(None, "10:00", "12:00", dtstart=date(2026, 11, 6))], "2026-11-20T11:00", "open"),
        (
            [{"opens_at": "10:00", "closes_at": "12:00", "dtstart": date(2026, 11, 20)}],
            "2026-11-20T11:00",
            "open",
        ),
        (
            [{"opens_at": "10:00", "closes_at": "12:00", "dtstart": date(2026, 11, 20)}],
            "2026-11-27T11:00",
            "unknown",
        ),
        ([{"opens_at": "10:00", "closes_at": "12:00"}], "2026-11-20T11:00", "unknown"),
        ([{"byday": "FR", "opens_at": "10:00", "closes_at": "12:00"}], "2026-11-20T11:00", "open"),
        ([row("MO", None, None)], "2026-11-23T11:00", "unknown"),
        ([row("MO", None, None)], "2026-11-24T11:00", "unknown"),
        ([row("MO", None, None), row("TU", "10:00", "12:00")], "2026-11-23T11:00", "unknown"),
        ([row("MO", None, None), row("TU", "10:00", "12:00")], "2026-11-25T11:00", "closed"),
        ([row("SU", None, None, description="Closed"), *OFFICE], "2026-11-22T11:00", "closed"),
        ([row("MO", "10:00", None)], "2026-11-23T11:00", "unknown"),
        ([row("MO", "10:00", None)], "2026-11-23T09:00", "closed"),
        ([row("MO", "00:00", "00:00")], "2026-11-23T11:00", "unknown"),
        ([row("MO", "09:00", "05:00")], "2026-11-23T11:00", "unknown"),
        ([row("XX", "09:00", "17:00")], "2026-11-23T11:00", "unknown"),
        ([{"description": "Ring us"}], "2026-11-23T11:00", "unknown"),
        ([{"description": "Ring us"}, *OFFICE], "2026-11-22T11:00", "closed"),
    ],
)
def test_what_a_row_leaves_open_is_unknown(rows: list[dict[str, Any]], text: str, state: str) -> None:
    """No day, no time, or neither; and what cannot be read."""
    assert ask(rows, text).state == state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Term time only", "unknown"),
        ("by appointment", "unknown"),
        ("Appointment only", "unknown"),
        ("Not during school holidays", "unknown"),
        ("Fortnightly", "unknown"),
        ("First and third Monday of the month", "unknown"),
        ("Drop in, no appointment needed", "open"),
        ("Staffed hours", "open"),
        ("Open without staff", "open"),
        ("The service is not available on public holidays.", "open"),
    ],
)
def test_words_beside_the_hours_can_make_them_less_than_sure(words: str, state: str) -> None:
    """Outside those hours it stays closed."""
    for column in ("description", "notes"):
        rows = [row("MO", "10:00", "12:00", **{column: words})]
        assert ask(rows, "2026-11-23T11:00").state == state
        assert ask(rows, "2026-11-23T13:00").state is Openness.CLOSED


def test_on_a_bank_holiday_the_usual_hours_may_differ() -> None:
    """Christmas Day 2026 is a Friday."""
    assert ask(OFFICE, "2026-12-25T11:00") == Hours(
        Openness.OPEN, closes_at=at("2026-12-25T17:00"), may_differ=True
    )
    assert ask(OFFICE, "2026-12-25T18:00").may_differ
    assert not ask([], "2026-12-25T18:00").may_differ


def test_holiday_rows_stand_instead_of_the_usual_hours() -> None:
    """Closed on some dates, other hours on others; and nothing may differ then."""
    christmas = {"closed": True, "start_date": date(2026, 12, 25), "end_date": date(2026, 12, 28)}
    eve = {"closed": False, "start_date": date(2026, 12, 24), "open_at": "09:00", "closes_at": "12:00"}
    said = ask(OFFICE, "2026-12-24T13:00", exceptions=[christmas, eve])
    assert said == Hours(Openness.CLOSED, opens_at=at("2026-12-29T09:00"))
    assert ask(OFFICE, "2026-12-25T11:00", exceptions=[christmas]) == Hours(
        Openness.CLOSED, opens_at=at("2026-12-29T09:00")
    )
    assert ask([], "2026-12-25T11:00", exceptions=[christmas]).state is Openness.CLOSED
    assert ask([], "2026-12-29T11:00", exceptions=[christmas]).state is Openness.UNKNOWN


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("2026-11-23T00:00", "2026-11-24T00:00", ("open", "2026-11-23T09:30", "2026-11-23T13:00")),
        ("2026-11-23T12:00", "2026-11-23T18:00", ("open", "2026-11-23T12:00", "2026-11-23T13:00")),
        ("2026-11-23T13:00", "2026-11-23T18:00", ("open", "2026-11-23T14:00", "2026-11-23T17:00")),
        ("2026-11-23T13:00", "2026-11-23T14:00", ("closed", "2026-11-23T14:00", None)),
        ("2026-11-24T00:00", "2026-11-25T00:00", ("closed", "2026-11-30T09:30", None)),
        ("2026-11-21T00:00", "2026-11-24T00:00", ("open", "2026-11-23T09:30", "2026-11-23T13:00")),
    ],
)
def test_a_stretch(start: str, until: str, expected: tuple[str, str, str | None]) -> None:
    """Open where it is open at some moment of it; the end is outside."""
    said = ask(LUNCH, start, until=until)
    state, opens, closes = expected
    assert (said.state, said.opens_at, said.closes_at) == (state, at(opens), at(closes) if closes else None)


def test_a_stretch_that_begins_in_last_nights_opening_is_open() -> None:
    """Sunday from one o'clock at night."""
    said = ask(CLUB, "2026-11-22T01:00", until="2026-11-22T12:00")
    assert (said.state, said.closes_at) == (Openness.OPEN, at("2026-11-22T03:00"))


def test_hours_are_local_time_on_both_sides_of_a_change() -> None:
    """Nine o'clock is 08:00 UTC in October and 09:00 UTC in November."""
    for utc, state in [
        ("2026-10-23T08:00", "open"),
        ("2026-10-23T07:59", "closed"),
        ("2026-10-26T08:59", "closed"),
        ("2026-10-26T09:00", "open"),
    ]:
        moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
        assert hours(rules_of(OFFICE), When(moment, moment), now=NOW, timezone=LONDON).state == state


def test_the_hour_that_comes_twice_ends_the_first_time() -> None:
    """On 25 October 2026 the clock goes from 02:00 back to 01:00."""
    rows = [row("SU", "00:30", "01:30")]
    assert ask(rows, "2026-10-25T01:15").state is Openness.OPEN
    assert ask(rows, "2026-10-25T01:15").closes_at == at("2026-10-25T01:30")
    assert ask(rows, "2026-10-25T01:15", fold=1).state is Openness.CLOSED
    assert ask([row("SU", "01:00", "03:00")], "2026-10-25T01:15", fold=1).state is Openness.OPEN


def test_a_time_that_is_skipped_is_reached_at_the_jump() -> None:
    """On 29 March 2026 the clock goes from 01:00 on to 02:00."""
    assert ask([row("SU", "01:30", "04:00")], "2026-03-29T02:00").state is Openness.OPEN
    said = ask([row("SU", "01:30", "04:00")], "2026-03-29T00:00")
    assert said.opens_at is not None
    assert said.opens_at.astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert ask([row("SU", "00:00", "01:30")], "2026-03-29T02:00").state is Openness.CLOSED


def test_a_day_with_a_change_still_ends_at_midnight() -> None:
    """A stretch over the whole of a day with 25 hours."""
    said = ask([row("SU", "23:00", "23:30")], "2026-10-25T00:00", until="2026-10-26T00:00")
    assert said.opens_at == at("2026-10-25T23:00")
    assert said.opens_at is not None
    assert said.opens_at.utcoffset() == timedelta(0)


def test_another_time_zone_can_be_given() -> None:
    """For tests of the program elsewhere."""
    paris, moment = ZoneInfo("Europe/Paris"), datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert hours(rules_of(OFFICE), When(moment, moment), now=NOW, timezone=paris).state is Openness.OPEN


def test_packed_rules_are_short() -> None:
    """A plain weekly row is three numbers."""
    rules = rules_of([*OFFICE, *_monthly("2MO")])
    assert pack(rules)[0] == [540, 1020, 0b11111]
    assert unpack(pack(rules)) == rules
    assert unpack([]) == ()
    assert unpack([[540, 1020, 1]]) == (Rule(540, 1020, 1),)


def test_what_the_publisher_wrote_about_hours_is_kept_once() -> None:
    """Description and notes, without repetition."""
    rows = [{"description": "Staffed hours", "notes": "Ring first"}, {"description": "Staffed hours"}, {}]
    assert hours_text(rows) == "Staffed hours; Ring first"
    assert hours_text([{}]) is None
