"""The shared feed of every public library, as it is."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from directory.feeds.importing import import_source
from directory.feeds.sources.opening import open_source
from directory.hsds import canonical
from tests.integration.feeds.soundness import assert_sound, offers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.feeds.conftest import Desk


@pytest.mark.shared
async def test_libraries(desk: Desk, shared: Path) -> None:
    """4,212 services are held, 19 repeated lines in quarantine, and importing again changes nothing."""
    path = shared / "feeds" / "uk-libraries" / "services.jsonl.gz"
    outcomes = [
        await import_source(
            desk.store, await open_source(str(path)), desk.projector, now=desk.now, offers=offers
        )
    ]
    await assert_sound(desk.store, desk.projector)
    before = await desk.everything()
    outcomes.append(
        await import_source(
            desk.store, await open_source(str(path)), desk.projector, now=desk.now, offers=offers
        )
    )
    assert [(one.taken, one.unchanged, one.changed) for one in outcomes] == [(4212, 0, 0), (0, 4212, 0)]
    assert [one.reasons for one in outcomes] == [{"repeated_id": 19}] * 2
    assert outcomes[0].findings["not_an_email"] + outcomes[0].findings["email_with_name"] == 77
    assert await desk.everything() == before
    await _assert_lossless(desk, path)


async def _assert_lossless(desk: Desk, path: Path) -> None:
    """What is held of each service is the line of the feed that wins, to the last field."""
    best: dict[str, object] = {}
    with gzip.open(path) as lines:
        for line in lines:
            document = canonical.loads(line)
            held = best.get(document["id"])
            if not (isinstance(held, dict) and held["status"] == "active" and document["status"] != "active"):
                best[document["id"]] = document
    assert await desk.documents() == best
