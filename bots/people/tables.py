"""People, apart from all else: where somebody can be reached is sealed, and found by fingerprint alone."""

from __future__ import annotations

import sqlalchemy as sa

from directory.store.metadata import metadata
from directory.store.types import Instant

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("created", Instant, nullable=False),
    sa.Column("settings", sa.LargeBinary, nullable=False),
    sa.Column("stopped", Instant),
    comment="Somebody who chose something. settings: JSON, sealed. stopped: since when nothing may be sent "
    "but answers.",
)

identity = sa.Table(
    "identity",
    metadata,
    sa.Column("address_hash", sa.Text, primary_key=True),
    sa.Column("person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("address", sa.LargeBinary, nullable=False),
    sa.Index(None, "person_id"),
    comment="Where a person can be reached. address_hash: fingerprint of channel and address. "
    "address: sealed.",
)

erasure = sa.Table(
    "erasure",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("proof", sa.Text, nullable=False),
    comment="That somebody was erased. proof: fingerprint of salt, channel and address, so that only who "
    "brings the address can ask.",
)
