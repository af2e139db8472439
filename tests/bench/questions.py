"""What is asked in the measurements: terms from common to rare, in dense city and empty country."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from directory.search.query import Conditions, Need, Query, When, Where
from directory.search.stemming import asked
from tests.bench.generate import TERMS, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
"""A Wednesday: the first question is asked then, the others within four hours of it."""
AHEAD = timedelta(hours=3, minutes=30)
"""So long after it was asked the opening hours are wanted for."""
FOUND = 10
"""How many are asked for."""
RANKS = ((0, 3), (25, 40), (140, 150))
"""Ranks of common, middling and rare terms: of a million services the first of `TERMS` stands in some
200,000, the last in 3,000."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what a bare statement needs to know of it."""

    query: Query
    lat: float
    lon: float
    term: str = ""
    stems: tuple[str, ...] = ()
    """What stands in a full-text index for the term or the words."""


def about_terms(points: Sequence[tuple[float, float]], seed: int) -> list[Question]:
    """One term each, in turn a common, a middling and a rare one."""
    rng = random.Random(seed)
    questions = []
    for number, (lat, lon) in enumerate(points):
        term = TERMS[rng.randrange(*RANKS[number % len(RANKS)])]
        questions.append(
            Question(_query(number, lat, lon, Need(terms=(term,))), lat, lon, term=term, stems=asked((term,)))
        )
    return questions


def about_words(points: Sequence[tuple[float, float]], seed: int) -> list[Question]:
    """Free words, in turn one, two and three of them: each stands in a quarter of all records."""
    rng = random.Random(seed)
    questions = []
    for number, (lat, lon) in enumerate(points):
        words = tuple(rng.sample(WORDS, 1 + number % 3))
        questions.append(Question(_query(number, lat, lon, Need(words=words)), lat, lon, stems=asked(words)))
    return questions


def filtered(question: Question) -> Question:
    """The same with every filter on: open at a time, free, age, language, access, no referral."""
    conditions = Conditions(free=True, age=(8, 8), language="en", wheelchair=True, no_referral=True)
    then = question.query.now + AHEAD
    return replace(question, query=replace(question.query, conditions=conditions, when=When(then, then)))


def _query(number: int, lat: float, lon: float, need: Need) -> Query:
    return Query(now=NOW + timedelta(minutes=number % 240), where=Where(lat, lon), needs=(need,), limit=FOUND)
