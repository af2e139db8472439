"""Which names in addresses are neighbourhoods, and where they lie. PURE.

A name is learnt where at least three addresses, or two at different points, give it as their locality
close to each other, and it is not something else: a street, a building, a known place near by, an
authority, a county. One that a single address gives is learnt with a count of 1: it counts after "in" or
"near", with its town, or where a message ends or begins. What a place to go to is named after
("Bedminster Library", "Carnegie Library (Herne Hill)") is learnt too: where fewer than three are, with a
count of 0, and it counts only after "in" or "near", or with its town.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from directory.places.distance import metres, spread
from directory.places.names import fold
from directory.places.vocabulary import Ordinary, everyday, ordinary, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from directory.places.atlas import Atlas

LEAST_NAMED = 3
LEAST_ADDRESSES = 2
"""They have to be at different points: two rooms of one building are no neighbourhood."""
CLOSE_M = 3_000
KNOWN_WITHIN_M = 10_000
MOST_CLUSTERS = 8
"""A name found in more parts of the country than this is no name: "Town Centre"."""
MOST_FAINT_CLUSTERS = 2
"""What single addresses give, or places are named after, in more parts of the country is rather a saint."""
MOST_POINTS = 200
RADIUS_M = (500, 3_000)
NAME = re.compile(r"[^\W\d_]+(?:[ '\u2019.-]+[^\W\d_]+){0,3}\.?\Z")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Locality:
    """A neighbourhood: where it lies, and how many addresses give it; 0: only what is named after it."""

    key: str
    name: str
    lat: float
    lon: float
    radius_m: int
    count: int


class Localities:
    """Takes addresses one by one; holds names and at most 200 points of each."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._points: dict[str, dict[str, Point]] = {}
        self._named: dict[str, dict[str, Point]] = {}
        self._spellings: dict[str, dict[str, int]] = {}
        self._wanted = lru_cache(maxsize=50_000)(self._names)  # the same towns come again and again

    def add(self, parts: Iterable[str | None], point: Point, address: str) -> None:
        """One address: its parts behind the first line, its point, and what tells it from others."""
        self._add(self._points, parts, point, address)

    def add_named(self, place: str, point: Point) -> None:
        """One place to go to, by its name."""
        self._add(self._named, named_after(place), point, f"{point}")

    def _add(
        self, held: dict[str, dict[str, Point]], parts: Iterable[str | None], point: Point, address: str
    ) -> None:
        for key, name in chain.from_iterable(self._wanted(part) for part in parts if part):
            points = held.setdefault(key, {})
            if len(points) < MOST_POINTS:
                points.setdefault(address, point)
            spellings = self._spellings.setdefault(key, {})
            spellings[name] = spellings.get(name, 0) + 1

    def _names(self, part: str) -> tuple[tuple[str, str], ...]:
        """Folded and shown names in a part of an address, without what is something else."""
        pairs = ((fold(name), name) for name in names_in(part))
        return tuple((key, name) for key, name in pairs if not self._otherwise(key))

    def _otherwise(self, key: str) -> bool:
        counties = self._atlas.counties.by_key
        words = key.split(" ")
        ends = [" ".join(words[start:]) for start in range(len(words))]
        return unlikely(key) or any(end in self._atlas.authority_names or end in counties for end in ends)

    def found(self) -> list[Locality]:
        """What has been learnt, by name."""
        found = self._of(self._points, LEAST_ADDRESSES, MOST_CLUSTERS)
        found += others(self._of(self._points, 1, MOST_FAINT_CLUSTERS), found)
        named = self._of(self._named, 1, MOST_FAINT_CLUSTERS)
        return found + [
            one if one.count >= LEAST_NAMED else replace(one, count=0) for one in others(named, found)
        ]

    def _of(self, held: dict[str, dict[str, Point]], least: int, most_clusters: int) -> list[Locality]:
        found: list[Locality] = []
        for key, points in sorted(held.items()):
            groups = [group for group in clusters(list(points.values())) if enough(group, least)]
            if len(groups) > most_clusters:
                continue
            name = max(self._spellings[key].items(), key=lambda pair: (pair[1], pair[0]))[0]
            found += [locality(key, name, group) for group in groups if not self._known(key, group)]
        return found

    def _known(self, key: str, group: Sequence[Point]) -> bool:
        lat, lon, _ = spread(group)
        places = [self._atlas.settlement(number).place for number in self._atlas.settlements.get(key, ())]
        return any(metres(lat, lon, place.lat, place.lon) < KNOWN_WITHIN_M for place in places)


def others(more: Iterable[Locality], held: Iterable[Locality]) -> list[Locality]:
    """Those whose name is not held already, and is no ordinary word."""
    known = {one.key for one in held}
    return [one for one in more if one.key not in known and one.key not in ordinary()]


def enough(group: Sequence[Point], least: int) -> bool:
    """Whether so many addresses give a name, and not all of them from one building."""
    return len(group) >= least and (len(group) != LEAST_ADDRESSES or len(set(group)) == LEAST_ADDRESSES)


def locality(key: str, name: str, group: Sequence[Point]) -> Locality:
    """One cluster as a place."""
    lat, lon, radius = spread(group)
    return Locality(key, name, lat, lon, min(max(radius, RADIUS_M[0]), RADIUS_M[1]), len(group))


def names_in(part: str) -> Iterator[str]:
    """Names that stand in a part of an address, each once."""
    for piece in dict.fromkeys(part.split(",")):
        name = " ".join(piece.split())
        if 3 <= len(name) <= 40 and NAME.match(name):
            yield titled(name)


def named_after(place: str) -> Iterator[str]:
    """What a place is named after: the words before "library" and the like, and what stands in brackets."""
    for piece in re.split(r"[(),;:/]| - ", place):
        words = piece.split()
        while words and fold(words[-1]) in word_set("buildings"):
            words.pop()
        yield " ".join(words)


def titled(name: str) -> str:
    """Capitals where the publisher gave none, or nothing else."""
    return name.title().replace("'S", "'s") if name.isupper() or name.islower() else name


def unlikely(key: str) -> bool:
    """Whether a name is that of a street, a building or nothing in particular."""
    words = key.split(" ")
    if words[-1] in word_set("streets") or not word_set("buildings").isdisjoint(words):
        return True
    return (
        ordinary().get(key, Ordinary.NOT) > Ordinary.SOFT
        or everyday().issuperset(words)
        or words[0] in ("the", "unit", "flat", "near", "off")
    )


def clusters(points: Sequence[Point]) -> list[list[Point]]:
    """Points that lie within 3 km of the middle of their group."""
    groups: list[list[Point]] = []
    for point in sorted(points):
        near = next((group for group in groups if metres(*middle(group), *point) <= CLOSE_M), None)
        if near is None:
            groups.append([point])
        else:
            near.append(point)
    return groups


def middle(group: Sequence[Point]) -> Point:
    """Mean of the points."""
    return sum(lat for lat, _ in group) / len(group), sum(lon for _, lon in group) / len(group)
