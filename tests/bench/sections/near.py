"""Near me on SQLite: our own search call beside the best bare statements, dense city and empty country."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from tests.bench import floors, questions, spots
from tests.bench.child import child
from tests.bench.measure import interleaved, spread
from tests.bench.report import TIMES, Figure, at_most, shown
from tests.bench.searching import asking, by_frequency, check_answers, on_sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.measure import Spread
    from tests.bench.questions import Question
    from tests.bench.searching import Ask
    from tests.bench.setting import Bench

NAME = "near"
PLACES: Final = {"dense city": spots.in_cities, "empty country": spots.in_empty_country}
WARM: Final = 60
TRIED: Final = 180
NAIVE_RUNS: Final = 12
HUNDREDTH: Final = 0.01
FREQUENCIES: Final = ("common", "middling", "rare")
LENGTHS: Final = ("one word", "two words", "three words")


async def prepare(bench: Bench) -> None:
    """Build the floors from the store that was imported."""
    store, into = bench.imported(bench.size), bench.folder / f"floors-{bench.size}.db"
    if not into.exists():
        bench.say("building the bare tables")
        child("floors", store=str(store), into=str(into))


async def run(bench: Bench) -> list[Figure]:
    """Measure terms, words, filters and the naive plan."""
    found: list[Figure] = []
    with closing(floors.read(bench.folder / f"floors-{bench.size}.db")) as bare:
        async with asking(on_sqlite(bench.imported(bench.size))) as ask:
            for place, points in PLACES.items():
                bench.say(f"near me, {place}")
                about_terms = questions.about_terms(points(bench.questions(900), 11), 12)
                about_words = questions.about_words(points(bench.questions(600), 13), 14)
                await check_answers(ask, about_terms[:20])
                await check_answers(ask, about_words[:20])
                found += [
                    await _terms(ask, bare, place, about_terms),
                    await _words(ask, bare, place, about_words),
                    *await filters(NAME, ask, place, about_terms, about_words),
                    await _naive(ask, bare, place, about_terms, full=bench.full),
                ]
    return found


async def _terms(ask: Ask, bare: Any, place: str, asked: Sequence[Question]) -> Figure:
    """The best of the bare ways on a part of the questions is the floor on all of them."""
    terms = floors.terms_in(bare)
    ways: list[floors.TermTree | floors.CellTree] = [
        floors.TermTree(bare, terms),
        floors.CellTree(bare, terms, covering=True),
        floors.CellTree(bare, terms, covering=False),
    ]
    tried = await interleaved(asked[:TRIED], *ways, warm=asked[:WARM])
    spreads = {way.name: spread(times) for way, times in zip(ways, tried, strict=True)}
    best = min(ways, key=lambda way: spreads[way.name].p50)
    ours, floor = await interleaved(asked, ask, best, warm=asked[:WARM])
    note = f"floor: {best.name} (tried: {_listed(spreads)}); ours: {_listed(by_frequency(ours, FREQUENCIES))}"
    return at_most(NAME, f"a term, {place}", spread(ours), spread(floor), times=2, plus=0.2e-3, note=note)


async def _words(ask: Ask, bare: Any, place: str, asked: Sequence[Question]) -> Figure:
    ours, floor = await interleaved(asked, ask, floors.Text(bare), warm=asked[:WARM])
    note = f"ours: {_listed(by_frequency(ours, LENGTHS))}; bare: {_listed(by_frequency(floor, LENGTHS))}"
    name = f"free words, {place}"
    return at_most(NAME, name, spread(ours), spread(floor), times=2, plus=0.2e-3, note=note)


async def filters(
    section: str, ask: Ask, place: str, about_terms: Sequence[Question], about_words: Sequence[Question]
) -> list[Figure]:
    """Every filter on, beside the same questions without."""
    found = []
    for what, asked in (("a term", about_terms), ("free words", about_words)):

        async def with_filters(question: Question) -> None:
            await ask(questions.filtered(question))

        ours, without = await interleaved(asked, with_filters, ask, warm=asked[:WARM])
        name = f"{what}, every filter, {place}"
        found.append(at_most(section, name, spread(ours), spread(without), times=3))
    return found


async def _naive(ask: Ask, bare: Any, place: str, asked: Sequence[Question], *, full: bool) -> Figure:
    ours, floor = await interleaved(asked[:NAIVE_RUNS], ask, floors.Naive(bare), warm=asked[:3])
    mine, theirs = spread(ours), spread(floor)
    met = mine.p50 <= HUNDREDTH * theirs.p50 if full else None
    name = f"beside the naive plan, {place}"
    return Figure(NAME, name, mine, theirs, f"≤ {HUNDREDTH}{TIMES} at a million", met)


def _listed(spreads: dict[str, Spread]) -> str:
    return ", ".join(f"{name} {shown(found.p50)}" for name, found in spreads.items())
