"""Who does what only one may do."""

from __future__ import annotations

import sqlalchemy as sa

from directory.store.metadata import metadata
from directory.store.types import Instant

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    comment="What one process at a time may do, and until when it holds that without saying so again.",
)
