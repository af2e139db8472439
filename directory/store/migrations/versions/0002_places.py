"""Places that an operator loaded, and those learnt from the directory's addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learnt_place",
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("radius_m", sa.Integer(), nullable=False),
        sa.Column("lad", sa.Text(), nullable=True),
        sa.Column("within", sa.Text(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name_key", "ordinal", name="pk_learnt_place"),
        comment="Neighbourhoods whose names stand in the directory's own addresses; namesakes are numbered.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loaded_place",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("radius_m", sa.Integer(), nullable=False),
        sa.Column("lad", sa.Text(), nullable=True),
        sa.Column("within", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "ref", "name_key", name="pk_loaded_place"),
        comment="Settlements and streets an operator loaded; name_key as `names.fold` makes it.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_loaded_place_name_key", "loaded_place", ["name_key"], unique=False)
    op.create_table(
        "loaded_postcode",
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lad", sa.Text(), nullable=True),
        sa.Column("ward", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("terminated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("postcode", name="pk_loaded_postcode"),
        comment="Postcodes an operator loaded, as `SE24 0AB`; they win over the ones in the package.",
        sqlite_with_rowid=False,
    )
