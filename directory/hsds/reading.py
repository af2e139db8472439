"""Reading one published service into rows of the HSDS tables.

Objects hang where the standard lets them hang: what stands under a service, a location or a phone
gets that object's id. A field that can't be used is left out and reported; a service without an id
or a name, or with far too many parts, is rejected whole.
"""

from __future__ import annotations

from typing import Any, Final

from directory.hsds import fields, v1
from directory.hsds.assembling import Assembly
from directory.hsds.record import Record, Rejected
from directory.hsds.shapes import SHAPES

_SERVICE: Final = SHAPES["service"]


def read(document: object, *, as_v1: bool | None = None) -> Record:
    """Read a service as `GET /services/{id}` gives it, v3 or v1 (detected where `as_v1` is None).

    A missing or unknown `status` is reported, and the service not active: only what its publisher
    calls active is offered. (v1 asks for no status: there its absence means active.)
    Raises `Rejected` with `not_an_object`, `no_id`, `bad_id`, `no_name` or `too_many_parts`.
    """
    if not isinstance(document, dict):
        raise Rejected("not_an_object")
    service_id = _required_id(document)
    _require_name(document)
    converted = v1.is_v1(document) if as_v1 is None else as_v1
    assembly = Assembly()
    assembly.take(_SERVICE, v1.to_v3(document) if converted else document, "", None, service_id)
    row = assembly.rows["service"][0]
    for column, key in (("status", "status"), ("organization_id", "organization")):
        if row[column] is None and not document.get(key):
            assembly.report(f"/{key}", "missing", "")
    return Record(
        service_id=service_id,
        active=row["status"] == "active",
        last_modified=str(row["last_modified"] or ""),
        rows=assembly.rows,
        findings=v1.as_published(document, assembly.findings) if converted else assembly.findings,
    )


def _required_id(document: dict[str, Any]) -> str:
    given = document.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise Rejected("no_id", "/id")
    try:
        found = fields.identifier(given)
    except fields.Unusable as unusable:
        raise Rejected(unusable.reason, "/id") from unusable
    if found is None:
        raise Rejected("no_id", "/id")
    return found


def _require_name(document: dict[str, Any]) -> None:
    try:
        found: object = fields.text(document.get("name"))
    except fields.Unusable as unusable:
        found = unusable.kept
    if not found:
        raise Rejected("no_name", "/name")
