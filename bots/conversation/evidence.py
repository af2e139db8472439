"""How a record may say that it serves a need: every way in the lexicon, in stems, found by its rarest one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from directory.search.stemming import stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bots.conversation.lexicon import NeedEntry

OWN_NAMES = 4
"""How many of the first `words` of a need are its own names."""
OWN = (0.0, 1.0, 1.0, 1.0)
"""What a name of the need weighs, by how many words it has."""
SAID = (0.0, 0.35, 0.85, 1.0)
"""What another way weighs, by how many words must be there together: others use a single one too."""
TERM = (0.0, 0.35, 1.0, 1.0)
"""The same for the name of a taxonomy term that stands in a text."""
SHARED = ((3, 1.0), (8, 0.85), (16, 0.65))
"""What a word that so many needs use says of one of them."""
SHARED_BY_MANY = 0.4
SHARED_TOGETHER = 0.6
"""How much of that holds for words that stand together."""
ONE_MORE = 0.2
"""What a word weighs on its own that hardly any other need uses, where a way has others beside it."""
HARDLY_ANY = 2


class Way(NamedTuple):
    """The rest of one way to say one need, where its rarest words are there."""

    need: str
    others: tuple[str, ...]
    """Its further stems."""
    weight: float


class Ways(NamedTuple):
    """All ways that have the same rarest stem."""

    alone: list[Way]
    """Those that are this word alone."""
    beside: dict[str, list[Way]]
    """The others, by their second rarest stem: what a record has of these is found at once."""


_Said = tuple[str, str, tuple[float, ...]]
"""A need, how it is said, and what that weighs by its length."""


def ways_of(entries: Iterable[NeedEntry]) -> dict[str, Ways]:
    """All ways of all needs by their rarest stem."""
    best: dict[tuple[str, tuple[str, ...]], float] = {}
    users: dict[str, set[str]] = defaultdict(set)
    for need, text, weights in _written(entries):
        if way := tuple(dict.fromkeys(stems(text))):
            key = need, tuple(sorted(way))
            best[key] = max(weights[min(len(way), len(weights) - 1)], best.get(key, 0.0))
            for stem in way:
                users[stem].add(need)
    for stem, needs in users.items():
        if len(needs) <= HARDLY_ANY and len(stem) > 3:
            for need in needs:
                best.setdefault((need, (stem,)), ONE_MORE)
    found: dict[str, Ways] = {}
    for (need, way), weight in best.items():
        rarest, *others = sorted(way, key=lambda stem: (len(users[stem]), stem))
        said = weight * _told_apart(len(users[rarest]), alone=not others)
        ways = found.setdefault(rarest, Ways([], {}))
        held = ways.beside.setdefault(others[0], []) if others else ways.alone
        held.append(Way(need, tuple(others[1:]), said))
    return found


def _told_apart(users: int, *, alone: bool) -> float:
    """What is left of a way's weight where many needs use even its rarest word."""
    share = next((share for most, share in SHARED if users <= most), SHARED_BY_MANY)
    return share if alone else 1 - SHARED_TOGETHER * (1 - share)


def _written(entries: Iterable[NeedEntry]) -> Iterable[_Said]:
    for entry in entries:
        for place, text in enumerate(entry.words):
            yield entry.id, text, OWN if place < OWN_NAMES else SAID
        for name in entry.terms:
            yield entry.id, name, TERM
