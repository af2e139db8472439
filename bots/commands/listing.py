"""`nearby feeds` and `nearby quarantine`: a line each."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bots.app import open_app
from bots.conversation.wording import operator
from directory.feeds.listing import FeedLine, feeds, quarantined

if TYPE_CHECKING:
    from bots.settings import Settings


async def run_feeds(settings: Settings, *, as_json: bool) -> int:
    """Show every feed: id, source, state, counts, when, cadence."""
    async with open_app(settings) as app:
        rows = [asdict(row) | {"reason": _reason(row)} for row in await feeds(app.store)]
    for row in rows:
        sys.stdout.write((_json(row) if as_json else operator.feed_line(row)) + "\n")
    if not rows and not as_json:
        sys.stdout.write(operator.NO_FEEDS + "\n")
    return 0


async def run_quarantine(settings: Settings, feed: int | None, *, as_json: bool) -> int:
    """Show every record that could not be taken: id, source, reason, pointer, when."""
    count = 0
    async with open_app(settings) as app:
        for row in await quarantined(app.store, feed):
            count += 1
            held = asdict(row) | {"state": "quarantined"}
            text = _json(held) if as_json else operator.quarantine_line(held)
            sys.stdout.write(text + "\n")
    if not count and not as_json:
        sys.stdout.write(operator.NO_QUARANTINE + "\n")
    return 0


def _reason(row: FeedLine) -> str | None:
    """Why the last import of a feed was not all that it should be: the code of the first trouble."""
    return row.problems[0]["code"] if row.problems else None


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
