"""Places: a look-up among all postcodes beside a bare table of them, and finding places in a sentence."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from directory.places.gazetteer import Gazetteer
from directory.places.postcodes import Postcodes
from tests.bench.measure import Spread, interleaved, spread
from tests.bench.report import Figure, within
from tests.bench.spots import Spots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.setting import Bench

NAME = "places"
TOGETHER = 20
"""Look-ups timed together: one alone is not much longer than reading the clock."""
SENTENCES = (
    "library near ls9",
    "food bank SE24 0AB please",
    "my mum is lonely, anything in hebden bridge",
    "somewhere warm to sit near lambth",
    "is there a toddler group open on saturday in newport",
    "help with debt",
)


async def run(bench: Bench) -> list[Figure]:
    """Measure look-ups and sentences."""
    return [await _postcodes(bench), *await _sentences(bench)]


async def _postcodes(bench: Bench) -> Figure:
    postcodes = Postcodes()
    spots = Spots(postcodes)
    rng = random.Random(5)
    chosen = [spots[rng.randrange(len(spots))].postcode for _ in range(bench.questions(2_000) * TOGETHER)]
    cases = [chosen[first : first + TOGETHER] for first in range(0, len(chosen), TOGETHER)]
    with closing(sqlite3.connect(bench.folder / "postcodes.db")) as table:
        _fill(table, spots)

        def bare(case: Sequence[str]) -> None:
            for postcode in case:
                table.execute("SELECT lat, lon, lad FROM postcode WHERE name = ?", (postcode,)).fetchone()

        def ours(case: Sequence[str]) -> None:
            for postcode in case:
                postcodes.find(postcode)

        our_times, bare_times = await interleaved(cases, ours, bare, warm=cases[:20])
    return within(NAME, "a postcode", _each(our_times), 20e-6, floor=_each(bare_times))


def _fill(table: sqlite3.Connection, spots: Spots) -> None:
    """A bare table of every postcode, coordinates as integers."""
    if table.execute("SELECT 1 FROM sqlite_master WHERE name = 'postcode'").fetchone():
        return
    table.execute("CREATE TABLE postcode (name TEXT PRIMARY KEY, lat INT, lon INT, lad INT) WITHOUT ROWID")
    rows = ((spot.postcode, int(spot.lat * 1e5), int(spot.lon * 1e5), 1) for spot in spots)
    table.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?)", rows)
    table.commit()


def _each(times: Sequence[float]) -> Spread:
    return spread([time / TOGETHER for time in times])


async def _sentences(bench: Bench) -> list[Figure]:
    gazetteer = Gazetteer(None)
    cases = [sentence for _ in range(bench.questions(200)) for sentence in SENTENCES]
    (times,) = await interleaved(cases, gazetteer.scan, warm=SENTENCES)
    return [Figure(NAME, "places in a sentence", spread(times), note="mixed; no floor, no target of its own")]
