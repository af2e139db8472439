"""What a bench run is about: how many services, where its files are, which server."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.child import child

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FULL_SIZE = 1_000_000
"""The size that the targets speak of."""
SHORT_SIZE = 5_000


@dataclass(slots=True)
class Bench:
    """One run."""

    size: int
    folder: Path
    """For what is built; with `--keep` it outlives the run, and is used again."""
    postgres: str
    """URL of a server on which a database may be made and dropped."""
    say: Callable[[str], None]
    closing: ExitStack = field(default_factory=ExitStack)
    """What is to be undone at the end of the run."""
    left_out: list[str] = field(default_factory=list)
    """What was not measured, and why."""
    started: float = field(default_factory=time.monotonic)

    @property
    def small(self) -> int:
        """What growth is measured from."""
        return min(10_000, max(self.size // 10, 500))

    @property
    def added(self) -> int:
        """How many services are imported while questions are answered."""
        return max(self.size // 20, 2_000)

    @property
    def full(self) -> bool:
        """Whether the targets that speak of a million services can be judged."""
        return self.size >= FULL_SIZE

    def questions(self, at_full_size: int) -> int:
        """How many questions to ask: fewer where the run is a short one."""
        return max(at_full_size // (5 if self.size <= SHORT_SIZE * 4 else 1), 20)

    def feed(self, size: int, seed: int = 1, *, listed: bool = False) -> Path:
        """The invented feed of this size as JSON lines, written where it is not there yet."""
        path = self.folder / f"feed-{size}-{seed}.jsonl"
        as_list = self.listed(size) if listed else None
        if not path.exists() or (as_list and not as_list.exists()):
            self.say(f"writing a feed of {size:,} services")
            child("feed", lines=str(path), listed=str(as_list) if as_list else None, size=size, seed=seed)
        return path

    def listed(self, size: int) -> Path:
        """Where the same feed stands as one JSON list."""
        return self.folder / f"feed-{size}.json"

    def imported(self, size: int) -> Path:
        """A store with the feed of this size imported; the import's own figures stand beside it."""
        path = self.folder / f"store-{size}.db"
        if not self._figures(path).exists():
            clear(path)
            feed = self.feed(size, listed=size == self.size)
            self.say(f"importing {size:,} services")
            found = child("import", path=str(path), source=str(feed))
            self._figures(path).write_text(json.dumps(found))
        return path

    def import_figures(self, size: int) -> dict[str, Any]:
        """What the import of this size took: `seconds`, `peak_mb`, `outcome`."""
        found: dict[str, Any] = json.loads(self._figures(self.imported(size)).read_text())
        return found

    @staticmethod
    def _figures(store: Path) -> Path:
        return store.with_suffix(".json")

    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started


def clear(path: Path) -> None:
    """Remove a SQLite file with what stands beside it."""
    for suffix in ("", "-wal", "-shm", ".guard", ".laying"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
