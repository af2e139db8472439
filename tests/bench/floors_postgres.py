"""The bare PostgreSQL statements: the ten nearest with a term or with words, bounded by rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from directory.search import grid
from tests.bench.floors import TEXT_RINGS_M, enough

if TYPE_CHECKING:
    import psycopg

    from tests.bench.questions import Question

COLUMNS: Final = "i.service, i.feed, i.twin, i.lat, i.lon, i.flags, i.assured, i.languages"
POINT: Final = "ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326)::geography"
TERM: Final = (
    f"WITH near AS MATERIALIZED (SELECT i.card AS key, {COLUMNS}, i.point <-> {POINT} AS away "
    f"FROM near_index i WHERE i.term = %(term)s::int AND i.point IS NOT NULL "
    f"AND ST_DWithin(i.point, {POINT}, %(reach)s::float8, false) ORDER BY i.point <-> {POINT} LIMIT 10) "
    "SELECT near.*, c.card FROM near JOIN near_card c USING (key) ORDER BY away"
)
AWAY: Final = (
    "(i.lat - %(lat)s::float8) ^ 2 * %(tall)s::float8 + (i.lon - %(lon)s::float8) ^ 2 * %(wide)s::float8"
)
WORDS: Final = (
    f"SELECT i.key, {COLUMNS}, {AWAY} AS away, i.card FROM near_card i "
    f"WHERE i.words @@ %(match)s::tsquery AND {AWAY} <= %(outer)s::float8 ORDER BY away LIMIT 10"
)


@dataclass(frozen=True, slots=True)
class Bare:
    """Asks one connection, statements prepared."""

    connection: psycopg.AsyncConnection[Any]
    terms: dict[str, int]

    async def term(self, question: Question) -> list[Any]:
        """The ten nearest with the term."""
        rows: list[Any] = []
        values = {"lat": question.lat, "lon": question.lon, "term": self.terms[question.term]}
        for reach in TEXT_RINGS_M:
            cursor = await self.connection.execute(TERM, values | {"reach": reach})
            rows = await cursor.fetchall()
            if enough(rows, reach):
                break
        return rows

    async def words(self, question: Question) -> list[Any]:
        """The ten nearest with all the words."""
        rows: list[Any] = []
        tall, wide = (metres * metres for metres in grid.scales(question.lat))
        values: dict[str, Any] = {"lat": question.lat, "lon": question.lon, "tall": tall, "wide": wide}
        words = " & ".join(f"'{word}'" for word in question.stems)
        for reach in TEXT_RINGS_M:
            cells = grid.tokens_around(grid.box(question.lat, question.lon, reach))
            within = " & (" + " | ".join(f"'{cell}'" for cell in cells) + ")" if cells else ""
            more = {"match": words + within, "outer": float(reach) ** 2}
            rows = await (await self.connection.execute(WORDS, values | more)).fetchall()
            if enough(rows, reach):
                break
        return rows
