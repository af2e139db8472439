"""Builds the file that the bare statements read (`floors.sql`) from a store's own projection."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parent / "floors.sql"


def build_floors(*, store: str, into: str) -> dict[str, Any]:
    """Fill the file `into` from the projection of `store`."""
    unfinished = Path(into).with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"file:{unfinished}", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -131072")
        connection.execute("ATTACH ? AS store", (f"file:{store}?mode=ro",))
        (slot,) = connection.execute("SELECT live FROM store.projection_state").fetchone()
        connection.executescript(SCRIPT.read_text().replace("{slot}", slot))
        (offers,) = connection.execute("SELECT count(*) FROM offer").fetchone()
        connection.execute("DETACH store")
        connection.execute("PRAGMA journal_mode = WAL")
    unfinished.rename(into)
    return {"offers": offers}
