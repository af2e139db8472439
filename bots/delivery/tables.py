"""What came in, what goes out, and what is remembered between the two.

What people wrote, and what they are told, is sealed while it waits and erased once it is settled. Rooms,
people and conversations stand here as fingerprints.
"""

from __future__ import annotations

import sqlalchemy as sa

from directory.store.metadata import metadata
from directory.store.types import Instant

event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("received", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", Instant),
    sa.Column("settled", Instant),
    sa.Column("failure", sa.Text),
    sa.UniqueConstraint("channel", "key"),
    sa.Index(
        "ix_event_waiting",
        "conversation",
        "id",
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    ),
    sa.Index(
        "ix_event_queue",
        "id",
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    ),
    sa.Index(
        "ix_event_settled",
        "settled",
        sqlite_where=sa.text("settled IS NOT NULL"),
        postgresql_where=sa.text("settled IS NOT NULL"),
    ),
    comment="What came in, each once. payload: sealed, until it is settled. claimed_until: who holds it has "
    "so long; without a holder, not before. failure: why it was given up.",
)

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("state", sa.LargeBinary, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Index(None, "who"),
    sa.Index(None, "expires"),
    comment="What is remembered between two messages. state: JSON, sealed. who: as identity.address_hash.",
)

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("room", sa.Text, nullable=False),
    sa.Column("private", sa.Boolean, nullable=False),
    sa.Column("who", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("priority", sa.SmallInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("created", Instant, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("body", sa.LargeBinary),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", Instant),
    sa.Column("settled", Instant),
    sa.Column("receipt", sa.Text),
    sa.Index(
        "ix_notice_waiting",
        "channel",
        "priority",
        "due",
        "id",
        sqlite_where=sa.text("settled IS NULL AND claimed_by IS NULL"),
        postgresql_where=sa.text("settled IS NULL AND claimed_by IS NULL"),
    ),
    sa.Index(
        "ix_notice_room",
        "room",
        "priority",
        "id",
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    ),
    sa.Index(
        "ix_notice_claimed",
        "claimed_until",
        sqlite_where=sa.text("settled IS NULL AND claimed_by IS NOT NULL"),
        postgresql_where=sa.text("settled IS NULL AND claimed_by IS NOT NULL"),
    ),
    sa.Index(
        "ix_notice_who",
        "who",
        sqlite_where=sa.text("who IS NOT NULL"),
        postgresql_where=sa.text("who IS NOT NULL"),
    ),
    sa.Index(
        "uq_notice_key",
        "key",
        unique=True,
        sqlite_where=sa.text("key IS NOT NULL"),
        postgresql_where=sa.text("key IS NOT NULL"),
    ),
    sa.Index(
        "ix_notice_settled",
        "settled",
        sqlite_where=sa.text("settled IS NOT NULL"),
        postgresql_where=sa.text("settled IS NOT NULL"),
    ),
    comment="A message that goes out. state: queued, sending, temporary; settled: sent, permanent, unknown, "
    "suppressed, cancelled. body: room and message, sealed. who: as identity.address_hash. "
    "key: of those that may be queued once alone.",
)

bucket = sa.Table(
    "bucket",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("free_at", Instant, nullable=False),
    sa.Index(None, "free_at"),
    comment="From when on a channel, or a room (its fingerprint), takes the next message.",
)
