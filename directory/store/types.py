"""Column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class NaiveInstantError(ValueError):
    """A datetime without an offset was to be stored: nobody could say later when that was."""


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment: aware in, aware and in UTC out.

    SQLite keeps it as text that sorts by time (`2026-03-01 09:30:00.000000`, UTC); PostgreSQL as
    `timestamptz`.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment into UTC; SQLite takes it without the offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstantError(value)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the moment back in UTC, whatever the time zone of the connection."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
