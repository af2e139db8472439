"""Importing: against all the rows it writes inserted bare by the driver; and unchanged again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.bench.child import child
from tests.bench.imported import NotImportedError
from tests.bench.measure import spread
from tests.bench.report import at_most
from tests.bench.setting import clear

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.measure import Spread
    from tests.bench.report import Figure
    from tests.bench.setting import Bench

NAME = "import"
ROUNDS_UP_TO: Final = 20_000
"""Sizes that are imported three times, in turn with the floor; larger ones once."""


async def run(bench: Bench) -> list[Figure]:
    """Measure imports and their floor."""
    again_on = bench.imported(bench.size)
    ours = [float(bench.import_figures(bench.size)["seconds"])]
    floors = [_bare(bench, again_on)]
    again = [_again(bench, again_on)]
    for _ in range(2 if bench.size <= ROUNDS_UP_TO else 0):
        fresh = bench.folder / "fresh.db"
        clear(fresh)
        ours.append(float(child("import", path=str(fresh), source=str(bench.feed(bench.size)))["seconds"]))
        floors.append(_bare(bench, fresh))
        again.append(_again(bench, fresh))
        clear(fresh)
    first, bare, unchanged = (_each(times, bench.size) for times in (ours, floors, again))
    return [
        at_most(NAME, "a service, imported", first, bare, times=4, note="floor: its rows inserted bare"),
        at_most(
            NAME, "a service, unchanged again", unchanged, first, times=0.25, note="floor: the first time"
        ),
    ]


def _each(seconds: list[float], size: int) -> Spread:
    return spread([time / size for time in seconds])


def _bare(bench: Bench, store: Path) -> float:
    bench.say("inserting the same rows bare")
    into = bench.folder / "bare.db"
    found = child("insert", store=str(store), into=str(into))
    clear(into)
    return float(found["seconds"])


def _again(bench: Bench, store: Path) -> float:
    bench.say("importing it again, unchanged")
    found = child("import", path=str(store), source=str(bench.feed(bench.size)))
    if found["unchanged"] != bench.size:
        raise NotImportedError(found)
    return float(found["seconds"])
