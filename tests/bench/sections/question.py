"""The whole question: text in, worded answer out, as people type it, at real places.

The floor is what the directory itself takes: the same searches, asked again without a conversation.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bots.asking import ask
from bots.conversation.ports import Ports
from directory.places.gazetteer import Gazetteer
from directory.search.searching import searcher
from directory.store.engine import connect
from tests.bench.measure import interleaved, one, spread
from tests.bench.questions import NOW
from tests.bench.report import Figure, shown, within
from tests.bench.searching import TIMEZONE, NothingFoundError, on_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bots.conversation.ports import Search, Vocabulary
    from directory.search.query import Found, Query
    from tests.bench.measure import Spread
    from tests.bench.setting import Bench

NAME: Final = "question"
ASKED: Final = Path(__file__).resolve().parent.parent / "asked.txt"
P50_S, P99_S, RATE = 0.003, 0.015, 300
"""Targets: seconds, seconds, questions a second in one process."""
ROUNDS: Final = 4
LEAST_FOUND: Final = 0.7
"""Share of the questions that must lead somewhere: else their speed would mean nothing."""


async def prepare(bench: Bench) -> None:
    """Have the store."""
    bench.imported(bench.size)


async def run(bench: Bench) -> list[Figure]:
    """Ask every question a few times, in turn with the searches it takes."""
    texts = [line for line in ASKED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    cases = texts * (ROUNDS if bench.full else 1)
    async with _ports(on_sqlite(bench.imported(bench.size))) as ports:
        searches = await _searches(texts, ports)

        async def whole(text: str) -> None:
            await ask((text,), ports)

        async def searching(text: str) -> None:
            for query in searches[text]:
                await ports.search.near(query)

        bench.say(f"whole questions, {len(cases)} of them")
        ours, floor = await interleaved(cases, whole, searching, warm=texts)
    return [_question(spread(ours), spread(floor), searches), _rate(ours)]


@contextlib.asynccontextmanager
async def _ports(url: str) -> AsyncIterator[Ports]:
    """What a turn may use, on a store that was imported, whatever it was sorted by."""
    store = connect(url)
    search = searcher(store, TIMEZONE)
    try:
        yield Ports(now=NOW, timezone=TIMEZONE, search=search, places=Gazetteer(store))
    finally:
        await search.close()
        await store.close()


@dataclass
class _Listening:
    """A search that remembers what it was asked."""

    search: Search
    asked: list[Query] = field(default_factory=list)

    async def near(self, query: Query, /) -> Found:
        self.asked.append(query)
        return await self.search.near(query)

    async def covers(self, points: Sequence[tuple[float, float]], metres: float, /) -> tuple[bool, ...]:
        return await self.search.covers(points, metres)

    async def vocabulary(self) -> Vocabulary:
        return await self.search.vocabulary()


async def _searches(texts: Sequence[str], ports: Ports) -> dict[str, list[Query]]:
    """What the directory is asked for each text.

    Raises:
        NothingFoundError: too few of them find anything.
    """
    found, searches = 0, {}
    for text in texts:
        listening = _Listening(ports.search)
        (line,) = await ask((text,), replace(ports, search=listening))
        searches[text] = listening.asked
        found += bool(line["results"] or line["alternatives"])
    if found < LEAST_FOUND * len(texts):
        raise NothingFoundError(found, len(texts))
    return searches


def _question(ours: Spread, floor: Spread, searches: dict[str, list[Query]]) -> Figure:
    target = f"≤ {shown(P50_S)}, p99 ≤ {shown(P99_S)}"
    met = ours.p50 <= P50_S and ours.p99 <= P99_S
    each = sum(map(len, searches.values())) / len(searches)
    note = f"floor: its searches alone, {each:.2f} a question, over {len(searches)} questions"
    return Figure(NAME, "a whole question", ours, floor, target, met, note=note)


def _rate(times: Sequence[float]) -> Figure:
    """How long one question takes of a process that answers one after the other."""
    each = sum(times) / len(times)
    note = f"{1 / each:,.0f} questions a second in one process"
    return within(NAME, "one after the other, each", one(each), 1 / RATE, note=note)
