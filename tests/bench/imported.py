"""A feed imported through the real importer."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bots.app import sorted_offers
from bots.conversation import sorting
from directory.feeds.importing import import_source
from directory.feeds.sources.opening import open_source
from directory.search.projection import projector
from directory.search.schema import ensure
from directory.store.engine import connect
from directory.store.upgrade import upgrade

if TYPE_CHECKING:
    from directory.feeds.outcome import Outcome
    from directory.store.engine import Store


class NotImportedError(Exception):
    """The import did not come to its end, or lost services: what it took would mean nothing."""


async def import_into(store: Store, source: str) -> Outcome:
    """Import a file, and settle the projection.

    Raises:
        NotImportedError: it did not come to a good end.
    """
    outcome = await import_source(
        store, await open_source(source), projector(store), now=_now, offers=await sorted_offers()
    )
    if outcome.state != "done" or outcome.quarantined:
        raise NotImportedError(outcome)
    return outcome


async def import_feed(*, path: str, source: str) -> dict[str, Any]:
    """Import a file into the SQLite store at `path`, made where it is absent; the seconds that took."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    store = connect(f"sqlite:///{path}")
    try:
        await upgrade(store)
        await ensure(store, sorting.fingerprint())
        started = time.perf_counter()
        outcome = await import_into(store, source)
        seconds = time.perf_counter() - started
    finally:
        await store.close()
    counts = {name: getattr(outcome, name) for name in ("taken", "changed", "unchanged")}
    return {"seconds": seconds, **counts}


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the bench is an entry
