"""What is kept of a feed: each service as it was published, what could not be taken, and each import.

`body` is always the published JSON, as `hsds.canonical` writes it, through zlib (level 1).
"""

from __future__ import annotations

import sqlalchemy as sa

from directory.store.metadata import metadata
from directory.store.types import Instant

feed = sa.Table(
    "feed",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("canonical", sa.Text, nullable=False, unique=True),
    sa.Column("publisher", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("cadence", sa.Text, nullable=False, server_default="daily"),
    sa.Column("added", Instant, nullable=False),
    sa.Column("validators", sa.JSON),
    sa.Column("last_started", Instant),
    sa.Column("last_finished", Instant),
    sa.Column("last_state", sa.Text),
    sa.Column("last_counts", sa.JSON),
    sa.Column("last_problems", sa.JSON),
    comment="One source, known by its canonical URL or path. cadence: daily, weekly or never. "
    "validators: etag and last-modified of what was read last.",
)

publication = sa.Table(
    "publication",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("feed_id", sa.ForeignKey("feed.id"), nullable=False),
    sa.Column("service_id", sa.Text, nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("harvested", Instant, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("feed_id", "service_id"),
    sa.Index(
        "ix_publication_withdrawn",
        "feed_id",
        sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
        postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
    ),
    comment="One service as it was published. profile: v3 or v1. position: its number in the input "
    "it was last taken from; origin: the same for people (line 12).",
)

shared = sa.Table(
    "shared",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("feed_id", sa.ForeignKey("feed.id"), nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("holder", sa.ForeignKey("publication.key"), nullable=False),
    sa.Column("winner", sa.ForeignKey("publication.key"), nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("stale", sa.Boolean, nullable=False),
    sa.UniqueConstraint("feed_id", "ref"),
    sa.Index(
        "ix_shared_stale",
        "feed_id",
        sqlite_where=sa.text("stale"),
        postgresql_where=sa.text("stale"),
    ),
    comment="Which version of an organization, location, taxonomy or term is held (ref: table/id). winner: "
    "the service whose version it is (last_modified and position are that one's); holder: "
    "the service its rows hang on, which may be another with the same content. stale: its "
    "carriers wait to be projected again.",
)

carrier = sa.Table(
    "carrier",
    metadata,
    sa.Column("service_key", sa.ForeignKey("publication.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("shared_key", sa.Integer, primary_key=True),
    sa.Index(None, "shared_key", "service_key"),
    sqlite_with_rowid=False,
    comment="Which services carry which shared object, in whatever version.",
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("feed_id", sa.ForeignKey("feed.id"), nullable=False),
    sa.Column("service_id", sa.Text),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("pointer", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index(None, "feed_id", "content_hash"),
    comment="What could not be taken, whole, with a reason code and a JSON pointer. active: of a line "
    "that repeats an id, whether its status was active.",
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("service_key", sa.ForeignKey("publication.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("pointer", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
    comment="Fields of a service that were left out of the search, and why.",
)

import_run = sa.Table(
    "import_run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("feed_id", sa.ForeignKey("feed.id"), nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("started", Instant, nullable=False),
    sa.Column("heartbeat", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("progress", sa.JSON, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("seen", sa.LargeBinary),
    sa.Column("met", sa.LargeBinary),
    sa.Index(None, "feed_id", "state"),
    comment="One import of a feed. owner: machine and process. seen, met: bitmaps over publication.key "
    "and quarantine.id (zlib), with progress what a resumed import goes on from.",
)
