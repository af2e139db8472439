"""The statements that tell whether there is anything at all about a point, on either engine."""

from __future__ import annotations

from directory.search import grid

ON_SQLITE = (
    'WITH RECURSIVE r("row") AS (VALUES(:first_row) UNION ALL '
    'SELECT "row" + 1 FROM r WHERE "row" < :last_row) '
    "SELECT EXISTS (SELECT 1 FROM r WHERE EXISTS (SELECT 1 FROM near_index_{slot} i "
    'WHERE i.term = 0 AND i."row" = r."row" AND i."column" BETWEEN :first_column AND :last_column))'
)
"""Every offer stands in the index under the term 0; the cells are those that the circle may touch.

Rows are not joined, so that SQLite makes no Bloom filter of all offers where somebody has run ANALYZE.
"""
ON_POSTGRES = (
    "SELECT EXISTS (SELECT 1 FROM near_index i WHERE i.term = 0 AND i.point IS NOT NULL AND ST_DWithin("
    "i.point, ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326)::geography, "
    "%(metres)s::float8))"
)


def values_on_sqlite(lat: float, lon: float, metres: float) -> dict[str, int]:
    """What stands in for the names in `ON_SQLITE`."""
    return grid.box(lat, lon, metres)._asdict()


def values_on_postgres(lat: float, lon: float, metres: float) -> dict[str, float]:
    """What stands in for the names in `ON_POSTGRES`."""
    return {"lat": lat, "lon": lon, "metres": metres}
