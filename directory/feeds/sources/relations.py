"""How the tables of an HSDS package hang together, and the names that they have had.

Version 3 and the versions before it name some tables differently and keep some links apart; all are
brought to version 3 here, so that what puts services together knows one set of names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Cells = dict[str, str]


class Many(NamedTuple):
    """A list inside a parent: rows of a table whose link column holds the parent's id."""

    key: str
    table: str
    link: str


class One(NamedTuple):
    """A single object inside a parent: the row of a table whose id the parent's link column holds."""

    key: str
    table: str
    link: str


MANY: dict[str, tuple[Many, ...]] = {
    "service": (
        Many("service_at_locations", "service_at_location", "service_id"),
        Many("schedules", "schedule", "service_id"),
        Many("holiday_schedules", "holiday_schedule", "service_id"),
        Many("phones", "phone", "service_id"),
        Many("contacts", "contact", "service_id"),
        Many("cost_options", "cost_option", "service_id"),
        Many("languages", "language", "service_id"),
        Many("funding", "funding", "service_id"),
        Many("service_areas", "service_area", "service_id"),
        Many("eligibilities", "eligibility", "service_id"),
        Many("required_documents", "required_document", "service_id"),
        Many("additional_urls", "url", "service_id"),
        Many("reviews", "review", "service_id"),
    ),
    "service_at_location": (
        Many("schedules", "schedule", "service_at_location_id"),
        Many("holiday_schedules", "holiday_schedule", "service_at_location_id"),
        Many("phones", "phone", "service_at_location_id"),
        Many("contacts", "contact", "service_at_location_id"),
        Many("service_areas", "service_area", "service_at_location_id"),
    ),
    "location": (
        Many("addresses", "address", "location_id"),
        Many("accessibility", "accessibility", "location_id"),
        Many("phones", "phone", "location_id"),
        Many("contacts", "contact", "location_id"),
        Many("languages", "language", "location_id"),
        Many("schedules", "schedule", "location_id"),
        Many("holiday_schedules", "holiday_schedule", "location_id"),
    ),
    "organization": (
        Many("organization_identifiers", "organization_identifier", "organization_id"),
        Many("phones", "phone", "organization_id"),
        Many("contacts", "contact", "organization_id"),
        Many("funding", "funding", "organization_id"),
        Many("additional_urls", "url", "organization_id"),
    ),
    "contact": (Many("phones", "phone", "contact_id"),),
    "phone": (Many("languages", "language", "phone_id"),),
}
ONE: dict[str, tuple[One, ...]] = {
    "service": (
        One("organization", "organization", "organization_id"),
        One("program", "program", "program_id"),
    ),
    "service_at_location": (One("location", "location", "location_id"),),
    "attribute": (One("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),),
    "taxonomy_term": (One("taxonomy_detail", "taxonomy", "taxonomy_id"),),
}
WITHOUT_ATTRIBUTES = frozenset({"attribute", "taxonomy", "taxonomy_term", "program"})

NUMBERS: dict[str, frozenset[str]] = {
    "service": frozenset({"minimum_age", "maximum_age"}),
    "eligibility": frozenset({"minimum_age", "maximum_age"}),
    "location": frozenset({"latitude", "longitude"}),
    "cost_option": frozenset({"amount"}),
    "schedule": frozenset({"interval"}),
}

_TABLES = frozenset(
    {many.table for group in MANY.values() for many in group}
    | {one.table for group in ONE.values() for one in group}
    | {"service", "attribute"}
)


def links_of(table: str) -> tuple[str, ...]:
    """Return the columns that tie the rows of a table to others, sorted."""
    links = {many.link for group in MANY.values() for many in group if many.table == table}
    links |= {one.link for one in ONE.get(table, ())}
    return tuple(sorted(links | ({"link_id"} if table == "attribute" else set())))


def _days(cells: Cells) -> Cells:
    """Give the weekday of an opening-hours row of version 1 as version 3 writes it."""
    day = cells.pop("weekday", "").strip()
    if day and "byday" not in cells:
        cells |= {"freq": cells.get("freq", "WEEKLY"), "byday": _WEEKDAYS.get(day.lower()[:3], day)}
    return cells


def _classified(cells: Cells) -> Cells:
    """Give a row that classifies a service or another record as an attribute."""
    term = cells.pop("taxonomy_id", "")
    if term and "taxonomy_term_id" not in cells:
        cells["taxonomy_term_id"] = term
    if "service_id" in cells:
        cells |= {"link_id": cells.pop("service_id"), "link_type": "service"}
    return cells


def _named(cells: Cells) -> Cells:
    """Give the name of a language where version 1 keeps it."""
    return {"name": cells["language"], **cells} if cells.get("language") else cells


def _as_is(cells: Cells) -> Cells:
    return cells


def _address_of(kind: str) -> Callable[[Cells], Cells]:
    return lambda cells: {"address_type": kind, **cells}


_NAMES = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
_WEEKDAYS = {**_NAMES, **dict(zip("1234567", _NAMES.values(), strict=True))}
_OLD: dict[str, tuple[str, Callable[[Cells], Cells]]] = {
    "physical_address": ("address", _address_of("physical")),
    "postal_address": ("address", _address_of("postal")),
    "regular_schedule": ("schedule", _days),
    "accessibility_for_disabilities": ("accessibility", _as_is),
    "service_attribute": ("attribute", _classified),
    "service_taxonomy": ("attribute", _classified),
    "services_taxonomy": ("attribute", _classified),
    "other_attribute": ("attribute", _classified),
    "link_taxonomy": ("attribute", _classified),
    "services_at_location": ("service_at_location", _as_is),
    "services_at_locations": ("service_at_location", _as_is),
    "language": ("language", _named),
}


def table_of(name: str) -> tuple[str, Callable[[Cells], Cells]] | None:
    """Return the version 3 table for a resource or file name, and how its rows become that table's."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    for spelling in (plain, *_singular(plain)):
        if spelling in _OLD:
            return _OLD[spelling]
        if spelling in _TABLES:
            return spelling, _as_is
    return None


def _singular(name: str) -> tuple[str, ...]:
    return tuple(
        name.removesuffix(plural) + single
        for plural, single in (("ies", "y"), ("ses", "s"), ("es", ""), ("s", ""))
        if name.endswith(plural)
    )
