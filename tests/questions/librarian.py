"""What a good librarian would name for a question, and what must not be named, from the example lists.

Distances, hours and conditions are worked out here alone: nothing of the program's search is used but
the table of postcodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

from directory.examples.build_examples import COUNTIES, entries
from directory.examples.record_of import MARK
from directory.places.postcodes import STEP, Postcodes
from tests.questions.suitable import Entry, Suits, suits

if TYPE_CHECKING:
    from tests.questions.source import Question

Point = tuple[float, float]

NEAREST: Final = 4
FAR_KM: Final = 60.0
"""Beyond this a place helps nobody who asked for one near."""
NEAR_KM: Final = 12.0
TIE_KM: Final = {"postcode": 0.4, "spot": 1.5}
NATIONAL: Final = ("England and Wales", "Great Britain", "United Kingdom")
ABROAD_KM: Final = 9_999.0
LONDON_CLAPHAM: Final = "SW4"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody asks: a point, or a whole area."""

    area: str
    point: Point | None
    tie_km: float


@dataclass(slots=True)
class Verdict:
    """The names that are right, first and never, and whether only something far is to be had."""

    right: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    far: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry seen from a spot."""

    name: str
    km: float
    suits: Suits
    main: bool
    national: bool


def judge(question: Question) -> Verdict:
    """Every need of the question judged; what is right for one is not forbidden for another."""
    whole = Verdict()
    spot = _spot(question.place) if question.groups else None
    for group in question.groups if spot else ():
        assert spot is not None
        one = _judge(question, spot, group)
        whole.right += [i for i in one.right if i not in whole.right]
        whole.first += [i for i in one.first if i not in whole.first]
        whole.never += [i for i in one.never if i not in whole.never]
        whole.far = whole.far or one.far
    whole.never = [i for i in dict.fromkeys(whole.never) if i not in whole.right]
    return whole


def _judge(question: Question, spot: Spot, group: tuple[str, ...]) -> Verdict:
    seen = sorted(_candidates(question, spot, group), key=lambda one: one.km)
    main = [one for one in seen if one.main]
    usable = [one for one in seen if one.suits and one.km <= FAR_KM]
    best = _best([one for one in usable if one.main])
    least = min((one.km for one in usable if one.main), default=ABROAD_KM)
    right = [one for one in usable if one.km <= max(NEAR_KM, 2 * least)]
    helped = least <= NEAR_KM
    return Verdict(
        right=[one.name for one in _nearest(right)],
        first=[one.name for one in best if one.km <= least + spot.tie_km or one.km == 0],
        never=[one.name for one in seen if not one.suits or (helped and one.km > FAR_KM and one in main)]
        + _unsuitable(question, spot),
        far=not helped or not any(one.suits is Suits.YES for one in best),
    )


def _unsuitable(question: Question, spot: Spot) -> list[str]:
    """What is close by, for whatever need, and surely closed, for others or given up."""
    close = [entry for area, entry in _all() if _km(spot, area, entry) <= NEAR_KM]
    return [_name(entry) for entry in close if suits(entry, question) is Suits.NO]


def _nearest(right: list[Candidate]) -> list[Candidate]:
    """The nearest few of those asked for, and as many of those that would do."""
    groups = ([one for one in right if one.main], [one for one in right if not one.main])
    return [one for group in groups for one in group if one.km == 0 or one.km <= _nth(group)]


def _nth(group: list[Candidate]) -> float:
    away = [one.km for one in group if one.km]
    return away[min(len(away), NEAREST) - 1] if away else 0.0


def _best(usable: list[Candidate]) -> list[Candidate]:
    """Those that surely suit, where there are any; a national line only where nothing is local."""
    sure = [one for one in usable if one.suits is Suits.YES] or usable
    return [one for one in sure if not one.national] or sure


def _candidates(question: Question, spot: Spot, group: tuple[str, ...]) -> list[Candidate]:
    main = {need for need in group if not need.startswith("~")}
    needs = main | {need.removeprefix("~") for need in group}
    return [
        Candidate(
            name=_name(entry),
            km=_km(spot, area, entry),
            suits=suits(entry, question),
            main=entry["need"] in main,
            national=entry.get("area") in NATIONAL,
        )
        for area, entry in _all()
        if entry["need"] in needs
    ]


def _name(entry: Entry) -> str:
    """The name as it is published: a question file is read by people too."""
    return str(entry["name"]) + MARK


def _km(spot: Spot, area: str, entry: Entry) -> float:
    """0 for what comes to you or is for the whole area asked about."""
    if "postcode" not in entry:
        covers = entry.get("area") in NATIONAL or area == spot.area
        return 0.0 if covers else ABROAD_KM
    if spot.point is None:
        return 0.0 if area == spot.area else ABROAD_KM
    return _apart(spot.point, _where(entry))


def _spot(place: str) -> Spot:
    if place.startswith("@"):
        return Spot(place[1:].lower(), None, 0.0)
    if place.endswith("@"):
        return _at(next(_where(entry) for _, entry in _all() if entry["name"] == place[:-1]), "spot")
    if found := _postcodes().find(place):
        return _at((found.lat, found.lon), "postcode")
    outcode = LONDON_CLAPHAM if place == "Clapham" else place
    if entry := _postcodes().file.outcodes.get(outcode):
        points = [entry.point(number) for number in range(entry.count)]
        return _at((_mean([p[0] / STEP for p in points]), _mean([p[1] / STEP for p in points])), "spot")
    labels = [
        _where(entry) for _, entry in _all() if place in (entry.get("neighbourhood"), entry.get("town"))
    ]
    if not labels:
        raise ValueError(place)
    return _at((_mean([p[0] for p in labels]), _mean([p[1] for p in labels])), "spot")


def _at(point: Point, tie: str) -> Spot:
    placed = [(area, entry) for area, entry in _all() if "postcode" in entry]
    area, _ = min(placed, key=lambda one: _apart(point, _where(one[1])))
    return Spot(area, point, TIE_KM[tie])


def _where(entry: Entry) -> Point:
    if "point" in entry:
        return entry["point"][0], entry["point"][1]
    found = _postcodes().find(entry["postcode"])
    assert found is not None, entry["postcode"]
    return found.lat, found.lon


@cache
def _all() -> list[tuple[str, Entry]]:
    return [(area, entry) for area in COUNTIES for entry in entries(area)]


@cache
def _postcodes() -> Postcodes:
    return Postcodes()


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _apart(one: Point, other: Point) -> float:
    lat1, lon1, lat2, lon2 = (radians(value) for value in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))
