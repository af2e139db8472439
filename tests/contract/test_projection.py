"""The projection stays true however it came about: laid down by place, or as things came."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest

from directory.search import (
    covering,
    grid,
    sqlite_laying,
    sqlite_projector,
    sqlite_reading,
    sqlite_settling,
    sqlite_writing,
)
from directory.search.query import Need, Query, Where
from directory.search.steps import (
    Bounds,
    Terms,
    TermsApart,
    TermsWithin,
    WordsApart,
    WordsWithin,
)
from directory.search.wanted import Wanted
from tests.contract.search_examples import (
    HERE,
    NORTH,
    NOW,
    SOUTH,
    Directory,
    Example,
    at,
    directory,
    many,
    question,
    term,
    words,
)

if TYPE_CHECKING:
    from pathlib import Path

_NEEDS = (
    term("library services"), term("food bank", "debt advice"), term("swimming"), words("chess"),
    words("warm", "welcome"), words("swimming"), words("older", "people"),
    Need(("chess",), ("chess",)), Need(("library services",), ("books",)),
    Need(("food bank",), ("warm",), hints=("debt advice", "chess")), Need(hints=("swimming",)),
)  # fmt: skip


def _questions(number: int, seed: int) -> list[Query]:
    chance = random.Random(seed)  # repeatable questions
    return [_question(chance) for _ in range(number)]


def _question(chance: random.Random) -> Query:
    where = Where(
        HERE.lat + chance.gauss(0, 0.3),
        HERE.lon + chance.gauss(0, 0.4),
        radius_m=chance.choice((0, 0, 3000, 40_000)),
        lad=chance.choice((None, None, None, NORTH, SOUTH)),
        home_lad=chance.choice((None, NORTH, SOUTH)),
    )
    more: dict[str, Any] = {}
    for name, values in (
        ("when", (None, None, at(4, 12), at(7, 9, 12))), ("free", (False, False, True)),
        ("age", (None, None, (10, 12), (40, 40))), ("language", (None, None, "cy")),
        ("online", (False,) * 9 + (True,)),
    ):  # fmt: skip
        more[name] = chance.choice(values)
    needs = chance.sample(_NEEDS, chance.choice((0, 1, 1, 1, 2)))
    return question(
        *needs, where=where, limit=chance.choice((3, 10)), offset=chance.choice((0, 0, 3)), **more
    )


async def _answers(made: Directory, questions: list[Query]) -> list[dict[str, Any]]:
    return [asdict(await made.searcher.near(query)) for query in questions]


async def test_both_engines_give_the_same_answers(sqlite_url: str, postgres_url: str) -> None:
    """Three hundred invented services, two hundred questions of every kind."""
    examples, questions = many(300, seed=1), _questions(200, seed=2)
    async with directory(sqlite_url) as one, directory(postgres_url) as two:
        for made in (one, two):
            await made.put_all(examples)
            await made.projector.settle()
        first, second = await _answers(one, questions), await _answers(two, questions)
    assert sum(bool(found["hits"]) for found in first) > 100
    for query, here, there in zip(questions, first, second, strict=True):
        assert here == there, query


async def test_answers_are_the_same_after_settling(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laid down by place or not, little by little or at one go."""
    monkeypatch.setattr(sqlite_settling, "_LITTLE", 10)
    examples, questions = many(200, seed=3), _questions(60, seed=4)
    async with directory(database_url) as made:
        await made.put_all(examples[:150])
        for example in examples[150:]:
            await made.put(example)
        before = await _answers(made, questions)
        await made.projector.settle()
        assert await _answers(made, questions) == before
        await made.put(*examples[:5])
        await made.projector.settle()
        assert await _answers(made, questions) == before


async def test_a_bulk_of_new_services_waits_for_settling(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite; changed ones do not wait, and what is withdrawn while it waits never shows."""
    monkeypatch.setattr(sqlite_projector, "LATE_AT_MOST", 2)
    one, two, three, four = (Example(key, north=place) for place, key in enumerate("abcd"))
    async with directory(sqlite_url) as made:
        await made.put(one, two)
        await made.put(three, four)
        assert await made.ask() == ["a", "b"]
        await made.put(replace(one, name="Changed"))
        await made.withdraw(four)
        assert await made.ask() == ["a", "b"]
        await made.projector.settle()
        assert await made.ask() == ["a", "b", "c"]
        await made.put(replace(three, name="Chess"))
        assert await made.ask(words("chess")) == ["c"]


async def test_what_changes_while_all_is_laid_down_anew_is_not_lost(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may import, change and withdraw meanwhile."""
    monkeypatch.setattr(sqlite_settling, "_LITTLE", 1)
    first = many(50, seed=5, spread_m=2000)
    gone, changed = Example("gone", terms=("Falconry",)), Example("changed", name="Pulsar words")
    async with directory(sqlite_url) as made:
        await made.put_all([*first, gone, changed])
        original = sqlite_laying.take_over

        def meanwhile(path: Path, slot: str) -> None:
            import asyncio

            original(path, slot)
            asyncio.run(_change(sqlite_url, made, gone, changed))

        monkeypatch.setattr(sqlite_settling, "take_over", meanwhile)
        await made.projector.settle()
        assert await made.ask(term("falconry"), words("quasar", "words")) == ["changed", "new"]
        assert await made.ask(words("pulsar", "words")) == []
        assert "gone" not in await made.ask(limit=100)
        assert len(await made.ask(limit=100, where=replace(HERE, radius_m=9000))) >= 40


async def _change(url: str, made: Directory, gone: Example, changed: Example) -> None:
    async with directory(url) as other:
        other.keys = made.keys
        await other.withdraw(gone)
        await other.put(replace(changed, name="Quasar words"))
        await other.put(Example("new", terms=("Falconry",)), Example("brief", terms=("Falconry",)))
        await other.withdraw(Example("brief"))


@pytest.mark.parametrize("step", ["lay", "take_over", "_swap"])
async def test_a_layout_that_was_interrupted_is_put_right(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Answers go on from the old one; the next settling makes the new one."""
    monkeypatch.setattr(sqlite_settling, "_LITTLE", 10)
    examples, questions = many(120, seed=6), _questions(30, seed=7)
    original = getattr(sqlite_settling, step)

    def dies(*given: Any) -> None:
        if step == "take_over":
            original(*given)
        raise KeyboardInterrupt

    async with directory(sqlite_url) as made:
        await made.put_all(examples)
        before = await _answers(made, questions)
        path = made.store.path
        assert path is not None
        with monkeypatch.context() as patch:
            patch.setattr(sqlite_settling, step, dies)
            with pytest.raises(KeyboardInterrupt):
                sqlite_settling.settle(path)
        assert await _answers(made, questions) == before
        await made.put(Example("later", name="Later on"))
        assert await made.ask(words("later", "on")) == ["later"]
        await made.withdraw(Example("later"))
        await made.projector.settle()
        assert await _answers(made, questions) == before
        assert [
            file.name for file in path.parent.glob("nearby.db*") if file.suffix in {".laying", ".guard"}
        ] == []
        with sqlite3.connect(path) as connection:
            live, building = connection.execute("SELECT live, building FROM projection_state").fetchone()
            spare = connection.execute("SELECT count(*) FROM near_offer_a").fetchone()[0]
        connection.close()
        assert (live, building, spare) == ("b", "", 0)


async def test_only_one_process_lays_down_a_store(sqlite_url: str) -> None:
    """A second finds it being done, and leaves it alone."""
    async with directory(sqlite_url) as made:
        path = made.store.path
        assert path is not None
        with sqlite_writing.guard(path) as first, sqlite_writing.guard(path) as second:
            assert (first, second) == (True, False)


def test_the_example_time_is_a_wednesday() -> None:
    """What the opening hours of the examples rely on."""
    assert NOW.isoweekday() == 3


async def test_an_analyzed_file_is_read_by_the_same_plans(sqlite_url: str) -> None:
    """Each statement seeks in the index, whatever statistics there are: none reads a whole term."""
    box = grid.box(HERE.lat, HERE.lon, 3_000)
    bounds = Bounds(HERE.lat, HERE.lon, box, 9e6, (-1.0, 0), 24)
    all_filters = Wanted(forbidden=3, weeks=(1, 1, 1), age=(8, 8), language_bit=1, lad=5)
    cells, ways = ((-1, 5), (-2, 0)), (("chess",), ("warm", "welcom"))
    sought = "USING PRIMARY KEY (term=? AND row=? AND column"
    async with directory(sqlite_url) as made:
        await made.put_all(many(1_500, seed=1))
        await made.projector.settle()
        path = made.store.path
        assert path is not None
        with closing(sqlite3.connect(path)) as connection:
            (live,) = connection.execute("SELECT live FROM projection_state").fetchone()
            for analyze in ("", "ANALYZE"):
                connection.execute(analyze)
                covered = covering.ON_SQLITE.format(slot=live)
                assert _reads(connection, covered, box._asdict(), [sought])
                for wanted in (Wanted(), all_filters):
                    for step, expected in (
                        (TermsWithin(Terms((1, 2), (3,)), bounds, wanted), [sought] * 3),
                        (TermsWithin(Terms((1,)), bounds._replace(cells=None), wanted), ["(term=?)"]),
                        (TermsApart(Terms((1,)), cells, 24, wanted), [sought] * 2),
                        (WordsWithin(ways, bounds, wanted), ["USING INTEGER PRIMARY KEY (rowid=?)"]),
                        (WordsApart(ways, cells, 24, wanted), ["USING INTEGER PRIMARY KEY (rowid=?)"] * 2),
                    ):
                        assert _reads(connection, *sqlite_reading.statement(step, live), expected)


def _reads(connection: sqlite3.Connection, text: str, values: dict[str, Any], expected: list[str]) -> bool:
    """Whether a statement reads the index in just these ways."""
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    read = [line for line in plan if line.startswith(("SEARCH i", "SCAN i", "BLOOM"))]
    return len(read) == len(expected) and all(part in line for line, part in zip(read, expected, strict=True))
