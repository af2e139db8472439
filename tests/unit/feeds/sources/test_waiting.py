"""How a publisher's request to wait is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.waiting import backoff, retry_after

SENT = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 5 "}, 5),
        ({"retry-after": "Wed, 21 Oct 2026 07:29:00 GMT", "date": SENT}, 60),
        ({"retry-after": "Wed, 21 Oct 2026 07:00:00 GMT", "date": SENT}, 0),
        ({"retry-after": "Wed, 21 Oct 2026 07:29:00 GMT"}, 60),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "²"}, 0),
        ({"retry-after": "9" * 400}, 999_999_999),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers) == seconds


@given(st.text(), st.text())
def test_any_text_gives_a_wait_that_is_not_negative(text: str, date: str) -> None:
    assert retry_after({"retry-after": text, "date": date}) >= 0


def test_waits_double_and_stay_bounded() -> None:
    assert [backoff(attempt) for attempt in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert backoff(1000) == 64
