"""What comes in and goes out, whom it is for, and who may do what only one may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bucket",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_bucket"),
        comment="From when on a channel, or a room (its fingerprint), takes the next message.",
    )
    op.create_index("ix_bucket_free_at", "bucket", ["free_at"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversation"),
        comment="What is remembered between two messages. state: JSON, sealed. who: as identity.address_hash.",
    )
    op.create_index("ix_conversation_expires", "conversation", ["expires"], unique=False)
    op.create_index("ix_conversation_who", "conversation", ["who"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
        comment="That somebody was erased. proof: fingerprint of salt, channel and address, so that only who brings the address can ask.",
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("channel", "key", name="uq_event_channel_key"),
        comment="What came in, each once. payload: sealed, until it is settled. claimed_until: who holds it has so long; without a holder, not before. failure: why it was given up.",
    )
    op.create_index(
        "ix_event_queue",
        "event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    )
    op.create_index(
        "ix_event_settled",
        "event",
        ["settled"],
        unique=False,
        sqlite_where=sa.text("settled IS NOT NULL"),
        postgresql_where=sa.text("settled IS NOT NULL"),
    )
    op.create_index(
        "ix_event_waiting",
        "event",
        ["conversation", "id"],
        unique=False,
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
        comment="What one process at a time may do, and until when it holds that without saying so again.",
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        comment="A message that goes out. state: queued, sending, temporary; settled: sent, permanent, unknown, suppressed, cancelled. body: room and message, sealed. who: as identity.address_hash. key: of those that may be queued once alone.",
    )
    op.create_index(
        "ix_notice_claimed",
        "notice",
        ["claimed_until"],
        unique=False,
        sqlite_where=sa.text("settled IS NULL AND claimed_by IS NOT NULL"),
        postgresql_where=sa.text("settled IS NULL AND claimed_by IS NOT NULL"),
    )
    op.create_index(
        "ix_notice_room",
        "notice",
        ["room", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    )
    op.create_index(
        "ix_notice_settled",
        "notice",
        ["settled"],
        unique=False,
        sqlite_where=sa.text("settled IS NOT NULL"),
        postgresql_where=sa.text("settled IS NOT NULL"),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["channel", "priority", "due", "id"],
        unique=False,
        sqlite_where=sa.text("settled IS NULL AND claimed_by IS NULL"),
        postgresql_where=sa.text("settled IS NULL AND claimed_by IS NULL"),
    )
    op.create_index(
        "ix_notice_who",
        "notice",
        ["who"],
        unique=False,
        sqlite_where=sa.text("who IS NOT NULL"),
        postgresql_where=sa.text("who IS NOT NULL"),
    )
    op.create_index(
        "uq_notice_key",
        "notice",
        ["key"],
        unique=True,
        sqlite_where=sa.text("key IS NOT NULL"),
        postgresql_where=sa.text("key IS NOT NULL"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settings", sa.LargeBinary(), nullable=False),
        sa.Column("stopped", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        comment="Somebody who chose something. settings: JSON, sealed. stopped: since when nothing may be sent but answers.",
    )
    op.create_table(
        "identity",
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_identity_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_hash", name="pk_identity"),
        comment="Where a person can be reached. address_hash: fingerprint of channel and address. address: sealed.",
    )
    op.create_index("ix_identity_person_id", "identity", ["person_id"], unique=False)
