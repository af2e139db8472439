"""`nearby import` and `nearby places load`: what comes in, and a report of it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from bots.app import App, clock, open_app, sorted_offers
from bots.commands.progress import progress
from bots.commands.running import UsageError
from bots.conversation.wording import operator
from directory.feeds.cadence import CADENCES, set_cadence
from directory.feeds.importing import import_source
from directory.feeds.listing import validators
from directory.feeds.outcome import Outcome
from directory.feeds.running import FeedBusy
from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import Problem, SourceError, SourceOptions
from directory.feeds.unreadable import canonical_of, note_unreadable
from directory.places.archives import LoadError
from directory.places.learning import learn
from directory.places.loading import load
from directory.search.projection import projector

if TYPE_CHECKING:
    from pathlib import Path

    from bots.settings import Settings

EXIT = {"unreadable": 1, "refused": 3}
"""Exit codes of an import that did not go in; all others are 0."""


async def run_import(
    settings: Settings,
    sources: list[str],
    *,
    publisher: str | None,
    cadence: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Import each source as a feed of its own; a source that fails does not stop the others."""
    if cadence not in (None, *CADENCES):
        raise UsageError("bad_cadence", str(cadence))
    outcomes = []
    async with open_app(settings) as app:
        for source in sources:
            outcome = await import_one(app, source, publisher=publisher, force=force, show=not as_json)
            if cadence and outcome.feed_id:
                await set_cadence(app.store, outcome.feed_id, cadence)
            _report(source, outcome, as_json=as_json)
            outcomes.append(outcome)
        if any(outcome.taken or outcome.changed or outcome.withdrawn for outcome in outcomes):
            await learn(app.store)
    return max(EXIT.get(outcome.state, 0) for outcome in outcomes)


async def import_one(
    app: App, source: str, *, publisher: str | None = None, force: bool = False, show: bool = False
) -> Outcome:
    """Import one source; what can't be read at all is an outcome too."""
    try:
        opened = await open_source(source, await _options(app, source))
        with progress(source, show=show) as on_progress:
            return await import_source(
                app.store,
                opened,
                projector(app.store),
                publisher=publisher,
                force=force,
                now=clock,
                on_progress=on_progress,
                offers=await sorted_offers(),
            )
    except SourceError as error:
        problem = Problem(error.code, source, error.detail)
        await note_unreadable(app.store, canonical_of(source), problem, clock())
        return Outcome(state="unreadable", problems=[problem])
    except FeedBusy as error:
        return Outcome(state="unreadable", problems=[Problem("busy", error.canonical)])


async def _options(app: App, source: str) -> SourceOptions:
    """Limits as they are set, and what the publisher said of the last complete reading."""
    known = None
    if "://" in source:
        from directory.feeds.sources.guard import canonical_url  # noqa: PLC0415 - files need none of it

        known = await validators(app.store, canonical_url(source))
    return SourceOptions(allow_private=app.settings.feeds_allow_private, conditional=known)


async def run_places_load(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Load a table of postcodes, places or streets, and say what went in. Exit 1 where nothing did."""
    async with open_app(settings) as app:
        try:
            loaded = await load(app.store, file)
        except LoadError as error:
            raise UsageError(error.code, error.detail) from error
    counts = {"kind": loaded.kind, "taken": loaded.taken, "left_out": loaded.problems}
    text = json.dumps(counts) if as_json else operator.loaded(loaded.kind, loaded.taken, loaded.problems)
    sys.stdout.write(text + "\n")
    return 0 if loaded.taken else 1


def _report(source: str, outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(_data(source, outcome), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(operator.imported(source, outcome)) + "\n")


def _data(source: str, outcome: Outcome) -> dict[str, object]:
    return {
        "source": source,
        "state": outcome.state,
        **outcome.counts(),
        "problems": [{"code": p.code, "where": p.where, "detail": p.detail} for p in outcome.problems],
        "quarantine": [asdict(example) for example in outcome.examples],
        "left_out": [asdict(example) for example in outcome.finding_examples],
    }
