"""HSDS 3 (UK profile) table by table, under the standard's own names, and what v1 feeds add.

Every row hangs on the publication it was read from (`service_key`), so that a service read anew
replaces its rows at one stroke. Organisations, locations, taxonomies and terms are shared by the
services of a feed: of those one version is held for a feed and id. Columns hold only what passed
the checks of `directory.hsds.fields`; the published JSON keeps the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from directory.store.metadata import metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED: Final = ("organization", "location", "taxonomy", "taxonomy_term")
"""Tables of objects that several services of a feed may carry."""


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text) for name in names]


def _dates(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Date) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Float) for name in names]


def _table(name: str, *parts: sa.Column[Any] | sa.Index) -> sa.Table:
    """One HSDS table: the three columns all have, its own, and one version a feed where it is shared."""
    shared = [sa.UniqueConstraint("feed_id", "id")] if name in SHARED else []
    return sa.Table(
        name,
        metadata,
        sa.Column("service_key", sa.ForeignKey("publication.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("feed_id", sa.ForeignKey("feed.id"), nullable=False),
        sa.Column("id", sa.Text, primary_key=True),
        *parts,
        *shared,
        sqlite_with_rowid=False,
    )


organization = _table(
    "organization",
    *_text("name", "alternate_name", "description", "email", "website", "tax_status", "tax_id"),
    *_text("year_incorporated", "legal_status", "logo", "uri", "parent_organization_id"),
)

organization_identifier = _table(
    "organization_identifier",
    *_text("organization_id", "identifier_scheme", "identifier_type", "identifier"),
)

service = _table(
    "service",
    *_text("organization_id", "program_id", "name", "alternate_name", "description", "url", "email"),
    *_text("status", "interpretation_services", "application_process", "fees_description", "fees"),
    *_text("wait_time", "accreditations", "licenses", "eligibility_description"),
    *_numbers("minimum_age", "maximum_age"),
    *_dates("assured_date"),
    *_text("assurer_email", "alert", "last_modified"),
    *_text("deliverable_type", "attending_type", "attending_access"),  # v1 alone has these three
    sa.Index(None, "feed_id", "organization_id"),
)

taxonomy = _table("taxonomy", *_text("name", "description", "uri", "version"))

taxonomy_term = _table(
    "taxonomy_term",
    *_text("code", "name", "description", "parent_id", "taxonomy", "taxonomy_id", "language"),
    *_text("term_uri", "term"),
)

location = _table(
    "location",
    *_text("location_type", "url", "organization_id", "name", "alternate_name", "description"),
    *_text("transportation"),
    *_numbers("latitude", "longitude"),
    *_text("external_identifier", "external_identifier_type"),
)

service_at_location = _table(
    "service_at_location",
    *_text("service_id", "location_id", "description"),
    sa.Index(None, "feed_id", "location_id"),
)

address = _table(
    "address",
    *_text("location_id", "attention", "address_1", "address_2", "city", "region", "state_province"),
    *_text("postal_code", "country", "address_type"),
)

contact = _table(
    "contact",
    *_text("organization_id", "service_id", "service_at_location_id", "location_id"),
    *_text("name", "title", "department", "email"),
)

phone = _table(
    "phone",
    *_text("organization_id", "service_id", "service_at_location_id", "location_id", "contact_id"),
    *_text("number", "extension", "type", "description"),
)

schedule = _table(
    "schedule",
    *_text("service_id", "location_id", "service_at_location_id"),
    *_dates("valid_from", "valid_to", "dtstart"),
    *_text("timezone"),
    *_dates("until"),
    sa.Column("count", sa.Integer),
    *_text("wkst", "freq"),
    sa.Column("interval", sa.Integer),
    *_text("byday", "byweekno", "bymonthday", "byyearday", "description", "opens_at", "closes_at"),
    *_text("schedule_link", "attending_type", "notes"),
)

service_area = _table(
    "service_area",
    *_text("service_id", "service_at_location_id", "name", "description", "extent", "extent_type"),
    *_text("uri", "service_area"),
)

language = _table("language", *_text("service_id", "location_id", "phone_id", "name", "code", "note"))

funding = _table("funding", *_text("organization_id", "service_id", "source"))

cost_option = _table(
    "cost_option",
    *_text("service_id"),
    *_dates("valid_from", "valid_to"),
    *_text("option", "currency"),
    *_numbers("amount"),
    *_text("amount_description"),
)

accessibility = _table(
    "accessibility",
    *_text("location_id", "description", "details", "url", "accessibility"),
)

attribute = _table(
    "attribute",
    *_text("link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"),
    sa.Index(None, "feed_id", "taxonomy_term_id"),
)

eligibility = _table(
    "eligibility",
    *_text("service_id", "eligibility"),
    *_numbers("minimum_age", "maximum_age"),
)

holiday_schedule = _table(
    "holiday_schedule",
    *_text("service_id", "location_id", "service_at_location_id"),
    sa.Column("closed", sa.Boolean),
    *_text("opens_at", "closes_at"),
    *_dates("start_date", "end_date"),
)

review = _table(
    "review",
    *_text("service_id", "reviewer_organization_id", "title", "description"),
    *_dates("date"),
    *_text("score", "url", "widget"),
)

TABLES: Final[Mapping[str, sa.Table]] = {
    table.name: table
    for table in (
        organization,
        organization_identifier,
        service,
        taxonomy,
        taxonomy_term,
        location,
        service_at_location,
        address,
        contact,
        phone,
        schedule,
        service_area,
        language,
        funding,
        cost_option,
        accessibility,
        attribute,
        eligibility,
        holiday_schedule,
        review,
    )
}
"""Every HSDS table by name, in the order in which rows are inserted."""
