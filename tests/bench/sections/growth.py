"""Growth: the same questions to a large store and to a small one, both imported in random order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import questions
from tests.bench.measure import interleaved, spread
from tests.bench.report import at_most
from tests.bench.searching import asking, on_sqlite
from tests.bench.sections.near import PLACES

if TYPE_CHECKING:
    from tests.bench.report import Figure
    from tests.bench.setting import Bench

NAME = "growth"


async def prepare(bench: Bench) -> None:
    """Have both stores."""
    bench.imported(bench.size)
    bench.imported(bench.small)


async def run(bench: Bench) -> list[Figure]:
    """Measure both in turn."""
    found = []
    async with (
        asking(on_sqlite(bench.imported(bench.size))) as large,
        asking(on_sqlite(bench.imported(bench.small))) as small,
    ):
        for place, points in PLACES.items():
            for what, about in (("a term", questions.about_terms), ("free words", questions.about_words)):
                asked = about(points(bench.questions(450), 21), 22)
                ours, before = await interleaved(asked, large, small, warm=asked[:60])
                name = f"{what}, {place}, {bench.size:,} beside {bench.small:,}"
                found.append(at_most(NAME, name, spread(ours), spread(before), times=1.5))
    return found
