"""What this installation knows of places beyond the package: learnt from addresses, or loaded."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import sqlalchemy as sa

from directory.places.atlas import Entry
from directory.places.choosing import apart
from directory.places.localities import LEAST_ADDRESSES
from directory.places.place import Kind, Place
from directory.places.tables import learnt_place, loaded_place, loaded_postcode

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import RowMapping

    from directory.store.engine import Store

FRESH_S = 300.0
"""Another process may import or load: what is held in memory is read again after so many seconds."""
MOST_NAMESAKES = 60
LEARNT_PEOPLE, ONE_ADDRESS_PEOPLE, FAINTLY_LEARNT_PEOPLE = 2_000, 1, 0
"""What a neighbourhood counts for beside settlements of the same name: by the addresses that give it."""


class Known:
    """Reads those tables; what was learnt is small and held, what was loaded is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_at: float | None = None
        self._loaded = (False, False)
        self.learnt: dict[str, tuple[Entry, ...]] = {}

    async def refresh(self, *, now: float | None = None) -> bool:
        """Read again what is held, where it is old; whether it was."""
        now = monotonic() if now is None else now
        if self._read_at is not None and now - self._read_at < FRESH_S:
            return False
        async with self._store.read() as connection:
            rows = (await connection.execute(sa.select(learnt_place))).mappings().all()
            places = await connection.scalar(sa.select(loaded_place.c.name_key).limit(1))
            postcodes = await connection.scalar(sa.select(loaded_postcode.c.postcode).limit(1))
        found: dict[str, tuple[Entry, ...]] = {}
        for row in rows:
            entry = learnt_entry(row)
            found[row["name_key"]] = (*found.get(row["name_key"], ()), entry)
        self.learnt, self._loaded, self._read_at = found, (places is not None, postcodes is not None), now
        return True

    def forget(self) -> None:
        """Read again at the next question: something was imported or loaded."""
        self._read_at = None

    async def postcode(self, name: str) -> Place | None:
        """A loaded postcode, `SE24 0AB`; those no longer in use too."""
        if not self._loaded[1]:
            return None
        wanted = sa.select(loaded_postcode).where(loaded_postcode.c.postcode == name)
        async with self._store.read() as connection:
            row = (await connection.execute(wanted)).first()
        return Place(name, Kind.POSTCODE, row.lat, row.lon, 0, row.lad) if row else None

    async def named(self, keys: Collection[str]) -> dict[str, list[Entry]]:
        """Loaded places of these folded names; of parts of one street, the first."""
        if not self._loaded[0] or not keys:
            return {}
        wanted = sa.select(loaded_place).where(loaded_place.c.name_key.in_(sorted(keys)))
        async with self._store.read() as connection:
            rows = (await connection.execute(wanted.limit(MOST_NAMESAKES * len(keys)))).all()
        found: dict[str, list[Entry]] = {}
        for row in rows:
            place = Place(row.name, Kind(row.kind), row.lat, row.lon, row.radius_m, row.lad, row.within)
            held = found.setdefault(row.name_key, [])
            held += apart([Entry(place, 0)], held)
        return found


def learnt_entry(row: RowMapping) -> Entry:
    """One row of what was learnt."""
    position = row["lat"], row["lon"], row["radius_m"]
    few = ONE_ADDRESS_PEOPLE if row["count"] else FAINTLY_LEARNT_PEOPLE
    people = LEARNT_PEOPLE if row["count"] >= LEAST_ADDRESSES else few
    return Entry(Place(row["name"], Kind.SETTLEMENT, *position, row["lad"], row["within"]), people)
