"""Of lines that repeat an id an active one wins, then the later; importing again changes nothing."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.feeds import FakeSource, example_service, example_services

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk

REST = example_services(range(10, 14))


def _version(name: str, *, active: bool = True) -> dict[str, Any]:
    return example_service(1, name=name, status="active" if active else "defunct")


def _winner(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return max(enumerate(lines), key=lambda pair: (pair[1]["status"] == "active", pair[0]))[1]


@pytest.mark.parametrize("size", [1, 2, 10])
@pytest.mark.parametrize("actives", list(product([True, False], repeat=3)))
async def test_three_versions(desk: Desk, actives: tuple[bool, ...], size: int) -> None:
    """Whichever of three lines are active and however they fall into batches, the right one wins."""
    lines = [_version(f"v{number}", active=active) for number, active in enumerate(actives)]
    feed = [lines[0], REST[0], lines[1], REST[1], lines[2], *REST[2:]]
    outcome = await desk.take(FakeSource(feed, size=size))
    assert (outcome.taken, outcome.changed, outcome.quarantined) == (5, 0, 2)
    assert (await desk.documents())["s1"] == _winner(lines)
    before = await desk.everything()
    outcome = await desk.take(FakeSource(feed, size=size))
    assert (outcome.taken, outcome.changed, outcome.unchanged, outcome.quarantined) == (0, 0, 5, 2)
    assert await desk.everything() == before


@pytest.mark.parametrize("size", [1, 10])
async def test_exact_duplicates(desk: Desk, size: int) -> None:
    """A line that stands there twice is held once, and the other is accounted for."""
    feed = [_version("v1"), *REST, _version("v1")]
    for _ in range(2):
        outcome = await desk.take(FakeSource(feed, size=size))
        assert outcome.reasons == {"repeated_id": 1}
        assert len(await desk.quarantined()) == 1


async def test_duplicates_of_a_slipping_api(desk: Desk) -> None:
    """An API whose list slips by one while it is read gives the same record twice: no fault of it."""
    feed = [_version("v1"), *REST, _version("v1")]
    outcome = await desk.take(FakeSource(feed, kind="api-v3", size=2))
    assert (outcome.taken, outcome.quarantined) == (5, 0)


@pytest.mark.parametrize("size", [1, 10])
async def test_winner_edited(desk: Desk, size: int) -> None:
    """When the winning line is edited the new text is held, and the loser stays in quarantine."""
    await desk.take(FakeSource([_version("v1"), *REST, _version("v2")], size=size))
    outcome = await desk.take(FakeSource([_version("v1"), *REST, _version("v2, edited")], size=size))
    assert (outcome.changed, outcome.quarantined) == (1, 1)
    assert (await desk.documents())["s1"]["name"] == "v2, edited"
    assert await desk.quarantined() == [("line 1", "repeated_id", "/id")]


@pytest.mark.parametrize("size", [1, 10])
async def test_winner_closed(desk: Desk, size: int) -> None:
    """When the winning line is no longer active, an earlier loser that is takes its place."""
    await desk.take(FakeSource([_version("v1"), *REST, _version("v2")], size=size))
    feed = [_version("v1"), *REST, _version("v2", active=False)]
    outcome = await desk.take(FakeSource(feed, size=size))
    assert (outcome.changed, outcome.quarantined) == (1, 1)
    assert (await desk.documents())["s1"]["name"] == "v1"
    assert await desk.quarantined() == [("line 6", "repeated_id", "/id")]
    before = await desk.everything()
    await desk.take(FakeSource(feed, size=size))
    assert await desk.everything() == before


@pytest.mark.parametrize("size", [1, 10])
async def test_loser_becomes_active(desk: Desk, size: int) -> None:
    """When a losing line becomes active and the winner is not later, it wins."""
    await desk.take(FakeSource([_version("v1"), *REST, _version("v2", active=False)], size=size))
    outcome = await desk.take(FakeSource([_version("v1"), *REST, _version("v2")], size=size))
    assert outcome.changed == 1
    assert (await desk.documents())["s1"]["name"] == "v2"
    assert await desk.quarantined() == [("line 1", "repeated_id", "/id")]


@pytest.mark.parametrize("size", [1, 10])
async def test_winner_removed(desk: Desk, size: int) -> None:
    """When the winning line is gone the best of the others is taken, and is in quarantine no more."""
    lines = [_version("v1"), _version("v2"), _version("v3")]
    await desk.take(FakeSource([*lines, *REST], size=size))
    outcome = await desk.take(FakeSource([*lines[:2], *REST], size=size))
    assert (outcome.changed, outcome.withdrawn) == (1, 0)
    assert (await desk.documents())["s1"]["name"] == "v2"
    assert [reason for _, reason, _ in await desk.quarantined()] == ["repeated_id"]
    outcome = await desk.take(FakeSource([lines[0], *REST], size=size))
    assert (await desk.documents())["s1"]["name"] == "v1"
    assert await desk.quarantined() == []


@pytest.mark.parametrize("size", [1, 10])
async def test_loser_removed(desk: Desk, size: int) -> None:
    """When a losing line is gone it is in quarantine no more, and the winner stays as it is."""
    await desk.take(FakeSource([_version("v1"), *REST, _version("v2")], size=size))
    documents = await desk.documents()
    outcome = await desk.take(FakeSource([*REST, _version("v2")], size=size))
    assert (outcome.changed, outcome.quarantined) == (0, 0)
    assert await desk.documents() == documents
    assert await desk.quarantined() == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_another_order(desk: Desk, order: tuple[int, ...]) -> None:
    """Lines in another order than the last time end as they would have in a first import."""
    lines = [_version("v1"), _version("v2"), _version("v3", active=False)]
    await desk.take(FakeSource([*lines, *REST], size=1))
    moved = [lines[number] for number in order]
    await desk.take(FakeSource([*moved, *REST], size=1))
    assert (await desk.documents())["s1"] == _winner(moved)
    assert len(await desk.quarantined()) == 2
    before = await desk.everything()
    await desk.take(FakeSource([*moved, *REST], size=1))
    assert await desk.everything() == before
