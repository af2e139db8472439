"""How the rows of a record are put on its card, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.hsds.record import Row

_ADDRESS = ("attention", "address_1", "address_2", "city")
_LINE = 300


def address_of(address: Row | None, location: Row | None) -> str | None:
    """The address in one line, without the postcode; the location's name first where it adds to it."""
    if address is None:
        return str(location["name"]) if location and location.get("name") else None
    parts = [str(address[column]).strip(" ,") for column in _ADDRESS if address.get(column)]
    name = str(location.get("name") or "") if location else ""
    if name and not any(name.casefold() in part.casefold() for part in parts):
        parts.insert(0, name)
    return ", ".join(dict.fromkeys(filter(None, parts)))[:_LINE] or None


def phone_of(phones: Sequence[Row]) -> str | None:
    """The number to ring: the first that is not a fax."""
    for row in phones:
        number = row.get("number")
        if number and str(row.get("type") or "").casefold() not in {"fax", "textphone", "pager"}:
            extension = row.get("extension")
            return f"{number} ext. {extension}" if extension else str(number)
    return None


def email_of(contacts: Sequence[Row]) -> str | None:
    """The first address of a contact. Names of contact persons are not shown."""
    return next((str(row["email"]) for row in contacts if row.get("email")), None)


def texts_of(rows: Sequence[Row], *columns: str) -> str | None:
    """Texts of several rows in one line, each once."""
    texts = dict.fromkeys(str(row[column]) for row in rows for column in columns if row.get(column))
    return (plain("; ".join(texts), _LINE) or None) if texts else None
