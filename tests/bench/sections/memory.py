"""Memory of imports: as JSON lines and as one JSON list, beside a tenth of the size.

The JSON lines are the import that is timed. The list is the same feed published once more, one service in a
hundred changed: all of it is read and compared, and what changed is written. It is imported, and the tenth,
while other sections build what they need: these two are not timed. The other process that a large import
has counts too.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tests.bench.child import Child
from tests.bench.feed import CHANGED_EVERY
from tests.bench.imported import NotImportedError
from tests.bench.measure import one
from tests.bench.report import within
from tests.bench.setting import clear

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.bench.report import Figure
    from tests.bench.setting import Bench

NAME = "memory"
MEMORY_MB: Final = 300
_running: dict[str, tuple[Path, Child]] = {}


async def prepare(bench: Bench) -> None:
    """Begin the imports."""
    imported = bench.imported(bench.size)
    bench.feed(bench.size, listed=True)
    bench.say("importing the same as one JSON list, and a tenth of it, meanwhile")
    sources = {"list": bench.listed(bench.size), "tenth": bench.feed(bench.size // 10)}
    for name, source in sources.items():
        store = bench.folder / f"memory-{name}.db"
        clear(store)
        if name == "list":
            shutil.copyfile(imported, store)
            _publish_as(store, source)
        _running[name] = (store, Child("import", path=str(store), source=str(source)))


def _publish_as(store: Path, source: Path) -> None:
    """Let the feed of a store be known by another path."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE feed SET canonical = ?", (str(source),))


async def run(bench: Bench) -> list[Figure]:
    """Wait for their end."""
    bench.say("waiting for the import of the JSON list")
    tenth, listed = _ended("tenth"), _ended("list")
    if (
        listed["changed"] + listed["unchanged"] != bench.size
        or listed["changed"] * CHANGED_EVERY < bench.size
    ):
        raise NotImportedError(listed)
    lines = float(bench.import_figures(bench.size)["peak_mb"])
    beside = f"{bench.size:,} beside {bench.size // 10:,}"
    floor = one(float(tenth["peak_mb"]))
    return [
        within(NAME, f"{kind}, {beside}", one(held), MEMORY_MB, unit="MB", floor=floor)
        for kind, held in (("JSON lines", lines), ("one JSON list", float(listed["peak_mb"])))
    ]


def _ended(name: str) -> dict[str, Any]:
    """What an import came to, and the most memory it held."""
    store, child = _running.pop(name)
    try:
        return child.result()
    finally:
        clear(store)
