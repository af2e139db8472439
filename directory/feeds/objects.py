"""Tells the rows that belong to a service from those of objects that other services may carry too.

Pure. An organisation, a location, a taxonomy and a term are *objects*: one version of each is held
for a feed, with the children it came with (addresses, phones, accessibility …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import orjson

from directory.hsds.tables import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.hsds.record import Row

Rows = dict[str, list["Row"]]
"""Table name -> rows."""

_PARENTS: Final = (
    ("location_id", "location"),
    ("organization_id", "organization"),
    ("contact_id", "contact"),
    ("phone_id", "phone"),
)
_CHILDREN: Final = (
    "organization_identifier",
    "address",
    "accessibility",
    "contact",
    "phone",
    "schedule",
    "holiday_schedule",
    "language",
    "funding",
    "attribute",
)
"""Tables whose rows may belong to an object; a table stands after those its rows may hang on."""


@dataclass(slots=True)
class Split:
    """The rows of one record, told apart."""

    own: Rows = field(default_factory=dict)
    objects: dict[str, Rows] = field(default_factory=dict)
    """`table/id` of an object -> its own row and its children's."""


def split(rows: Mapping[str, Sequence[Row]]) -> Split:
    """Tell the rows of one service apart."""
    found = Split()
    owners: dict[tuple[str, object], str] = {}
    for table in SHARED:
        for row in rows.get(table, ()):
            ref = f"{table}/{row['id']}"
            if ref not in found.objects:
                owners[table, row["id"]] = ref
                found.objects[ref] = {table: [row]}
    for table in _CHILDREN:
        for row in rows.get(table, ()):
            owner = _owner(table, row, owners) if row.get("service_id") is None else None
            if owner is None:
                found.own.setdefault(table, []).append(row)
            else:
                owners[table, row["id"]] = owner
                found.objects[owner].setdefault(table, []).append(row)
    for table, own in rows.items():
        if table not in SHARED and table not in _CHILDREN and own:
            found.own[table] = list(own)
    return found


def _owner(table: str, row: Row, owners: Mapping[tuple[str, object], str]) -> str | None:
    """The object a row without a `service_id` belongs to; None where it is the service's own."""
    if table == "attribute":
        # publishers fill link_type with anything; link_entity names a table, or says where it stood
        named = row.get("link_entity") or row.get("link_type")
        return owners.get((str(named), row.get("link_id")))
    if row.get("service_at_location_id") is not None:
        return None
    for column, parent in _PARENTS:
        held_by = row.get(column)
        if held_by is not None:
            return owners.get((parent, held_by))
    return None


def fingerprint(rows: Rows) -> str:
    """128 bits of hash of an object: equal for equal content, wherever in a record it stood.

    Ids that were made up from a place in the document are left out: the same object stands at
    another place in another service.
    """
    hashed = blake2b(digest_size=16)
    for table in sorted(rows):
        hashed.update(table.encode())
        for content in sorted([content_of(row) for row in rows[table]]):
            hashed.update(content)
    return hashed.hexdigest()


def content_of(row: Row) -> bytes:
    """A row in a form that can be compared, without the ids that were made up."""
    if any(_made_up(row[column]) for column in _IDS if column in row):
        row = {column: None if _made_up(value) else value for column, value in row.items()}
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


_IDS: Final = ("id", "contact_id", "phone_id", "link_id")
"""Columns that may hold the id of something that has none of its own."""
_PLACES: Final = re.compile(
    r"(?:.*#)?(?:schedule|phone|contact|language|attribute|address|accessibilit|organization|location|"
    r"service_at_location|cost_option|funding|holiday_schedule)[a-z_]*/",
    re.DOTALL,
)


def _made_up(value: object) -> bool:
    return isinstance(value, str) and "/" in value and _PLACES.match(value) is not None
