"""Our own search as the measurements call it, on a store that was imported."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from directory.search.searching import searcher
from directory.store.engine import connect
from tests.bench.measure import spread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from directory.search.query import Found
    from tests.bench.measure import Spread
    from tests.bench.questions import Question

    Ask = Callable[[Question], Awaitable[Found]]

TIMEZONE = ZoneInfo("Europe/London")


@contextlib.asynccontextmanager
async def asking(url: str) -> AsyncIterator[Ask]:
    """A function that answers a question through `searcher.near`."""
    store = connect(url)
    search = searcher(store, TIMEZONE)
    try:

        async def ask(question: Question) -> Found:
            return await search.near(question.query)

        yield ask
    finally:
        await search.close()
        await store.close()


def on_sqlite(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


class NothingFoundError(Exception):
    """Our search found nothing at all where there is something: its speed would mean nothing."""


async def check_answers(ask: Ask, questions: Sequence[Question]) -> None:
    """Make sure that most questions are answered, nearest and further ones counted alike.

    Raises:
        NothingFoundError: fewer than nine in ten are.
    """
    answered = 0
    for question in questions:
        found = await ask(question)
        answered += bool(found.hits or found.further)
    if answered < 0.9 * len(questions):
        raise NothingFoundError(answered, len(questions))


def by_frequency(times: Sequence[float], kinds: Sequence[str]) -> dict[str, Spread]:
    """The same times told apart: questions come in turn, one of each kind."""
    return {kind: spread(times[number :: len(kinds)]) for number, kind in enumerate(kinds)}
