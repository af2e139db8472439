"""`nearby db upgrade` and `nearby check`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from bots.app import clock, open_app, upgrade_store
from bots.conversation import crisis
from bots.conversation.wording import operator
from directory.feeds.listing import feeds
from directory.store.engine import StoreError, connect
from directory.store.upgrade import version

if TYPE_CHECKING:
    from datetime import date

    from bots.settings import Settings

Finding = tuple[bool, str, str]
"""Whether it is good, which part it is about, and the sentence."""


async def run_upgrade(settings: Settings) -> int:
    """Bring the tables, and the search tables with them, up to this program's version."""
    store = connect(settings.database_url)
    try:
        found = await version(store)
        if found.state == "newer":
            raise StoreError("newer")
        await upgrade_store(store)
    finally:
        await store.close()
    sys.stdout.write(operator.UPGRADED.format(head=found.head) + "\n")
    return 0


async def run_check(settings: Settings, *, as_json: bool) -> int:
    """Look at the store, the places and the records, and say what is so. Exit 1 where something is amiss."""
    findings = [*await _findings(settings), _lines_checked(clock().date())]
    for good, part, sentence in findings:
        line = json.dumps({"part": part, "good": good, "text": sentence}, ensure_ascii=False)
        sys.stdout.write((line if as_json else f"{'ok' if good else '!!'}  {sentence}") + "\n")
    return 0 if all(good for good, _, _ in findings) else 1


async def _findings(settings: Settings) -> list[Finding]:
    try:
        async with open_app(settings) as app:
            services = sum(line.services for line in await feeds(app.store))
            known = app.postcodes.find("SW1A 1AA") is not None
            return [
                (True, "store", operator.STORE_GOOD.format(dialect=operator.DIALECTS[app.store.dialect])),
                (known, "places", operator.PLACES_GOOD if known else operator.PLACES_BAD),
                (services > 0, "records", operator.records(services) if services else operator.EMPTY_STORE),
            ]
    except StoreError as error:
        return [(False, "store", operator.say(operator.STORE, error.code, error.detail))]


def _lines_checked(today: date) -> Finding:
    """Whether the crisis lines were looked at as lately as they should be."""
    due = crisis.check_by()
    sentence = operator.LINES_GOOD if today <= due else operator.LINES_DUE
    return today <= due, "crisis", sentence.format(due=f"{due:%d %B %Y}")
