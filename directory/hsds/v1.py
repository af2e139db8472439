"""ORUK v1 in terms of v3: what is named otherwise is renamed, what v3 does not know stays as it is.

v1 asks of a service only an id, an organisation and a name, and many v1 feeds never give a status:
without one a v1 service counts as active, or such feeds would show nothing at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from directory.hsds import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from directory.hsds.record import Finding

Json = dict[str, Any]

_DEEPEST: Final = 12
"""Levels of objects and lists that are looked into; no v1 service has so many."""

_NAMES: Final[dict[str, str]] = {
    "physical_addresses": "addresses",
    "accessibility_for_disabilities": "accessibility",
    "regular_schedules": "schedules",
    "regular_schedule": "schedules",
    "regularScheduleCollection": "schedules",
    "holiday_schedule": "holiday_schedules",
    "holidayScheduleCollection": "holiday_schedules",
    "fundings": "funding",
    "service_taxonomys": "attributes",
    "service_taxonomies": "attributes",
    "link_taxonomies": "attributes",
}
"""Lists that v3 has under another name."""

_MOVED: Final[dict[str, tuple[str, ...]]] = {
    "website": ("url",),
    "name": ("language", "service_area"),
    "byday": ("weekday",),
    "taxonomy_term": ("taxonomy",),
    "taxonomy": ("vocabulary",),
}
"""v3 name -> the v1 names it may have come from, where that depends on the object."""

_SIGNS: Final = frozenset(_NAMES) | {
    *("eligibilitys", "deliverable_type", "attending_access", "attending_type"),
}
_SIGNS_OF_V3: Final = frozenset({"schedules", "attributes", "last_modified", "funding"})


def is_v1(document: Json) -> bool:
    """Say whether a service has what only v1 has, itself, at its locations or in its organisation."""
    if not _SIGNS.isdisjoint(document):
        return True
    places = document.get("service_at_locations")
    if isinstance(places, list) and any(map(_is_v1_place, places)):
        return True
    organization = document.get("organization")
    return (
        isinstance(organization, dict)
        and "url" in organization
        and "website" not in organization
        and _SIGNS_OF_V3.isdisjoint(document)
    )


def _is_v1_place(place: object) -> bool:
    if not isinstance(place, dict):
        return False
    location = place.get("location")
    return not _SIGNS.isdisjoint(place) or (isinstance(location, dict) and not _SIGNS.isdisjoint(location))


def to_v3(document: Json) -> Json:
    """Give the same service as v3 has it; the document itself is not changed."""
    service: Json = _convert(document, "service", _DEEPEST)
    if not service.get("status"):
        service["status"] = "active"
    for name, widest in (("minimum_age", min), ("maximum_age", max)):
        ages = _ages(service.get("eligibilitys"), name)
        if ages and service.get(name) is None:
            service[name] = widest(ages)
    return service


def as_published(document: Json, findings: Iterable[Finding]) -> list[Finding]:
    """Make pointers into the v3 form point into the v1 document."""
    return [replace(finding, pointer=_origin(document, finding.pointer)) for finding in findings]


def _convert(value: object, name: str, levels: int) -> Any:
    """Rename throughout; `name` is the v3 key under which the value stands."""
    if levels == 0:
        return value
    if isinstance(value, list):
        return [_convert(member, name, levels - 1) for member in value]
    if not isinstance(value, dict):
        return value
    converted: Json = {}
    for key, member in value.items():
        new = _NAMES.get(key) or key
        below = _convert(member, new, levels - 1)
        if isinstance(converted.get(new), list) and isinstance(below, list):
            converted[new] += below
        else:
            converted[key if converted.get(new) else new] = below
    _FITTINGS.get(name, _as_it_is)(converted)
    return converted


def _as_it_is(_: Json) -> None:
    """Most objects are the same in both."""


def _fit_organization(organization: Json) -> None:
    _move(organization, "url", "website")


def _fit_location(location: Json) -> None:
    location.setdefault("location_type", "physical")  # v1 knows no other


def _fit_address(address: Json) -> None:
    address.setdefault("address_type", "physical")  # v1 lists them as physical addresses


def _fit_language(language: Json) -> None:
    _move(language, "language", "name")


def _fit_schedule(schedule: Json) -> None:
    _move(schedule, "weekday", "byday")


def _fit_service_area(area: Json) -> None:
    if area.get("service_area"):
        area.setdefault("name", area["service_area"])


def _fit_attribute(attribute: Json) -> None:
    """A v1 taxonomy is what v3 calls a term, and its vocabulary the taxonomy."""
    term = attribute.get("taxonomy")
    if not isinstance(term, dict) or "taxonomy_term" in attribute:
        return
    del attribute["taxonomy"]
    term = dict(term)
    _move(term, "vocabulary", "taxonomy")
    if term.get("name"):
        term.setdefault("description", term["name"])  # v3 requires one
    attribute["taxonomy_term"] = term
    if isinstance(term.get("id"), str | int):
        attribute.setdefault("taxonomy_term_id", term["id"])


_FITTINGS: Final[dict[str, Callable[[Json], None]]] = {
    "organization": _fit_organization,
    "location": _fit_location,
    "addresses": _fit_address,
    "languages": _fit_language,
    "schedules": _fit_schedule,
    "service_areas": _fit_service_area,
    "attributes": _fit_attribute,
}


def _move(source: Json, old: str, new: str) -> None:
    if source.get(old) and not source.get(new):
        source[new] = source.pop(old)


def _ages(eligibilities: object, name: str) -> list[float]:
    """The ages at one end, or none where a group has no such end."""
    if not isinstance(eligibilities, list):
        return []
    found = [_age(group.get(name)) if isinstance(group, dict) else None for group in eligibilities]
    return [age for age in found if age is not None] if None not in found else []


def _age(value: object) -> float | None:
    try:
        return fields.age(value) if value is not None else None
    except fields.Unusable:
        return None


def _origin(document: Json, pointer: str) -> str:
    node: Any = document
    path = ""
    parts = pointer.split("/")[1:]
    while parts:
        part = parts.pop(0)
        if isinstance(node, dict):
            position = int(parts[0]) if parts and parts[0].isdigit() else None
            part, position = _key_and_position(node, part, position)
            if position is not None:
                parts[0] = str(position)
            node = node.get(part)
        elif isinstance(node, list) and part.isdigit() and int(part) < len(node):
            node = node[int(part)]
        path += f"/{part}"
    return path


def _key_and_position(node: Json, part: str, position: int | None) -> tuple[str, int | None]:
    """The v1 key that a v3 one came from; lists that were put together are taken apart again."""
    keys = [key for key in node if _NAMES.get(key, key) == part]
    keys = keys or [old for old in _MOVED.get(part, ()) if old in node][:1] or [part]
    for key in keys[:-1]:
        size = len(node[key]) if isinstance(node[key], list) else 0
        if position is None or position < size:
            return key, position
        position -= size
    return keys[-1], position
