"""What the conversation needs from outside: the time, a search and a place finder, all handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from directory.places.place import Mention, Place
    from directory.search.query import Found, Query


class Vocabulary(Protocol):
    """The words that the directory itself uses."""

    @property
    def is_sorted(self) -> bool:
        """Whether records were sorted into needs when they were read in."""
        ...

    def match(self, words: Sequence[str], /) -> tuple[str, ...]:
        """Names of taxonomy terms (normalised) that these words lead to; best first."""
        ...


class Search(Protocol):
    """Finds what is near."""

    async def near(self, query: Query, /) -> Found:
        """Answer a whole question."""
        ...

    async def covers(self, points: Sequence[tuple[float, float]], metres: float, /) -> tuple[bool, ...]:
        """Whether there is anything at all so near each point (latitude and longitude)."""
        ...

    async def vocabulary(self) -> Vocabulary:
        """Give the words known now; cheap to ask for each time."""
        ...


class Authority(Protocol):
    """A local authority."""

    @property
    def name(self) -> str:
        """As it is shown: "Lambeth"."""
        ...


class Places(Protocol):
    """Finds places by name."""

    def authority(self, code: str, /) -> Authority | None:
        """The local authority of a code."""
        ...

    async def find(self, text: str, /, near: tuple[float, float] | None = None) -> tuple[Place, ...]:
        """Places of that name: none when unknown, several when ambiguous."""
        ...

    async def scan(self, message: str, /, near: tuple[float, float] | None = None) -> list[Mention]:
        """Places named inside a sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a turn may use."""

    now: datetime
    """Aware."""
    timezone: ZoneInfo
    search: Search
    places: Places
