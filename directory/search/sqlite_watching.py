"""Whether the terms of a SQLite file are still those that are known: asked with every question."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_GENERATION = "SELECT generation FROM projection_state"


class Watch:
    """A connection of its own, so that one row can be read at once where going to a thread takes longer.

    It never waits: where it can't read, nothing is known.
    """

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro"
        self._connection: sqlite3.Connection | None = None

    def generation(self) -> int | None:
        """The generation of now; None where that can't be told."""
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(
                    self._uri, uri=True, isolation_level=None, timeout=0, check_same_thread=False
                )
            row = self._connection.execute(_GENERATION).fetchone()
        except sqlite3.OperationalError:
            return None
        return int(row[0])

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
