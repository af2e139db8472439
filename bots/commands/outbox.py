"""`nearby outbox`: what waits to be sent, what could not be, and sending that again."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from bots.app import clock, open_app
from bots.commands.running import UsageError
from bots.conversation.wording import operator
from bots.delivery import listing
from directory.store.writing import look, transact

if TYPE_CHECKING:
    from bots.settings import Settings


async def run_outbox(settings: Settings, *, dead: bool, as_json: bool) -> int:
    """Show the notices that wait or are dead, a line each, and how many there are of each state."""
    async with open_app(settings) as app:
        last = 0
        while page := await look(app.store, partial(listing.lines, dead=dead, after=last)):
            for line in page:
                row = asdict(line) | {"when": line.when.isoformat()}
                text = json.dumps(row) if as_json else operator.notice_line(asdict(line))
                sys.stdout.write(text + "\n")
            last = page[-1].id
        counts = await look(app.store, listing.counts)
    if not as_json:
        sys.stdout.write(operator.notice_counts(counts) + "\n")
    return 0


async def run_retry(settings: Settings, ids: list[int], *, dead: bool) -> int:
    """Queue dead notices again. Exit 1 where one that was named could not be."""
    if bool(ids) == dead:
        raise UsageError("retry_what")
    async with open_app(settings) as app:
        now = clock()
        queued = await transact(
            app.store, lambda connection: listing.retry(connection, None if dead else ids, now)
        )
    missing = sorted(set(ids) - set(queued))
    sys.stdout.write(operator.retried(len(queued)) + "\n")
    for number in missing:
        sys.stderr.write(operator.NOT_RETRIED.format(id=number) + "\n")
    return 1 if missing else 0
