"""How things are timed: percentiles, and ways measured in turn so that a noisy machine hits them all."""

from __future__ import annotations

import gc
import inspect
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

Case = TypeVar("Case")
BLOCK = 20
"""Cases that one way does before it is the next one's turn."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a series of measurements comes to; in the unit of the measurements."""

    p50: float
    p99: float
    count: int


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def spread(values: Sequence[float]) -> Spread:
    """Median and 99th percentile."""
    return Spread(percentile(values, 0.5), percentile(values, 0.99), len(values))


def one(value: float) -> Spread:
    """A figure that was measured once."""
    return Spread(value, value, 1)


async def interleaved(
    cases: Sequence[Case],
    *ways: Callable[[Case], Any],
    warm: Sequence[Case] = (),
    block: int = BLOCK,
) -> list[list[float]]:
    """Seconds that each way took for each case: way A, way B, way A, way B, over the same cases.

    They take turns after so many cases, not after each: what one way leaves in the processor's caches
    is then no part of what the other takes. A way may be a plain or an async function. `warm` is run
    first and not counted.
    """
    for way in ways:
        for case in warm:
            await timed(way, case)
    taken: list[list[float]] = [[] for _ in ways]
    gc.collect()
    for first in range(0, len(cases), block):
        for way, times in zip(ways, taken, strict=True):
            times.extend([await timed(way, case) for case in cases[first : first + block]])
    return taken


async def timed(way: Callable[[Case], Any], case: Case) -> float:
    """Seconds that one call took, awaited where it has to be."""
    started = time.perf_counter()
    result: Awaitable[object] | object = way(case)
    if inspect.isawaitable(result):
        await result
    return time.perf_counter() - started
