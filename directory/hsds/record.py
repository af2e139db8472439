"""What one published service becomes: rows for the HSDS tables, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

Row = dict[str, object]
"""Column name -> value, in the standard's own names; without `service_key` and `feed_id`,
which the importer adds. A value is str, int, float, bool, datetime.date or None."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A field that was left out of the search, and why. The published JSON keeps it as it came."""

    pointer: str
    """JSON pointer (RFC 6901) into the service as published, for instance `/schedules/0/opens_at`."""
    reason: str
    """A short code, for instance `not_an_email`; the sentence for a person is made elsewhere."""
    value: str
    """What stood there, at most 200 characters."""


@dataclass(slots=True)
class Record:
    """One service as the HSDS tables hold it."""

    service_id: str
    active: bool
    last_modified: str
    """ISO 8601 in UTC, or "" where the publisher gave none: it sorts first."""
    rows: dict[str, list[Row]]
    """Table name -> rows. `organization`, `location`, `taxonomy` and `taxonomy_term` rows may be
    shared with other services of the feed; all others belong to this service or to its objects."""
    findings: list[Finding] = field(default_factory=list)


class Rejected(Exception):  # noqa: N818 - a verdict, not a fault
    """A record that can't be taken at all: it goes to quarantine whole."""

    def __init__(self, reason: str, pointer: str = "") -> None:
        """Keep the reason code and the JSON pointer of what was wrong."""
        super().__init__(reason, pointer)
        self.reason = reason
        self.pointer = pointer
