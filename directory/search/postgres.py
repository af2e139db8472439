"""Searching on PostgreSQL: psycopg directly, on a few connections of our own."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import psycopg

from directory.search import covering
from directory.search import postgres_reading as reading
from directory.search.answering import answer
from directory.search.query import Found
from directory.search.radii import Radii
from directory.search.steps import Cards, TermsApart, TermsWithin, WordsApart, WordsWithin
from directory.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from zoneinfo import ZoneInfo

    from directory.search.query import Query
    from directory.search.steps import AreRare, Row, Step
    from directory.store.engine import Store

_CONNECTIONS = 4

Connection = psycopg.AsyncConnection[Any]


class PostgresSearcher:
    """Answers questions from one database; nothing is opened before the first."""

    def __init__(self, store: Store, timezone: ZoneInfo) -> None:
        self._store = store
        self._timezone = timezone
        self._idle: list[Connection] = []
        self._room = asyncio.Semaphore(_CONNECTIONS)
        self._generation = -1
        self._vocabulary = Vocabulary({})
        self._counts: dict[str, int] = {}
        self._radii = Radii()

    async def near(self, query: Query) -> Found:
        """What is near; empty where nothing was ever projected."""
        async with self._connection() as connection:
            if not await self._refresh(connection):
                return Found()
            steps = answer(query, self._vocabulary.keys, self._timezone, self._radii)
            try:
                step = next(steps)
                while True:
                    step = steps.send(await self._do(connection, step))
            except StopIteration as end:
                found: Found = end.value
                return found

    async def vocabulary(self) -> Vocabulary:
        """The terms that are known."""
        async with self._connection() as connection:
            await self._refresh(connection)
        return self._vocabulary

    async def covers(self, points: Sequence[tuple[float, float]], metres: float) -> tuple[bool, ...]:
        """Whether there is anything at all so near each point (latitude and longitude)."""
        async with self._connection() as connection:
            if not await self._refresh(connection):
                return (False,) * len(points)
            asked = [covering.values_on_postgres(lat, lon, metres) for lat, lon in points]
            rows = [await _all(connection, covering.ON_POSTGRES, values) for values in asked]
        return tuple(bool(row[0][0]) for row in rows)

    async def close(self) -> None:
        """Close the connections."""
        while self._idle:
            await self._idle.pop().close()

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        """A connection for one question; one that broke is not used again."""
        async with self._room:
            connection = self._idle.pop() if self._idle else await self._connect()
            try:
                yield connection
            except BaseException:
                await connection.close()
                raise
            self._idle.append(connection)

    async def _connect(self) -> Connection:
        url = self._store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True, prepare_threshold=2)
        await connection.execute("SET jit = off")  # compiling takes longer than any of these statements
        return connection

    async def _refresh(self, connection: Connection) -> bool:
        """Know the terms of now; False where there is no projection yet."""
        try:
            rows = await _all(connection, reading.STATE)
        except psycopg.errors.UndefinedTable:
            return False
        if rows[0][0] != self._generation:
            terms = await _all(connection, reading.TERMS)
            self._generation = rows[0][0]
            self._vocabulary = Vocabulary(dict(terms))
            self._counts = {}
        return True

    async def _do(self, connection: Connection, step: Step) -> list[Row]:
        if isinstance(step, TermsWithin | WordsWithin | TermsApart | WordsApart):
            return await _all(connection, *reading.statement(step))
        if isinstance(step, Cards):
            return await _all(connection, reading.CARDS, (list(step.keys),))
        return [(await self._are_rare(connection, step),)]

    async def _are_rare(self, connection: Connection, step: AreRare) -> bool:
        """Whether all ways together are rare, each as rare as its rarest word."""
        together = 0
        for way in step.ways:
            together += min([await self._count(connection, word) for word in way])
        return together <= reading.RARE

    async def _count(self, connection: Connection, word: str) -> int:
        """How many offers have a word, as far as it matters."""
        known = self._counts
        if word not in known:
            matched = reading.match(((word,),), ())
            rows = await _all(connection, reading.COUNT_WORD, (matched, reading.RARE + 1))
            known[word] = rows[0][0]
        return known[word]


async def _all(connection: Connection, statement: str, values: Any = None) -> list[Row]:
    cursor = await connection.execute(statement, values)
    return await cursor.fetchall()
