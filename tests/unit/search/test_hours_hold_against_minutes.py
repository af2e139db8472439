"""Hours agree with a slow minute-by-minute reading of the same rows, whatever the rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from directory.search.opening import hours, pack, rules_of, stretch_mask, unpack, week_mask
from directory.search.query import Openness, When
from tests.unit.search.hours_by_minute import state_by_minute

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
QUARTERS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)]
FIRST = date(2026, 10, 1)

some_days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True).map(",".join)
nth_days = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(WEEKDAYS)).map(
        lambda p: f"{p[0]}{p[1]}"
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(",".join)
month_days = st.lists(st.sampled_from([1, 2, 15, 30, 31, -1, -3]), min_size=1, max_size=3, unique=True).map(
    lambda days: ",".join(map(str, days))
)
dates = st.integers(0, 90).map(lambda days: FIRST + timedelta(days=days))
recurrences = st.one_of(
    st.fixed_dictionaries({"freq": st.just("WEEKLY"), "byday": some_days}),
    st.fixed_dictionaries(
        {"freq": st.just("WEEKLY"), "byday": some_days, "interval": st.integers(1, 4), "dtstart": dates}
    ),
    st.fixed_dictionaries({"freq": st.just("MONTHLY"), "byday": nth_days}),
    st.fixed_dictionaries({"freq": st.just("MONTHLY"), "bymonthday": month_days}),
    st.fixed_dictionaries(
        {"freq": st.just("MONTHLY"), "byday": nth_days, "interval": st.integers(1, 3), "dtstart": dates}
    ),
)
validity: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"valid_from": dates}),
    st.fixed_dictionaries({"valid_to": dates}),
)


def _within_a_night(row: dict[str, Any]) -> bool:
    """Longer past midnight than 18 hours counts as a slip, which the slow reading does not know."""
    opens, closes = QUARTERS.index(row["opens_at"]), ([*QUARTERS, "23:59"]).index(row["closes_at"])
    return opens < closes or (opens != closes and closes + 96 - opens <= 18 * 4)


times = st.fixed_dictionaries(
    {"opens_at": st.sampled_from(QUARTERS), "closes_at": st.sampled_from([*QUARTERS, "23:59"])}
).filter(_within_a_night)
rows_of = st.lists(
    st.tuples(recurrences, times, validity).map(lambda parts: parts[0] | parts[1] | parts[2]), max_size=5
)
minutes = st.integers(0, 75 * 1440).map(lambda m: datetime(2026, 10, 5) + timedelta(minutes=m))  # noqa: DTZ001


def _jumps(local: datetime) -> bool:
    """Say whether the clock is put back or forward on that day or the one before."""
    day = local.replace(hour=0, minute=0)
    offsets = {(day + timedelta(days=n)).replace(tzinfo=LONDON).utcoffset() for n in (-1, 2)}
    return len(offsets) > 1


def _moment(local: datetime) -> When:
    aware = local.replace(tzinfo=LONDON)
    return When(aware, aware)


@settings(max_examples=300, deadline=None)
@given(rows=rows_of, local=minutes)
def test_a_moment_is_what_its_minute_is(rows: list[dict[str, Any]], local: datetime) -> None:
    """The state, and that what is said of closing and opening holds."""
    assume(not _jumps(local))
    rules = rules_of(rows)
    said = hours(rules, _moment(local), now=NOW, timezone=LONDON)
    assert said.state == state_by_minute(rows, local)
    if said.closes_at is not None:
        end = said.closes_at.replace(tzinfo=None)
        assert local < end
        assert state_by_minute(rows, end - timedelta(minutes=1)) is Openness.OPEN
        assert state_by_minute(rows, end) is not Openness.OPEN
    if said.opens_at is not None:
        start = said.opens_at.replace(tzinfo=None)
        assert local < start <= local + timedelta(days=14, minutes=1)
        assert state_by_minute(rows, start) is Openness.OPEN
        assert state_by_minute(rows, start - timedelta(minutes=1)) is not Openness.OPEN


@settings(max_examples=100, deadline=None)
@given(rows=rows_of, local=minutes, quarters=st.integers(1, 40))
def test_a_stretch_is_what_its_minutes_are(
    rows: list[dict[str, Any]], local: datetime, quarters: int
) -> None:
    """Open where one minute is; closed where all are; else unknown."""
    end = local + timedelta(minutes=15 * quarters)
    assume(not _jumps(local) and not _jumps(end))
    points = [local, *(local + timedelta(minutes=15 * n - local.minute % 15) for n in range(1, quarters + 1))]
    states = [state_by_minute(rows, point) for point in points if point < end]
    said = hours(
        rules_of(rows),
        When(local.replace(tzinfo=LONDON), end.replace(tzinfo=LONDON)),
        now=NOW,
        timezone=LONDON,
    )
    if Openness.OPEN in states:
        assert said.state is Openness.OPEN
        assert said.opens_at is not None
        assert said.opens_at.replace(tzinfo=None) == points[states.index(Openness.OPEN)]
    else:
        assert said.state is (Openness.UNKNOWN if Openness.UNKNOWN in states else Openness.CLOSED)


anything = st.fixed_dictionaries(
    {},
    optional={
        "freq": st.sampled_from(["WEEKLY", "MONTHLY", "DAILY", "", None]),
        "interval": st.sampled_from([None, 0, 1, 2, 3, -1]),
        "byday": st.one_of(some_days, nth_days, st.none(), st.text(max_size=5)),
        "bymonthday": st.one_of(month_days, st.none(), st.text(max_size=5)),
        "dtstart": st.one_of(dates, st.none()),
        "valid_from": st.one_of(dates, st.none()),
        "valid_to": st.one_of(dates, st.none()),
        "opens_at": st.one_of(st.sampled_from(QUARTERS), st.none(), st.text(max_size=6)),
        "closes_at": st.one_of(
            st.sampled_from([*QUARTERS, "23:59", "24:00"]), st.none(), st.text(max_size=6)
        ),
        "description": st.sampled_from([None, "Staffed hours", "Closed", "Term time only", "By appointment"]),
        "notes": st.one_of(st.none(), st.text(max_size=20)),
    },
)
holidays = st.fixed_dictionaries(
    {"start_date": dates, "closed": st.booleans()},
    optional={
        "end_date": dates,
        "opens_at": st.sampled_from(QUARTERS),
        "closes_at": st.sampled_from(QUARTERS),
    },
)


@settings(max_examples=400, deadline=None)
@given(
    rows=st.lists(anything, max_size=5),
    exceptions=st.lists(holidays, max_size=2),
    minute=st.integers(0, 75 * 1440),
    length=st.integers(0, 12 * 60),
)
@example(
    rows=[{"byday": "SU", "opens_at": "00:30", "closes_at": "01:30"}],
    exceptions=[],
    minute=24 * 1440 + 90,
    length=0,
)
def test_what_the_masks_pass_over_is_closed(
    rows: list[dict[str, Any]], exceptions: list[dict[str, Any]], minute: int, length: int
) -> None:
    """Whatever stands in the rows: nothing raises, packing changes nothing, no mask hides an opening."""
    rules = rules_of(rows, exceptions)
    assert unpack(pack(rules)) == rules
    start = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=minute)
    when = When(start, start + timedelta(minutes=length))
    said = hours(rules, when, now=NOW, timezone=LONDON)
    asked = stretch_mask(when, LONDON)
    for mask in (week_mask(rules), week_mask(rules, when.start.astimezone(LONDON).date())):
        assert all(0 <= part < 1 << 56 for part in mask)
        if not any(have & want for have, want in zip(mask, asked, strict=True)):
            assert said.state is Openness.CLOSED
