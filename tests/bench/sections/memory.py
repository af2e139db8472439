"""Memory of imports: as JSON lines and as one JSON list, beside a tenth of the size.

These imports run while other sections build what they need: they are not timed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tests.bench.child import Child
from tests.bench.measure import one
from tests.bench.report import within
from tests.bench.setting import clear

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.report import Figure
    from tests.bench.setting import Bench

NAME = "memory"
MEMORY_MB: Final = 300
NO_LATER_THAN_S: Final = 36 * 60
"""After so long in the run these imports are stopped, and what they held until then counts."""
_running: dict[str, tuple[Path, Child]] = {}


async def prepare(bench: Bench) -> None:
    """Begin the imports."""
    bench.feed(bench.size, listed=True)
    bench.say("importing the same as one JSON list, and a tenth of it, meanwhile")
    sources = {"list": bench.listed(bench.size), "tenth": bench.feed(bench.size // 10)}
    for name, source in sources.items():
        store = bench.folder / f"memory-{name}.db"
        clear(store)
        _running[name] = (store, Child("import", path=str(store), source=str(source)))


async def run(bench: Bench) -> list[Figure]:
    """Wait for their end."""
    bench.say("waiting for the import of the JSON list")
    tenth, _ = _ended(bench, "tenth")
    listed, note = _ended(bench, "list")
    lines = float(bench.import_figures(bench.size)["peak_mb"])
    beside = f"{bench.size:,} beside {bench.size // 10:,}"
    return [
        within(NAME, f"{kind}, {beside}", one(held), MEMORY_MB, unit="MB", floor=one(tenth), note=more)
        for kind, held, more in (("JSON lines", lines, ""), ("one JSON list", listed, note))
    ]


def _ended(bench: Bench, name: str) -> tuple[float, str]:
    """The most memory it held, and what is to be said of it."""
    store, child = _running.pop(name)
    try:
        found = child.result(max(NO_LATER_THAN_S - bench.elapsed(), 5))
        if found:
            return float(found["peak_mb"]), ""
        return child.peak_mb, f"stopped after {_count(store):,} services, for want of time"
    finally:
        clear(store)


def _count(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM publication").fetchone()
    return int(count)
