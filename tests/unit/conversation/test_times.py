"""British ways to say a time, and what is understood; now is Tuesday 24 November 2026, 10:00."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import times
from bots.conversation.feasts import easter
from bots.conversation.words import clean

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)

# text | start | end | phrase; "-" alone: no time in it
TABLE = """
library today | 2026-11-24T10:00 | 2026-11-25T00:00 | today
2day | 2026-11-24T10:00 | 2026-11-25T00:00 | today
open now | 2026-11-24T10:00 | 2026-11-24T10:00 | now
library open right now near me | 2026-11-24T10:00 | 2026-11-24T10:00 | now
is anything still open | 2026-11-24T10:00 | 2026-11-24T10:00 | now
chemist open near ls9 | 2026-11-24T10:00 | 2026-11-24T10:00 | now
currently running | 2026-11-24T10:00 | 2026-11-24T10:00 | now
tonight | 2026-11-24T18:00 | 2026-11-25T00:00 | tonight
2nite | 2026-11-24T18:00 | 2026-11-25T00:00 | tonight
this morning | 2026-11-24T10:00 | 2026-11-24T12:00 | this morning
this afternoon | 2026-11-24T12:00 | 2026-11-24T18:00 | this afternoon
this evening | 2026-11-24T18:00 | 2026-11-25T00:00 | this evening
in the evening | 2026-11-24T18:00 | 2026-11-25T00:00 | this evening
evenings | 2026-11-24T18:00 | 2026-11-25T00:00 | in the evening
tomorrow | 2026-11-25T00:00 | 2026-11-26T00:00 | tomorrow
tomoz | 2026-11-25T00:00 | 2026-11-26T00:00 | tomorrow
tmrw | 2026-11-25T00:00 | 2026-11-26T00:00 | tomorrow
tommorow | 2026-11-25T00:00 | 2026-11-26T00:00 | tomorrow
tomorrow morning | 2026-11-25T06:00 | 2026-11-25T12:00 | tomorrow morning
tomorrow night | 2026-11-25T18:00 | 2026-11-26T00:00 | tomorrow night
tomorrow at 10 | 2026-11-25T10:00 | 2026-11-25T10:00 | tomorrow at 10:00
tomorrow after 2 | 2026-11-25T14:00 | 2026-11-26T00:00 | tomorrow after 14:00
the day after tomorrow | 2026-11-26T00:00 | 2026-11-27T00:00 | on Thursday
saturday | 2026-11-28T00:00 | 2026-11-29T00:00 | on Saturday
on sat | 2026-11-28T00:00 | 2026-11-29T00:00 | on Saturday
open on saturday near ls9 | 2026-11-28T00:00 | 2026-11-29T00:00 | on Saturday
sat am | 2026-11-28T06:00 | 2026-11-28T12:00 | on Saturday morning
sat pm | 2026-11-28T12:00 | 2026-11-28T18:00 | on Saturday afternoon
saturday afternoon | 2026-11-28T12:00 | 2026-11-28T18:00 | on Saturday afternoon
saterday | 2026-11-28T00:00 | 2026-11-29T00:00 | on Saturday
wensday | 2026-11-25T00:00 | 2026-11-26T00:00 | on Wednesday
wednesday | 2026-11-25T00:00 | 2026-11-26T00:00 | on Wednesday
on weds | 2026-11-25T00:00 | 2026-11-26T00:00 | on Wednesday
thurs evening | 2026-11-26T18:00 | 2026-11-27T00:00 | on Thursday evening
friday night | 2026-11-27T18:00 | 2026-11-28T00:00 | on Friday night
this friday | 2026-11-27T00:00 | 2026-11-28T00:00 | on Friday
on tuesday | 2026-11-24T10:00 | 2026-11-25T00:00 | on Tuesday
tuesday at 9am | 2026-12-01T09:00 | 2026-12-01T09:00 | on Tuesday at 09:00
next tuesday | 2026-12-01T00:00 | 2026-12-02T00:00 | on Tuesday 1 December
next saturday | 2026-12-05T00:00 | 2026-12-06T00:00 | on Saturday 5 December
saturday week | 2026-12-05T00:00 | 2026-12-06T00:00 | on Saturday 5 December
a week on saturday | 2026-12-05T00:00 | 2026-12-06T00:00 | on Saturday 5 December
this weekend | 2026-11-28T00:00 | 2026-11-30T00:00 | this weekend
at the weekend | 2026-11-28T00:00 | 2026-11-30T00:00 | this weekend
weekends | 2026-11-28T00:00 | 2026-11-30T00:00 | at weekends
sat or sun | 2026-11-28T00:00 | 2026-11-30T00:00 | this weekend
saturday and sunday | 2026-11-28T00:00 | 2026-11-30T00:00 | this weekend
next weekend | 2026-12-05T00:00 | 2026-12-07T00:00 | next weekend, Saturday 5 December
this week | 2026-11-24T10:00 | 2026-11-30T00:00 | this week
next week | 2026-11-30T00:00 | 2026-12-07T00:00 | next week
weekdays | 2026-11-24T10:00 | 2026-11-25T00:00 | on weekdays
monday to friday | 2026-11-24T10:00 | 2026-11-25T00:00 | on weekdays
during the week | 2026-11-24T10:00 | 2026-11-25T00:00 | on weekdays
weekday evenings | 2026-11-24T18:00 | 2026-11-25T00:00 | on weekday evenings
mondays | 2026-11-30T00:00 | 2026-12-01T00:00 | on Mondays
on mondays | 2026-11-30T00:00 | 2026-12-01T00:00 | on Mondays
every thursday | 2026-11-26T00:00 | 2026-11-27T00:00 | on Thursdays
monday evenings | 2026-11-30T18:00 | 2026-12-01T00:00 | on Monday evenings
thursday mornings | 2026-11-26T06:00 | 2026-11-26T12:00 | on Thursday mornings
after 5pm | 2026-11-24T17:00 | 2026-11-25T00:00 | today after 17:00
after 5 | 2026-11-24T17:00 | 2026-11-25T00:00 | today after 17:00
open after 6 on thursday | 2026-11-26T18:00 | 2026-11-27T00:00 | on Thursday after 18:00
library open late on thursday | 2026-11-26T18:00 | 2026-11-27T00:00 | on Thursday after 18:00
after work | 2026-11-24T17:00 | 2026-11-25T00:00 | today after 17:00
before 10am tomorrow | 2026-11-25T00:00 | 2026-11-25T10:00 | tomorrow before 10:00
before 9am | 2026-11-25T00:00 | 2026-11-25T09:00 | tomorrow before 09:00
at 10:30 | 2026-11-24T10:30 | 2026-11-24T10:30 | today at 10:30
at 3 | 2026-11-24T15:00 | 2026-11-24T15:00 | today at 15:00
at 8am | 2026-11-25T08:00 | 2026-11-25T08:00 | tomorrow at 08:00
10.30am | 2026-11-24T10:30 | 2026-11-24T10:30 | today at 10:30
3pm saturday | 2026-11-28T15:00 | 2026-11-28T15:00 | on Saturday at 15:00
12am friday | 2026-11-27T00:00 | 2026-11-27T00:00 | on Friday at 00:00
15:45 | 2026-11-24T15:45 | 2026-11-24T15:45 | today at 15:45
half past 6 | 2026-11-24T18:30 | 2026-11-24T18:30 | today at 18:30
half six | 2026-11-24T18:30 | 2026-11-24T18:30 | today at 18:30
quarter to two | 2026-11-24T13:45 | 2026-11-24T13:45 | today at 13:45
noon | 2026-11-24T12:00 | 2026-11-24T12:00 | today at 12:00
lunchtime on friday | 2026-11-27T12:00 | 2026-11-27T14:00 | on Friday at lunchtime
between 2 and 4 on friday | 2026-11-27T14:00 | 2026-11-27T16:00 | on Friday between 14:00 and 16:00
from 10am to 12 tomorrow | 2026-11-25T10:00 | 2026-11-25T12:00 | tomorrow between 10:00 and 12:00
2-4pm thursday | 2026-11-26T14:00 | 2026-11-26T16:00 | on Thursday between 14:00 and 16:00
1/12 | 2026-12-01T00:00 | 2026-12-02T00:00 | on Tuesday 1 December
01/12/2026 | 2026-12-01T00:00 | 2026-12-02T00:00 | on Tuesday 1 December
1.12.26 | 2026-12-01T00:00 | 2026-12-02T00:00 | on Tuesday 1 December
2026-12-01 | 2026-12-01T00:00 | 2026-12-02T00:00 | on Tuesday 1 December
2 december | 2026-12-02T00:00 | 2026-12-03T00:00 | on Wednesday 2 December
2nd of dec | 2026-12-02T00:00 | 2026-12-03T00:00 | on Wednesday 2 December
wednesday 2nd december at 10am | 2026-12-02T10:00 | 2026-12-02T10:00 | on Wednesday 2 December at 10:00
december 2nd | 2026-12-02T00:00 | 2026-12-03T00:00 | on Wednesday 2 December
3 jan | 2027-01-03T00:00 | 2027-01-04T00:00 | on Sunday 3 January
the 5th | 2026-12-05T00:00 | 2026-12-06T00:00 | on Saturday 5 December
christmas eve | 2026-12-24T00:00 | 2026-12-25T00:00 | on Christmas Eve
boxing day | 2026-12-26T00:00 | 2026-12-27T00:00 | on Boxing Day
new year's day | 2027-01-01T00:00 | 2027-01-02T00:00 | on New Year's Day
good friday | 2027-03-26T00:00 | 2027-03-27T00:00 | on Good Friday
easter monday | 2027-03-29T00:00 | 2027-03-30T00:00 | on Easter Monday
in three days | 2026-11-27T00:00 | 2026-11-28T00:00 | on Friday
in 2 weeks time | 2026-12-08T00:00 | 2026-12-09T00:00 | on Tuesday 8 December
a fortnight today | 2026-12-08T00:00 | 2026-12-09T00:00 | on Tuesday 8 December
once a fortnight | - | - | -
24/7 | - | - | -
31/2 | - | - | -
food bank ls9 | - | - | -
for 5 to 11 year olds | - | - | -
under 5s | - | - | -
over 60s | - | - | -
open mic | - | - | -
after school club | - | - | -
night shelter | - | - | -
evening class in leeds | - | - | -
i am lonely | - | - | -
half term | - | - | -
at 10 downing street | - | - | -
sandwich | - | - | -
suncream | - | - | -
monthly | - | - | -
for my 7 year old | - | - | -
"""


def rows() -> list[list[str]]:
    """The table in rows."""
    return [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "start", "end", "phrase"), rows())
def test_says_what_time_is_meant(text: str, start: str, end: str, phrase: str) -> None:
    """Each way to say a time gives its stretch, and a phrase that says it back."""
    found = times.find(text, NOW, LONDON)
    if start == "-":
        assert found is None
    else:
        assert found is not None
        assert (found.when.start.strftime("%Y-%m-%dT%H:%M"), found.when.end.strftime("%Y-%m-%dT%H:%M")) == (
            start,
            end,
        )
        assert found.phrase == phrase


def test_gives_back_the_words_that_said_it() -> None:
    """The spans cover the time, with the "open" before it, and nothing of the need or the place."""
    text = "library open on saturday at 10am near ls9"
    found = times.find(text, NOW, LONDON)
    assert found is not None
    rest = text
    for start, end in found.spans:
        rest = rest[:start] + "_" * (end - start) + rest[end:]
    assert rest.replace("_", "").split() == ["library", "near", "ls9"]


def test_moves_to_the_next_week_when_that_day_is_over() -> None:
    """On a Sunday evening "sunday morning" is the next one, and "weekend mornings" too."""
    sunday = datetime(2026, 11, 29, 19, 0, tzinfo=LONDON)
    for text, day in (("sunday morning", 6), ("weekend mornings", 5)):
        found = times.find(text, sunday, LONDON)
        assert found is not None
        assert found.when.start.day == day


def test_takes_what_is_left_of_a_stretch_that_has_begun() -> None:
    """On a Sunday "this weekend" is the rest of that day."""
    sunday = datetime(2026, 11, 29, 11, 0, tzinfo=LONDON)
    found = times.find("this weekend", sunday, LONDON)
    assert found is not None
    assert (found.when.start, found.when.end.hour, found.when.end.day) == (sunday, 0, 30)


def test_keeps_wall_times_over_the_change_of_the_clocks() -> None:
    """A day on which the clocks go back has 25 hours, and its 10:00 is in GMT."""
    friday = datetime(2026, 10, 23, 12, 0, tzinfo=LONDON)
    day = times.find("sunday", friday, LONDON)
    moment = times.find("sunday at 10am", friday, LONDON)
    assert day is not None
    assert moment is not None
    assert (day.when.end.astimezone(UTC) - day.when.start.astimezone(UTC)).total_seconds() == 25 * 3600
    assert moment.when.start.astimezone(UTC).hour == 10


def test_reads_the_clock_of_the_place() -> None:
    """Late in the evening of summer UTC, "today" is already London's next day."""
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    found = times.find("today", late, LONDON)
    assert found is not None
    assert found.when.end.astimezone(LONDON).isoformat() == "2026-07-03T00:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("every second thing", None),
        ("8 weeks from now", "2027-01-19"),
        ("in 3 months", "2027-02-24"),
        ("week after next", None),
    ],
)
def test_asks_dateparser_where_a_date_is_hinted_at(text: str, day: str | None) -> None:
    """What the grammar does not know is tried with dateparser; what that does not know is no time."""
    found = times.find(text, NOW, LONDON)
    assert (found.when.start.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "2024-03-31"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")]
)
def test_knows_easter(year: int, day: str) -> None:
    """Easter Sunday as the almanacs have it."""
    assert easter(year).isoformat() == day


PIECES = [
    "next", "this", "on", "at", "5", "12", "99", ":", ".", "/", "-",
    "saturday", "weekend", "half", "past", "jan",
    "31", "of", "the", "week", "2027", "am", "pm", "in", "days", "tonight", "s",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_never_fails_and_never_runs_backwards(pieces: list[str], join: str) -> None:
    """Whatever is typed, a time is aware, ends after it begins, and lies within the text."""
    text = join.join(pieces)
    found = times.find(text, NOW, LONDON)
    if found:
        assert found.when.start.tzinfo is not None
        assert found.when.start <= found.when.end
        assert all(0 <= start < end <= len(text) for start, end in found.spans)


@given(st.text(max_size=200))
def test_reads_any_text(text: str) -> None:
    """No text makes it fail."""
    times.find(clean(text), NOW, LONDON)
