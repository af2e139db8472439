"""Puts one service together from the rows of a package, nested as version 3 publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.feeds.sources.relations import MANY, ONE, WITHOUT_ATTRIBUTES, table_of

if TYPE_CHECKING:
    from directory.feeds.sources.shelf import Shelf

_MAX_ROWS = 10_000


class TooManyRowsError(Exception):
    """A service of which more hangs than any real one has."""


class Nesting:
    """One service in the making."""

    def __init__(self, shelf: Shelf) -> None:
        """Take the shelf with all rows."""
        self._shelf = shelf
        self._left = _MAX_ROWS

    def nest(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row with all that belongs to it inside; links that the nesting shows are left out.

        Raises TooManyRowsError.
        """
        document = dict(row)
        for one in ONE.get(table, ()):
            if found := self._shelf.one(one.table, row.get(one.link)):
                self._count(1)
                del document[one.link]
                document[one.key] = self.nest(one.table, found)
        identifier = row.get("id")
        for many in MANY.get(table, ()):
            children = self._shelf.many(many.table, many.link, identifier, most=self._left + 1)
            if children:
                document[many.key] = self._all(many.table, children, many.link)
        if table not in WITHOUT_ATTRIBUTES and (found_attributes := self._attributes(table, identifier)):
            document["attributes"] = found_attributes
        return document

    def _all(self, table: str, rows: list[dict[str, Any]], link: str) -> list[dict[str, Any]]:
        self._count(len(rows))
        return [self.nest(table, {name: row[name] for name in row if name != link}) for row in rows]

    def _attributes(self, table: str, identifier: object) -> list[dict[str, Any]]:
        """What classifies the row; an id may be that of rows in two tables, so the type is looked at."""
        found = self._shelf.many("attribute", "link_id", identifier, most=self._left + 1)
        self._count(len(found))
        return [self.nest("attribute", row) for row in found if _is_meant(table, row.get("link_type"))]

    def _count(self, rows: int) -> None:
        self._left -= rows
        if self._left < 0:
            raise TooManyRowsError


def _is_meant(table: str, link_type: str | None) -> bool:
    """Whether a link of that type may be to a row of the table; what is not known may be anything."""
    known = table_of(link_type) if link_type else None
    return known is None or known[0] == table
