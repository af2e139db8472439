"""Which of the places that bear a name was meant: one, or a choice to be put to the person. PURE.

A name is never guessed at. One place alone is handed back only where

- one place alone bears the name (a settlement and the authority around it are one place: the
  settlement, save in London, where the name of a borough means the borough); or
- it has 20,000 people or more and 20 times as many as any namesake, and the person is not known to be
  within 25 km of a namesake: "Leeds" is not the village in Kent, unless one is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.places.atlas import Atlas, Entry
from directory.places.distance import metres
from directory.places.place import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

CERTAIN_PEOPLE, CERTAIN_TIMES, LOCAL_M = 20_000, 20, 25_000
SAME_NAME_M = 5_000
"""Two tables seldom agree on the middle of a town to less than this."""
LEAST_PEOPLE = 1_000
"""A settlement whose population is not known is taken for a village."""
SAME_PLACE_M = 15_000
NATIONS = frozenset({"england", "scotland", "wales", "cymru", "alba"})
"""Meant as the country, whatever village bears the name."""
Point = tuple[float, float]


def bearing(atlas: Atlas, key: str) -> list[Entry]:
    """Every place that bears a folded name, with what is one place counted once."""
    if key in NATIONS:
        return county(atlas, key)
    settlements = [atlas.settlement(number) for number in atlas.settlements.get(key, ())]
    code = atlas.authority_names.get(key) or atlas.authority_aliases.get(key)
    if code:
        settlements = with_authority(settlements, atlas.authority(code))
    if not settlements and key in atlas.counties.by_key:
        settlements = county(atlas, key)
    return settlements


def with_authority(settlements: list[Entry], authority: Entry) -> list[Entry]:
    """Settlements and the authority of the same name."""
    same = [entry for entry in settlements if one_place(entry.place, authority.place)]
    if not same:
        return [*settlements, authority]
    if (authority.place.lad or "").startswith("E09"):
        return [authority, *(entry for entry in settlements if entry not in same)]
    return settlements


def one_place(settlement: Place, authority: Place) -> bool:
    """Whether a settlement is what its namesake authority is named after."""
    return (
        settlement.lad == authority.lad or distance(settlement, (authority.lat, authority.lon)) < SAME_PLACE_M
    )


def county(atlas: Atlas, key: str) -> list[Entry]:
    """A county has no code of its own: the circle around its authorities."""
    it = atlas.counties.by_key[key]
    members = [authority for code, authority in atlas.authorities.items() if it.holds(code)]
    if not members:
        return []
    south, west = min(m.bounds[0] for m in members), min(m.bounds[1] for m in members)
    north, east = max(m.bounds[2] for m in members), max(m.bounds[3] for m in members)
    lat, lon = round((south + north) / 2, 5), round((west + east) / 2, 5)
    radius = round(metres(lat, lon, north, lon) + metres(lat, lon, lat, east)) // 2
    return [Entry(Place(it.name, Kind.SETTLEMENT, lat, lon, radius), 1_000_000)]


def choose(entries: Sequence[Entry], near: Point | None = None) -> tuple[Place, ...]:
    """The one place meant, or the choices: nearest first where the person's whereabouts are known."""
    ordered = sorted(entries, key=lambda entry: -entry.people)
    if ordered and obvious(ordered, near):
        return (ordered[0].place,)
    if near is not None:
        ordered.sort(key=lambda entry: distance(entry.place, near))
    return tuple(dict.fromkeys(entry.place for entry in ordered))


def obvious(ordered: Sequence[Entry], near: Point | None) -> bool:
    """Whether anybody in Britain would mean the first."""
    first, *others = ordered
    if first.people < CERTAIN_PEOPLE:
        return not others
    if any(first.people < CERTAIN_TIMES * max(other.people, LEAST_PEOPLE) for other in others):
        return False
    return near is None or all(distance(other.place, near) > LOCAL_M for other in others)


def distance(place: Place, point: Point) -> float:
    """Metres from a place's centre."""
    return metres(place.lat, place.lon, *point)


def apart(entries: Sequence[Entry], held: Sequence[Entry]) -> list[Entry]:
    """Entries that are not what is held already under the same name, from another table."""
    points = [(entry.place.lat, entry.place.lon) for entry in held]
    return [entry for entry in entries if all(distance(entry.place, point) > SAME_NAME_M for point in points)]
