"""What this installation knows of places beyond the tables in the package.

`loaded_*` come from files an operator loads (`nearby places load`); `learnt_place` from the
directory's own addresses. Degrees are WGS84; radii are whole metres.
"""

from __future__ import annotations

import sqlalchemy as sa

from directory.store.metadata import metadata

loaded_place = sa.Table(
    "loaded_place",
    metadata,
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("radius_m", sa.Integer, nullable=False),
    sa.Column("lad", sa.Text),
    sa.Column("within", sa.Text),
    sa.PrimaryKeyConstraint("source", "ref", "name_key"),
    sa.Index(None, "name_key"),
    sqlite_with_rowid=False,
    comment="Settlements and streets an operator loaded; name_key as `names.fold` makes it.",
)

loaded_postcode = sa.Table(
    "loaded_postcode",
    metadata,
    sa.Column("postcode", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("lad", sa.Text),
    sa.Column("ward", sa.Text),
    sa.Column("county", sa.Text),
    sa.Column("terminated", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_with_rowid=False,
    comment="Postcodes an operator loaded, as `SE24 0AB`; they win over the ones in the package.",
)

learnt_place = sa.Table(
    "learnt_place",
    metadata,
    sa.Column("name_key", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("radius_m", sa.Integer, nullable=False),
    sa.Column("lad", sa.Text),
    sa.Column("within", sa.Text),
    sa.Column("count", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("name_key", "ordinal"),
    sqlite_with_rowid=False,
    comment="Neighbourhoods whose names stand in the directory's own addresses; namesakes are numbered.",
)
