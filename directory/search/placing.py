"""Where an offer is, how far it reaches, and which authorities it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from directory.search import facts
from directory.search.query import Reach
from directory.search.showing import texts_of
from directory.search.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from directory.hsds.record import Row
    from directory.search.about import About
    from directory.search.own_rows import OwnRows

_UNITED_KINGDOM = frozenset(
    (
        "uk", "united kingdom", "great britain", "england", "scotland", "wales", "northern ireland",
        "national", "nationwide", "gb", "britain", "england and wales", "uk wide", "whole of the uk",
    )
)  # fmt: skip

_TOWNS = ("city", "region", "state_province")


class Point(Protocol):
    """A postcode that was found (`directory.places.postcodes.PostcodePoint`)."""

    @property
    def postcode(self) -> str:
        """As it is written, "SE24 0AB"."""

    @property
    def lat(self) -> float:
        """WGS84 degrees."""

    @property
    def lon(self) -> float:
        """WGS84 degrees."""

    @property
    def lad(self) -> str:
        """Code of its local authority district."""


def nowhere(text: str) -> tuple[str, ...]:  # noqa: ARG001
    """No authorities."""
    return ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are, as the caller knows it."""

    postcode: Callable[[str], Point | None]
    authority_near: Callable[[float, float], str | None]
    authority_named: Callable[[str], str | None]
    outcode_authorities: Callable[[str], tuple[str, ...]] = nowhere
    """The authorities that a postcode may lie in, by its first half, although it is not a live one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer is."""

    reach: Reach
    lat: float | None
    lon: float | None
    lad: str | None
    areas: tuple[str, ...]
    """The authorities that it covers; of what is `UNPLACED`, those in one of which it is."""
    nationwide: bool
    area: str | None
    """The areas as they are put."""
    address: Row | None
    postcode: str | None


def standing(own: OwnRows, shared: About, schedules: Sequence[Row], places: Places) -> Standing:
    """Where an offer is, and whom it reaches; only a place to go to has a point."""
    address = own.address()
    code = str((address.get("postal_code") if address else None) or "") or None
    point = places.postcode(code) if code else None
    lat, lon, lad = _point(own.location, point, places)
    service_areas = own.rows("service_area")
    areas, nationwide, area = _areas(service_areas, places)
    reach = _reach(shared, own.location, service_areas, schedules)
    if reach is Reach.PLACE and lat is None:
        reach = Reach.UNPLACED
    if reach is Reach.AREA and not areas and not nationwide and lad:
        areas = (lad,)
    if reach is Reach.UNPLACED and not areas and not nationwide:
        areas = _hinted(address, places)
        lad = areas[0] if len(areas) == 1 else None
    if reach is not Reach.PLACE:
        lat = lon = None
    postcode = point.postcode if point else code
    return Standing(reach, lat, lon, lad, areas, nationwide, area, address, postcode)


def _hinted(address: Row | None, places: Places) -> tuple[str, ...]:
    """The authorities in one of which an address is that can't be found: by its outcode, else its town."""
    if address is None:
        return ()
    if codes := places.outcode_authorities(str(address.get("postal_code") or "")):
        return codes
    names = (str(address[column]) for column in _TOWNS if address.get(column))
    return next(((code,) for name in names if (code := places.authority_named(name))), ())


def _reach(
    shared: About, location: Row | None, service_areas: Sequence[Row], schedules: Sequence[Row]
) -> Reach:
    attending = [str(row["attending_type"]) for row in schedules if row.get("attending_type")]
    return facts.reach(
        shared.service,
        (location,) if location else (),
        service_areas,
        () if location else (shared.name, shared.whole_text),
        attending,
    )


def _point(
    location: Row | None, point: Point | None, places: Places
) -> tuple[float | None, float | None, str | None]:
    """Where it is, and in which authority: by its own coordinates, else by its postcode."""
    if location is not None:
        lat, lon = location.get("latitude"), location.get("longitude")
        if isinstance(lat, float | int) and isinstance(lon, float | int):
            return float(lat), float(lon), point.lad if point else places.authority_near(lat, lon)
    return (point.lat, point.lon, point.lad) if point else (None, None, None)


def _areas(rows: Sequence[Row], places: Places) -> tuple[tuple[str, ...], bool, str | None]:
    """The authorities that the service areas name, whether that is everywhere, and their text."""
    codes: dict[str, None] = {}
    nationwide = False
    for row in rows:
        for column in ("name", "service_area", "extent"):
            name = row.get(column)
            if not name or len(str(name)) > 80:
                continue
            if normalise(str(name)) in _UNITED_KINGDOM:
                nationwide = True
            elif code := places.authority_named(str(name)):
                codes[code] = None
    return tuple(codes), nationwide, texts_of(rows, "name", "service_area")
