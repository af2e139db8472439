"""What may stand in each object of a published service, and which column of which table it goes to.

This is the standard as data: the reader in `directory.hsds.reading` walks it. The shapes never
come back to one another, so that nesting in a document is followed to a fixed depth only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from directory.hsds import combined, fields, times
from directory.hsds.record import Row

Check = Callable[[object], object]
Settle = Callable[[Row, Collection[str]], combined.Cleared]

SHARED: Final = frozenset({"organization", "location", "taxonomy", "taxonomy_term"})


@dataclass(frozen=True, slots=True)
class Link:
    """Objects that hang on another under some key."""

    table: str
    down: str | None = None
    """Column of the object above that takes the id: set where one object hangs there, not a list."""
    text: str | None = None
    """Column of the object above for a plain text that stands in the object's place."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One table's columns with the check of each, and what hangs on its objects."""

    table: str
    checks: Mapping[str, Check]
    links: Mapping[str, Link]
    aliases: tuple[tuple[str, str], ...] = ()
    """Names seen in feeds, with the column that is meant; the column's own name goes first."""
    settle: Settle | None = None
    blank: Row = field(default_factory=dict)
    """A row of this table with nothing in it: all rows of a table have the same keys."""


def _texts(*names: str) -> dict[str, Check]:
    return dict.fromkeys(names, fields.text)


def _ids(*names: str) -> dict[str, Check]:
    return dict.fromkeys(("id", *names), fields.identifier)


def _lists(*tables: str) -> dict[str, Link]:
    """Links to lists of objects, under each name that feeds use for them."""
    return {name: Link(table) for table in tables for name in _LIST_NAMES[table]}


_LIST_NAMES: Final = {
    "organization_identifier": ("organization_identifiers", "organization_identifier"),
    "location": ("locations",),
    "service_at_location": ("service_at_locations", "service_at_location"),
    "address": ("addresses", "address"),
    "contact": ("contacts", "contact"),
    "phone": ("phones", "phone"),
    "schedule": ("schedules", "schedule"),
    "service_area": ("service_areas",),
    "language": ("languages",),
    "funding": ("funding", "fundings"),
    "cost_option": ("cost_options", "cost_option"),
    "accessibility": ("accessibility", "accessibilities"),
    "attribute": ("attributes", "attribute"),
    "eligibility": ("eligibilitys", "eligibilities", "eligibility"),
    "holiday_schedule": ("holiday_schedules", "holiday_schedule"),
    "review": ("reviews",),
}

_AGES: Final = dict[str, Check](minimum_age=fields.age, maximum_age=fields.age)
_HOURS: Final = dict[str, Check](opens_at=times.opening_time, closes_at=times.closing_time)
_VALID: Final = dict[str, Check](valid_from=times.day, valid_to=times.day)
_TAXONOMY: Final = Link("taxonomy", down="taxonomy_id", text="taxonomy")


def _shape(
    table: str,
    checks: dict[str, Check],
    links: dict[str, Link] | None = None,
    *,
    aliases: tuple[tuple[str, str], ...] = (),
    settle: Settle | None = None,
) -> Shape:
    links = {**(links or {}), **(_lists("attribute") if table in _WITH_ATTRIBUTES else {})}
    taken = [link.text for link in links.values() if link.text]
    blank: Row = dict.fromkeys((*checks, *taken))
    return Shape(table, checks, links, aliases, settle, blank)


_WITH_ATTRIBUTES: Final = frozenset(_LIST_NAMES) - {"attribute", "review"} | {"organization", "service"}

_SHAPES: Final = (
    _shape(
        "organization",
        _ids("parent_organization_id")
        | _texts("name", "alternate_name", "description", "tax_status", "tax_id", "year_incorporated")
        | _texts("legal_status", "uri")
        | {"email": fields.email, "website": fields.web_address, "logo": fields.web_address},
        _lists("organization_identifier", "location", "contact", "phone", "funding"),
        aliases=(("url", "website"),),
    ),
    _shape(
        "organization_identifier",
        _ids("organization_id") | _texts("identifier_scheme", "identifier_type", "identifier"),
    ),
    _shape(
        "service",
        _ids("organization_id", "program_id")
        | _texts("name", "alternate_name", "description", "interpretation_services", "application_process")
        | _texts("fees_description", "fees", "wait_time", "accreditations", "licenses")
        | _texts("eligibility_description", "alert")
        | _texts("deliverable_type", "attending_type", "attending_access")
        | {"url": fields.web_address, "email": fields.email, "assurer_email": fields.email}
        | {"status": fields.status, "assured_date": times.day, "last_modified": times.moment}
        | _AGES,
        {"organization": Link("organization", down="organization_id")}
        | _lists("service_at_location", "contact", "phone", "schedule", "service_area", "language")
        | _lists("funding", "cost_option", "eligibility", "holiday_schedule", "review"),
        settle=combined.ages,
    ),
    _shape("taxonomy", _ids() | _texts("name", "description", "uri", "version")),
    _shape(
        "taxonomy_term",
        _ids("parent_id", "taxonomy_id")
        | _texts("code", "name", "description", "term_uri", "term")
        | {"language": fields.language_code},
        {"taxonomy": _TAXONOMY, "taxonomy_detail": _TAXONOMY},
    ),
    _shape(
        "location",
        _ids("organization_id")
        | _texts("location_type", "name", "alternate_name", "description", "transportation")
        | _texts("external_identifier", "external_identifier_type")
        | {"url": fields.web_address, "latitude": fields.latitude, "longitude": fields.longitude},
        _lists("address", "contact", "phone", "schedule", "language", "accessibility", "holiday_schedule"),
        settle=combined.coordinates,
    ),
    _shape(
        "service_at_location",
        _ids("service_id", "location_id") | _texts("description"),
        {"location": Link("location", down="location_id")}
        | _lists("contact", "phone", "schedule", "service_area", "holiday_schedule"),
    ),
    _shape(
        "address",
        _ids("location_id")
        | _texts("attention", "address_1", "address_2", "city", "region", "state_province")
        | _texts("postal_code", "country", "address_type"),
    ),
    _shape(
        "contact",
        _ids("organization_id", "service_id", "service_at_location_id", "location_id")
        | _texts("name", "title", "department")
        | {"email": fields.email},
        _lists("phone"),
    ),
    _shape(
        "phone",
        _ids("organization_id", "service_id", "service_at_location_id", "location_id", "contact_id")
        | _texts("extension", "type", "description")
        | {"number": fields.phone_number},
        _lists("language"),
    ),
    _shape(
        "schedule",
        _ids("service_id", "location_id", "service_at_location_id")
        | _texts("timezone", "description", "attending_type", "notes")
        | {"dtstart": times.day, "until": times.day, "count": times.times, "wkst": times.days}
        | {"freq": times.frequency, "interval": times.times, "byday": times.days}
        | {"byweekno": times.weeks, "bymonthday": times.month_days, "byyearday": times.year_days}
        | {"schedule_link": fields.web_address}
        | _VALID
        | _HOURS,
        settle=combined.recurrence,
    ),
    _shape(
        "service_area",
        _ids("service_id", "service_at_location_id")
        | _texts("name", "description", "extent_type", "uri", "service_area")
        | {"extent": fields.extent},
    ),
    _shape(
        "language",
        _ids("service_id", "location_id", "phone_id")
        | _texts("name", "note")
        | {"code": fields.language_code},
    ),
    _shape("funding", _ids("organization_id", "service_id") | _texts("source")),
    _shape(
        "cost_option",
        _ids("service_id")
        | _texts("option", "currency", "amount_description")
        | {"amount": fields.amount}
        | _VALID,
    ),
    _shape(
        "accessibility",
        _ids("location_id") | _texts("description", "details", "accessibility") | {"url": fields.web_address},
    ),
    _shape(
        "attribute",
        _ids("link_id", "taxonomy_term_id") | _texts("link_type", "link_entity", "value", "label"),
        {"taxonomy_term": Link("taxonomy_term", down="taxonomy_term_id")},
    ),
    _shape("eligibility", _ids("service_id") | _texts("eligibility") | _AGES, settle=combined.ages),
    _shape(
        "holiday_schedule",
        _ids("service_id", "location_id", "service_at_location_id")
        | {"closed": fields.boolean, "start_date": times.day, "end_date": times.day}
        | _HOURS,
    ),
    _shape(
        "review",
        _ids("service_id", "reviewer_organization_id")
        | _texts("title", "description", "score", "widget")
        | {"date": times.day, "url": fields.web_address},
        {"organization": Link("organization", down="reviewer_organization_id")},
    ),
)

SHAPES: Final[Mapping[str, Shape]] = {shape.table: shape for shape in _SHAPES}
