"""Whatever stands in a feed, nothing crashes and every line is accounted for."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any, Final

from tests.fakes.feeds import FakeSource, example_service

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk

RUBBISH: Final[tuple[Any, ...]] = (
    *(None, True, -1, 1e308, 10**30, "", "  ", "%", "a/b", "\x00a", "\ud800x", "<b>x</b>", "é\u202e"),
    *("9" * 5000, "2026-13-45", [], {}, [1], {"id": 1}, [[[]]], {"a": [None]}),
)


def _spoilt(rng: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with rubbish in up to three places."""
    document = copy.deepcopy(document)
    for _ in range(rng.randint(1, 3)):
        node: Any = document
        while node:
            key = rng.choice(list(node)) if isinstance(node, dict) else rng.randrange(len(node))
            if rng.random() < 0.4 or not isinstance(node[key], dict | list):
                node[key] = rng.choice(RUBBISH)
                break
            node = node[key]
    return document


async def test_spoilt_records(desk: Desk) -> None:
    """Of hundreds of spoilt records, over two imports, each is taken, changed, unchanged or quarantined."""
    rng = random.Random(7)
    term = {"id": "t", "name": "Term", "taxonomy": "Example"}
    for _ in range(2):
        lines = [
            _spoilt(rng, example_service(number % 200, attributes=[{"id": "q", "taxonomy_term": term}]))
            for number in range(300)
        ]
        outcome = await desk.take(FakeSource(lines, size=50), force=True)
        counted = outcome.taken + outcome.changed + outcome.unchanged + outcome.quarantined
        assert counted == outcome.read == 300
        before = await desk.everything()
        again = await desk.take(FakeSource(lines, size=50))
        assert (again.taken, again.changed) == (0, 0)
        assert await desk.everything() == before
