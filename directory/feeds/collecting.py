"""Looks for cycles of objects seldom while an import runs.

An import makes and drops millions of objects that hold no cycles; Python looks through them again and
again all the same, which is a sixth of all the work.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELDOM: Final = (50_000, 20, 20)
_before: list[tuple[int, int, int]] = []
"""What held before each import that is under way, as far as it is."""


@contextlib.contextmanager
def seldom() -> Iterator[None]:
    """Look seldom until the end of the block; of several at once, until the end of the last."""
    _before.append(gc.get_threshold())
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        first = _before[0]
        _before.pop()
        if not _before:
            gc.set_threshold(*first)
