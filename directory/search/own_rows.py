"""Which rows of a record belong to one of its offers, and not to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.hsds.record import Row

_NO_ROWS: tuple[Row, ...] = ()


class OwnRows:
    """The rows that belong to one offer rather than to another of the same service."""

    def __init__(self, rows: Mapping[str, Sequence[Row]], link: Row | None, location: Row | None) -> None:
        self.link = link
        """Its `service_at_location` row."""
        self.location = location
        self._rows = rows
        self._link = link["id"] if link else None
        self._location = location["id"] if location else None

    def rows(self, table: str) -> list[Row]:
        """Rows of this offer, then of its location, then of the service as a whole."""
        every = self._rows.get(table)
        if not every:
            return []
        mine: list[Row] = []
        located: list[Row] = []
        general: list[Row] = []
        for row in every:
            if row.get("service_at_location_id") is not None:
                if row["service_at_location_id"] == self._link:
                    mine.append(row)
            elif row.get("location_id") is not None:
                if row["location_id"] == self._location:
                    located.append(row)
            else:
                general.append(row)
        return [*mine, *located, *general]

    def schedules(self, table: str) -> list[Row]:
        """The hours here where some are given, else those of the service."""
        every = self._rows.get(table, _NO_ROWS)
        for column, value in (("service_at_location_id", self._link), ("location_id", self._location)):
            if value is not None and (found := [row for row in every if row.get(column) == value]):
                return found
        return [
            row
            for row in every
            if row.get("service_at_location_id") is None and row.get("location_id") is None
        ]

    def of_location(self, table: str) -> list[Row]:
        """Rows of its location alone."""
        every = self._rows.get(table)
        if not every or self._location is None:
            return []
        return [row for row in every if row.get("location_id") == self._location]

    def address(self) -> Row | None:
        """The address to go to."""
        found = self.of_location("address")
        return next(
            (row for row in found if row.get("address_type") == "physical"), found[0] if found else None
        )
