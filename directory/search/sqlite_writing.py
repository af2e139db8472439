"""Writing much to a SQLite file that others use: alone, in short transactions, with room between them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING

from directory.store.turnstile import Turnstile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LONG_ENOUGH_S = 0.025
"""What a batch is sized for."""
_BREATH_S = 0.001
"""A moment for the other threads of this process between two batches."""
_SMALLEST, _LARGEST = 50, 20_000
SLOT_TABLES = (
    ("near_offer_{slot}", ("key",)),
    ("near_index_{slot}", ("term", '"row"', '"column"', "card")),
    ("near_text_{slot}_idx", ("segid", "term")),
    ("near_text_{slot}_data", ("id",)),
)
"""The tables of a slot, with what they are ordered by; those of the text index are FTS5's own."""
LAST_FIXED = 10
"""Rows of FTS5's `_data` up to this id say how the rest hangs together, and are always there."""


class Writer(sqlite3.Connection):
    """A connection of our own, on which transactions begin where we say so, and in turn with others."""

    turnstile: Turnstile | None = None

    def close(self) -> None:
        """Close it, and let go of its place in the queue."""
        if self.turnstile is not None:
            self.turnstile.close()
        super().close()


def open_writer(path: Path) -> Writer:
    """Open a writer of the store's file."""
    connection = sqlite3.connect(
        path, isolation_level=None, timeout=30, check_same_thread=False, factory=Writer
    )
    connection.turnstile = Turnstile(path)
    for pragma in ("synchronous = NORMAL", "cache_size = -8192", "secure_delete = OFF", "temp_store = FILE"):
        connection.execute(f"PRAGMA {pragma}")  # a sort holds as much as the cache: memory stays flat
    return connection


@contextlib.contextmanager
def guard(path: Path) -> Iterator[bool]:
    """Whether we alone lay down this store until the end of the block; freed when the process dies."""
    try:
        import fcntl  # noqa: PLC0415  # not on Windows, where one process is all there is
    except ImportError:
        yield True
        return
    held = path.with_name(path.name + ".guard")
    while True:
        with held.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            if not _is_still(held, file.fileno()):
                continue  # whoever had it has just removed it
            try:
                yield True
            finally:
                held.unlink(missing_ok=True)
            return


def _is_still(path: Path, number: int) -> bool:
    """Whether an open file is the one that has this name now."""
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def short(connection: sqlite3.Connection) -> Iterator[None]:
    """One short transaction that writes; a writer of the store's file takes its turn first."""
    turnstile = connection.turnstile if isinstance(connection, Writer) else None
    with turnstile.turn_in_thread() if turnstile else contextlib.nullcontext():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def in_batches(connection: sqlite3.Connection, write: Callable[[int], bool]) -> None:
    """Call `write(size)` in one short transaction after another until it says that nothing is left."""
    size, left = 500, True
    while left:
        started = time.perf_counter()
        with short(connection):
            left = write(size)
        took = time.perf_counter() - started
        if took > _LONG_ENOUGH_S:
            size = max(_SMALLEST, size // 2)
        elif took < _LONG_ENOUGH_S / 2:
            size = min(_LARGEST, size * 2)
        if left:
            time.sleep(_BREATH_S)


def empty_slot(connection: sqlite3.Connection, slot: str) -> None:
    """Empty a slot that nobody reads, little by little."""
    for table, names in SLOT_TABLES:
        shorten = partial(_shorten, connection, table.format(slot=slot), ", ".join(names))
        in_batches(connection, shorten)
    with short(connection):
        connection.execute(f"INSERT INTO near_text_{slot} (near_text_{slot}) VALUES ('delete-all')")


def _shorten(connection: sqlite3.Connection, table: str, names: str, size: int) -> bool:
    """Delete the first rows of a table; whether any are left."""
    kept = f"id > {LAST_FIXED}" if table.endswith("_data") else "true"
    beyond = connection.execute(
        f"SELECT {names} FROM {table} WHERE {kept} ORDER BY {names} LIMIT 1 OFFSET ?", (size,)
    ).fetchone()
    if beyond is None:
        connection.execute(f"DELETE FROM {table} WHERE {kept}")
        return False
    marks = ", ".join("?" * len(beyond))
    connection.execute(f"DELETE FROM {table} WHERE ({names}) < ({marks}) AND {kept}", beyond)
    return True
