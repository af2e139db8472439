"""Near me on PostgreSQL with PostGIS: our own search call beside the bare statement bounded by rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg

from tests.bench import filled, machine, questions
from tests.bench.floors_postgres import Bare
from tests.bench.measure import interleaved, spread
from tests.bench.report import at_most
from tests.bench.searching import asking, check_answers
from tests.bench.sections.near import PLACES, filters

if TYPE_CHECKING:
    from tests.bench.questions import Question
    from tests.bench.report import Figure
    from tests.bench.searching import Ask
    from tests.bench.setting import Bench

NAME = "postgres"
ALLOWANCE_S: Final = 1e-3
_made: dict[str, str] = {}
"""Server -> the database on it that was made for this run."""


async def prepare(bench: Bench) -> None:
    """Make a database and fill it, where there is a server with PostGIS."""
    if "postgis" not in machine.postgres_versions(bench.postgres):
        bench.left_out.append("postgres: there is no PostgreSQL server with PostGIS")
        return
    bench.say("filling PostgreSQL")
    url = bench.closing.enter_context(filled.database(bench.postgres))
    await filled.fill(url, bench.imported(bench.size))
    _made[bench.postgres] = url


async def run(bench: Bench) -> list[Figure]:
    """Measure terms, words and filters."""
    url = _made.get(bench.postgres)
    if url is None:
        return []
    found: list[Figure] = []
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True, prepare_threshold=0)
    async with connection, asking(url) as ask:
        known = await (await connection.execute("SELECT name, key FROM near_term")).fetchall()
        bare = Bare(connection, dict(known))
        for place, points in PLACES.items():
            bench.say(f"near me on PostgreSQL, {place}")
            about_terms = questions.about_terms(points(bench.questions(450), 41), 42)
            about_words = questions.about_words(points(bench.questions(300), 43), 44)
            await check_answers(ask, about_terms[:20])
            found += await _beside(ask, bare, place, about_terms, about_words)
            found += await filters(NAME, ask, place, about_terms, about_words)
    return found


async def _beside(
    ask: Ask, bare: Bare, place: str, about_terms: list[Question], about_words: list[Question]
) -> list[Figure]:
    found = []
    ways = (("a term", about_terms, bare.term), ("free words", about_words, bare.words))
    for what, asked, floor in ways:
        ours, theirs = await interleaved(asked, ask, floor, warm=asked[:60])
        name = f"{what}, {place}"
        found.append(at_most(NAME, name, spread(ours), spread(theirs), times=2, plus=ALLOWANCE_S))
    return found
