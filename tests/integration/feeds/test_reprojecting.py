"""The projection can be made anew from the tables at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.feeds.reprojecting import rebuild
from tests.fakes.feeds import FakeProjector, FakeSource, example_service, example_services
from tests.integration.feeds.soundness import assert_sound, offers

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk


async def test_made_anew(desk: Desk) -> None:
    """What is made anew is what the imports had made: two feeds, two versions, one service withdrawn."""
    await desk.take(example_services(range(6)))
    other = {"id": "o1", "name": "Example Trust, renamed"}
    await desk.take(
        [*example_services(range(4)), example_service(4, organization=other, last_modified="2026-02-01")]
    )
    await desk.take(FakeSource(example_services(range(2)), canonical="https://other.example.org"))
    fresh = FakeProjector()
    told: list[int] = []
    assert await rebuild(desk.store, fresh, offers, on_progress=told.append) == 7
    await assert_sound(desk.store, fresh)
    assert (told, fresh.settled) == ([7], 1)
