"""Of an object that several services carry one version is held: that of the one modified last."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from directory.feeds.tables import shared
from directory.hsds.tables import location, organization
from tests.fakes.feeds import FakeSource, example_service

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk


def _at(number: int, day: int, hall: str, *, phone: str | None = None) -> dict[str, Any]:
    """A service in a hall it shares with others, modified on this day."""
    document = example_service(number, last_modified=f"2026-01-{day:02}T00:00:00Z")
    link = document["service_at_locations"][0]
    link["location"] = {
        "id": "hall",
        "location_type": "physical",
        "name": hall,
        "addresses": [{"id": "a", "address_1": hall, "country": "GB", "address_type": "physical"}],
        **({"phones": [{"id": "p", "number": phone}]} if phone else {}),
    }
    return document


async def _hall(desk: Desk) -> str | None:
    async with desk.store.read() as connection:
        names = [name for (name,) in await connection.execute(sa.select(location.c.name))]
    assert len(names) <= 1
    return names[0] if names else None


@pytest.mark.parametrize("size", [1, 10])
@pytest.mark.parametrize("days", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (1, 1, 1)])
async def test_the_version_modified_last_is_held(desk: Desk, days: tuple[int, ...], size: int) -> None:
    """The version of the service modified last is held, then of the later in the input."""
    feed = [_at(number, day, f"Hall {number}", phone="01632 960000") for number, day in enumerate(days)]
    await desk.take(FakeSource(feed, size=size))
    best = max(range(3), key=lambda number: (days[number], number))
    assert await _hall(desk) == f"Hall {best}"
    before = await desk.everything()
    await desk.take(FakeSource(feed, size=size))
    assert await desk.everything() == before


async def test_equal_content_is_written_once(desk: Desk) -> None:
    """Services that carry the same version cost one row, whoever was modified last."""
    await desk.take([_at(number, number + 1, "The Hall") for number in range(5)])
    async with desk.store.read() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(location)) == 1
        assert await connection.scalar(sa.select(sa.func.count()).select_from(organization)) == 1
        row = (await connection.execute(sa.select(shared).where(shared.c.ref == "location/hall"))).one()
    assert row.last_modified.startswith("2026-01-05")
    assert row.holder != row.winner


async def test_holder_withdrawn(desk: Desk) -> None:
    """When the service whose version is held goes, the best of the others takes over."""
    feed = [_at(1, 1, "Old"), _at(2, 3, "New"), _at(3, 2, "Middle"), example_service(4)]
    await desk.take(feed)
    await desk.take([feed[0], *feed[2:]])
    async with desk.store.read() as connection:
        names = {name for (name,) in await connection.execute(sa.select(location.c.name))}
    assert names == {"Middle", "Example Hall 4"}


async def test_holder_of_an_equal_version_withdrawn(desk: Desk) -> None:
    """When the service that the rows hang on goes, another with the same version carries them."""
    feed = [_at(1, 1, "Hall"), _at(2, 3, "Hall"), _at(3, 2, "Other"), _at(4, 1, "Other")]
    await desk.take(feed)
    await desk.take(feed[1:])
    assert await _hall(desk) == "Hall"
    await desk.take(feed[2:])
    assert await _hall(desk) == "Other"


async def test_holder_leaves_the_object(desk: Desk) -> None:
    """When the service whose version is held moves elsewhere, the best of the others takes over."""
    feed = [_at(1, 1, "Old"), _at(2, 3, "New")]
    await desk.take(feed)
    await desk.take([feed[0], example_service(2, last_modified="2026-01-04T00:00:00Z")])
    async with desk.store.read() as connection:
        names = {name for (name,) in await connection.execute(sa.select(location.c.name))}
    assert names == {"Old", "Example Hall 2"}


async def test_last_modified_goes_back(desk: Desk) -> None:
    """When the winner's date falls back behind another's, the other's version is held."""
    await desk.take([_at(1, 2, "One"), _at(2, 3, "Two")])
    await desk.take([_at(1, 2, "One"), _at(2, 1, "Two")])
    assert await _hall(desk) == "One"


async def test_nobody_carries_it_any_more(desk: Desk) -> None:
    """An object that no service carries any more is gone."""
    await desk.take([_at(1, 1, "Hall"), *[example_service(number) for number in range(2, 5)]])
    await desk.take([example_service(number) for number in range(2, 5)])
    async with desk.store.read() as connection:
        refs = {ref for (ref,) in await connection.execute(sa.select(shared.c.ref))}
    assert refs == {"organization/o1", "location/l2", "location/l3", "location/l4"}


async def test_those_who_carry_it_are_projected_again(desk: Desk) -> None:
    """When the held version changes, every service there is projected with the new one."""
    feed = [_at(number, 1, "Hall") for number in range(4)]
    await desk.take(feed)
    desk.projector.replaced.clear()
    await desk.take([*feed[:3], _at(3, 2, "Hall, rebuilt")])
    assert len(set(desk.projector.replaced)) == 4


@pytest.mark.parametrize("seed", range(6))
async def test_any_history(desk: Desk, seed: int) -> None:
    """After any row of imports everything is what the published documents alone make it."""
    rng = random.Random(seed)
    for _ in range(7):
        lines = []
        for number in rng.sample(range(8), rng.randint(2, 8)):
            document = _at(number, rng.randint(1, 3), rng.choice(["Hall A", "Hall B"]))
            document["name"] = rng.choice(["One", "Two"])
            document["status"] = rng.choice(["active", "defunct"])
            document["organization"] = {"id": rng.choice(["o1", "o2"]), "name": rng.choice(["Org", "Orga"])}
            if rng.random() < 0.3:
                document["service_at_locations"].append(
                    {
                        "id": "more",
                        "location": {"id": "l9", "name": rng.choice("xy"), "location_type": "virtual"},
                    }
                )
            lines.append(document)
        lines += [dict(line, name="Three") for line in lines if rng.random() < 0.2]
        await desk.take(FakeSource(lines, size=rng.choice([1, 3, 20])), force=rng.random() < 0.7)
