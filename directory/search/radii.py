"""How far to look first: learnt from the questions before, so that one statement is usually enough.

What is remembered makes an answer quicker or slower to find, and never another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search import grid

if TYPE_CHECKING:
    from collections.abc import Hashable

_UNKNOWN_M = 3_000.0
_LEVELS = (5, 7)
"""Powers of two of base cells along the side of what is remembered as one place: 36 and 142 km."""
_AT_MOST = 20_000
_MARGIN = 1.15
"""How much further to look than it was to enough."""
_SHRINK = 0.25


class Radii:
    """Radii within which there was enough, by what was asked for and where."""

    def __init__(self) -> None:
        self._held: dict[Hashable, float] = {}

    def guess(self, what: Hashable, kind: Hashable, lat: float, lon: float) -> Guess:
        """How far to look; `kind` stands for `what` where nobody asked for that in these parts."""
        row, column = grid.row_of(lat), grid.column_of(lon)
        close, loose = ((level, row >> level, column >> level) for level in _LEVELS)
        if len(self._held) >= _AT_MOST:
            self._held.clear()
        return Guess(self._held, ((what, close), (what, loose), (kind, loose)))


class Guess:
    """How far to look for one thing about one place."""

    __slots__ = ("_held", "_keys")

    def __init__(self, held: dict[Hashable, float], keys: tuple[Hashable, ...]) -> None:
        self._held = held
        self._keys = keys

    def metres(self) -> float:
        """The radius to begin with."""
        for key in self._keys:
            if (held := self._held.get(key)) is not None:
                return held
        return _UNKNOWN_M

    def learn(self, metres: float) -> None:
        """So far it was to enough: at once more where it was further, little by little less where not."""
        needed = metres * _MARGIN
        for key in self._keys:
            held = self._held.get(key, 0.0)
            self._held[key] = needed if needed > held else held + _SHRINK * (needed - held)
