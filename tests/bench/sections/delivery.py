"""The outbox: a hundred thousand notices queued, and sent as fast as a platform lets us and no faster."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg

from bots.delivery.notices import sealed
from tests.bench.child import child
from tests.bench.delivered import KEYS, notices
from tests.bench.measure import one
from tests.bench.platform import FASTER, IN_ALL_PER_S
from tests.bench.report import Figure, within
from tests.bench.setting import SHORT_SIZE, clear

if TYPE_CHECKING:
    from tests.bench.setting import Bench

NAME = "delivery"
NOTICES = 100_000
SHORT_NOTICES = 5_000
QUEUED_S = 10.0
SHARE = 0.95
"""Of the allowed rate."""
MORE_MB = 20
"""What memory may grow by between the first tenth and the end."""
_DATABASE = "nearby_bench_delivery"


async def run(bench: Bench) -> list[Figure]:
    """Measure on both engines."""
    count = SHORT_NOTICES if bench.size <= SHORT_SIZE else NOTICES
    path = bench.folder / "delivery.db"
    clear(path)
    bench.say(f"queueing and sending {count:,} notices")
    floor_s = _bare(bench, count)
    figures = _figures(child("deliver", url=f"sqlite:///{path}", count=count), count, "SQLite", floor_s)
    clear(path)
    try:
        with psycopg.connect(bench.postgres, autocommit=True, connect_timeout=5) as server:
            server.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {_DATABASE}")
            url = f"{bench.postgres.rsplit('/', 1)[0]}/{_DATABASE}"
            figures += _figures(child("deliver", url=url, count=count), count, "PostgreSQL", None)
            server.execute(f"DROP DATABASE {_DATABASE} WITH (FORCE)")
    except psycopg.OperationalError as error:
        bench.left_out.append(f"delivery on PostgreSQL ({type(error).__name__})")
    return figures


def _figures(found: dict[str, Any], count: int, engine: str, floor_s: float | None) -> list[Figure]:
    allowed_s = count / IN_ALL_PER_S
    rate = count / found["sent_s"]
    sent = within(
        NAME, f"{count:,} sent, {engine}", one(found["sent_s"]), allowed_s / SHARE, floor=one(allowed_s)
    )
    note = (
        f"{rate:,.0f}/s of {IN_ALL_PER_S:,}/s allowed ({FASTER} times the platform's), "
        f"{rate / IN_ALL_PER_S:.1%}; {found['refused']} refused as too many (429)"
    )
    queued = one(found["queued_s"])
    return [
        within(
            NAME,
            f"{count:,} queued, {engine}",
            queued,
            QUEUED_S * count / NOTICES,
            floor=one(floor_s) if floor_s else None,
        ),
        Figure(
            NAME,
            sent.name,
            sent.ours,
            sent.floor,
            sent.target,
            (sent.met or False) and not found["refused"],
            note=note,
        ),
        within(
            NAME,
            f"memory at the end, {engine}",
            one(found["late_mb"]),
            found["early_mb"] + MORE_MB,
            unit="MB",
            floor=one(found["early_mb"]),
            note="floor: after the first tenth",
        ),
    ]


def _bare(bench: Bench, count: int) -> float:
    """Seconds to seal the same messages and insert them into a bare table."""
    path = bench.folder / "delivery-floor.db"
    clear(path)
    with closing(sqlite3.connect(path)) as table:
        table.execute("PRAGMA journal_mode = WAL")
        table.execute("CREATE TABLE notice (id INTEGER PRIMARY KEY, room TEXT, body BLOB)")
        began = time.perf_counter()
        rows = ((notice.room.id, sealed(notice, KEYS)) for notice in notices(count))
        table.executemany("INSERT INTO notice (room, body) VALUES (?, ?)", rows)
        table.commit()
        taken = time.perf_counter() - began
    clear(path)
    return taken
