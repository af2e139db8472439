"""What the store knows of its feeds, of what was quarantined and of what is wrong, as rows to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.feeds.tables import feed, finding, publication, quarantine

if TYPE_CHECKING:
    from datetime import datetime

    from directory.store.engine import Store


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed, with its last result."""

    id: int
    source: str
    publisher: str | None
    kind: str
    cadence: str
    state: str | None
    """Of the last import: `done`, `refused`, `incomplete`, `unreadable`, `not_modified`; None before it."""
    when: datetime | None
    services: int
    """Held and not withdrawn."""
    withdrawn: int
    quarantined: int
    counts: dict[str, Any]
    """Of the last import: `Outcome.counts`."""
    problems: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """One line that could not be taken."""

    id: int
    feed_id: int
    source: str
    service_id: str | None
    position: str
    reason: str
    pointer: str
    when: datetime


async def feeds(store: Store) -> list[FeedLine]:
    """Every feed, in the order in which they were added."""
    held = _count(publication, publication.c.withdrawn_at.is_(None))
    withdrawn = _count(publication, publication.c.withdrawn_at.is_not(None))
    quarantined = _count(quarantine)
    select = sa.select(
        feed, held.label("held"), withdrawn.label("withdrawn"), quarantined.label("quarantined")
    ).order_by(feed.c.id)
    async with store.read() as connection:
        return [_feed_line(row) for row in await connection.execute(select)]


def _count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).select_from(table)
    return counted.where(table.c.feed_id == feed.c.id, *where).scalar_subquery()


def _feed_line(row: sa.Row[Any]) -> FeedLine:
    return FeedLine(
        id=row.id,
        source=row.canonical,
        publisher=row.publisher,
        kind=row.kind,
        cadence=row.cadence,
        state=row.last_state,
        when=row.last_finished,
        services=row.held,
        withdrawn=row.withdrawn,
        quarantined=row.quarantined,
        counts=row.last_counts or {},
        problems=row.last_problems or [],
    )


async def quarantined(store: Store, feed_id: int | None = None, limit: int = 1000) -> list[QuarantineLine]:
    """What is in quarantine, of one feed or of all; feed by feed, in the order in which it came."""
    columns = (quarantine.c.service_id, quarantine.c.position, quarantine.c.reason, quarantine.c.pointer)
    select = (
        sa.select(quarantine.c.id, feed.c.id, feed.c.canonical, *columns, quarantine.c.first_seen)
        .join(feed, feed.c.id == quarantine.c.feed_id)
        .order_by(quarantine.c.feed_id, quarantine.c.id)
        .limit(limit)
    )
    if feed_id is not None:
        select = select.where(quarantine.c.feed_id == feed_id)
    async with store.read() as connection:
        return [QuarantineLine(*row) for row in await connection.execute(select)]


async def findings(store: Store, feed_id: int) -> dict[str, int]:
    """Reason -> how many fields of a feed's services are left out of the search for it."""
    select = (
        sa.select(finding.c.reason, sa.func.count())
        .join(publication, publication.c.key == finding.c.service_key)
        .where(publication.c.feed_id == feed_id)
        .group_by(finding.c.reason)
        .order_by(finding.c.reason)
    )
    async with store.read() as connection:
        return {reason: count for reason, count in await connection.execute(select)}  # noqa: C416 - rows, typed


async def validators(store: Store, canonical: str) -> dict[str, Any] | None:
    """What to hand to a source as `conditional`, from the last import that was done."""
    select = sa.select(feed.c.validators).where(feed.c.canonical == canonical)
    async with store.read() as connection:
        found: dict[str, Any] | None = await connection.scalar(select)
    return found
