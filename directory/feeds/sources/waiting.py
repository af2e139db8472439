"""How long to leave a publisher alone, from what it said, without a clock of our own."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITHOUT_DATE = 60.0


def backoff(attempt: int) -> float:
    """Return the seconds to wait after an attempt that failed: 1, 2, 4, 8."""
    return float(2 ** (min(attempt, 7) - 1))


def retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds asked for in `Retry-After`; 0 where nothing was asked.

    A date counts from the answer's own `Date`: the publisher's clock is compared with itself.
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return 0
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    until, sent = _seconds(text), _seconds(headers.get("date", ""))
    if until is None:
        return 0
    return _WITHOUT_DATE if sent is None else max(0.0, until - sent)


def _seconds(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
