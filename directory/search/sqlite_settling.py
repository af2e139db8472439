"""After an import on SQLite: what waits is indexed, and where it is much, all is laid down by place anew.

The new layout is made in a file beside the store, where it disturbs nobody, and then copied into the
spare slot in short transactions. What is changed meanwhile is noted in `near_redo` and done again before
the slots change places. A process that dies on the way leaves the live slot as it was.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import orjson

from directory.search import sqlite_statements as sql
from directory.search.sqlite_laying import lay, remove_side, take_over
from directory.search.sqlite_writing import empty_slot, guard, open_writer, short

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_SHARE = 0.05
_MUCH = 20_000
_LITTLE = 1_000
_AT_ONCE = 100


def settle(path: Path) -> None:
    """Do what is due; when another process is at it, nothing."""
    with guard(path) as alone:
        if not alone:
            return
        with contextlib.closing(open_writer(path)) as connection:
            _clear_up(connection, path)
            if _worth_it(connection):
                _lay_anew(connection, path)
            else:
                _index_waiting(connection)


def _clear_up(connection: sqlite3.Connection, path: Path) -> None:
    """Forget a layout that was never finished."""
    remove_side(path)
    with short(connection):
        connection.execute("UPDATE projection_state SET building = ''")
        connection.execute("DELETE FROM near_redo")
    live = connection.execute("SELECT live FROM projection_state").fetchone()[0]
    empty_slot(connection, _other(live))


def _worth_it(connection: sqlite3.Connection) -> bool:
    """Whether so many offers lie out of place that all are laid down anew."""
    (late,) = connection.execute("SELECT late FROM projection_state").fetchone()
    (waiting,) = connection.execute("SELECT count(*) FROM near_pending").fetchone()
    (total,) = connection.execute("SELECT count(*) FROM near_card").fetchone()
    return bool(late + waiting > max(_LITTLE, min(_MUCH, _SHARE * total)))


def _index_waiting(connection: sqlite3.Connection) -> None:
    while True:
        with short(connection):
            rows = connection.execute("SELECT card FROM near_pending LIMIT ?", (_AT_ONCE,)).fetchall()
            if not rows:
                return
            live = connection.execute("SELECT live FROM projection_state").fetchone()[0]
            keys = orjson.dumps([row[0] for row in rows]).decode()
            for statement in (*sql.INDEX, sql.FORGET[0]):
                connection.execute(statement.format(slot=live), (keys,))
            connection.execute(sql.COUNT_LATE, (len(rows),))


def _lay_anew(connection: sqlite3.Connection, path: Path) -> None:
    with short(connection):
        live = connection.execute("SELECT live FROM projection_state").fetchone()[0]
        spare = _other(live)
        boundary = connection.execute(sql.NEXT_KEY).fetchone()[0]
        connection.execute("UPDATE projection_state SET building = ?, boundary = ?", (spare, boundary))
        connection.execute("DELETE FROM near_redo")
    lay(path, spare, boundary)
    take_over(path, spare)
    with contextlib.closing(open_writer(path)) as fresh:
        _swap(fresh, spare)
        remove_side(path)
        empty_slot(fresh, live)


def _swap(connection: sqlite3.Connection, spare: str) -> None:
    """Do again what was changed meanwhile, and let the spare slot answer from now on."""
    while True:
        with short(connection):
            rows = connection.execute(
                "SELECT card FROM near_redo ORDER BY card LIMIT ?", (_AT_ONCE,)
            ).fetchall()
            _redo(connection, [row[0] for row in rows], spare)
            if len(rows) < _AT_ONCE:
                late = connection.execute(
                    f"SELECT count(*) FROM near_offer_{spare} WHERE key >= {sql.LATE}"
                ).fetchone()[0]
                connection.execute(
                    "UPDATE projection_state SET live = ?, building = '', late = ?, "
                    "generation = generation + 1",
                    (spare, late),
                )
                connection.execute(
                    "DELETE FROM near_pending WHERE card <= (SELECT boundary FROM projection_state)"
                )
                return


def _redo(connection: sqlite3.Connection, cards: list[int], spare: str) -> None:
    keys = orjson.dumps(cards).decode()
    for statement in (*sql.UNINDEX_REDO, *sql.INDEX, sql.REDONE):
        connection.execute(statement.format(slot=spare), (keys,))


def _other(slot: str) -> str:
    return "b" if slot == "a" else "a"
