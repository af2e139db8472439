"""Invented services (examples, none of them real) and a directory made of them, on either engine."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from directory.search import schema
from directory.search.projecting import project
from directory.search.projection import Projector, projector
from directory.search.query import Conditions, Need, Query, When, Where
from directory.search.searching import Searcher, searcher
from directory.store.engine import Store, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from directory.search.offer import Offer

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
"""A Wednesday."""
HERE = Where(51.45, -0.1)
NORTH = "E09000001"
SOUTH = "E09000002"
METRES = 1 / 111_195
"""Degrees of latitude in a metre."""


@dataclass(frozen=True)
class Point:
    """A made-up postcode."""

    postcode: str
    lat: float
    lon: float
    lad: str


@dataclass(frozen=True)
class Example:
    """An invented service, at so many metres north and east of `HERE`; None for nowhere."""

    id: str
    name: str = "Example service"
    north: float | None = 0.0
    east: float = 0.0
    terms: tuple[str, ...] = ()
    description: str = "An example."
    days: str | None = None
    """As `byday`, from 9 to 17."""
    feed: int = 1
    postcode: str | None = None
    status: str = "active"
    more: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    service: dict[str, Any] = field(default_factory=dict)
    others: tuple[tuple[float, float], ...] = ()
    """Further locations, metres north and east."""

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """As HSDS rows."""
        places = [] if self.north is None else [(self.north, self.east), *self.others]
        rows: dict[str, list[dict[str, Any]]] = {
            "service": [
                {"id": self.id, "name": self.name, "description": self.description, "status": self.status}
                | self.service
            ],
            "location": [
                {"id": f"{self.id}-{place}", "location_type": "physical", "latitude": lat, "longitude": lon}
                for place, (lat, lon) in enumerate(map(_at, places))
            ],
            "service_at_location": [
                {"id": f"{self.id}@{place}", "service_id": self.id, "location_id": f"{self.id}-{place}"}
                for place in range(len(places))
            ],
            "taxonomy_term": [{"id": f"t-{term}", "name": term} for term in self.terms],
            "attribute": [
                {"id": f"a-{term}", "link_id": self.id, "taxonomy_term_id": f"t-{term}"}
                for term in self.terms
            ],
        }
        if self.postcode:
            rows["address"] = [{"id": "address", "location_id": f"{self.id}-0", "postal_code": self.postcode}]
        if self.days:
            rows["schedule"] = [
                {"id": "hours", "service_id": self.id, "freq": "WEEKLY", "byday": self.days,
                 "opens_at": "09:00", "closes_at": "17:00"}
            ]  # fmt: skip
        return rows | self.more

    def offers(self) -> list[Offer]:
        """As search keeps it."""
        return project(
            self.rows(),
            postcodes=lambda text: Point(text, HERE.lat, HERE.lon, NORTH) if text == "ZZ1 1ZZ" else None,
            authority_near=lambda lat, lon: NORTH if lat >= HERE.lat - 1e-9 else SOUTH,  # noqa: ARG005
            authority_named={"Northshire": NORTH, "Southshire": SOUTH}.get,
            outcode_authorities=lambda text: (NORTH, SOUTH) if text.startswith("ZZ9") else (),
        )


def _at(place: tuple[float, float]) -> tuple[float, float]:
    return HERE.lat + place[0] * METRES, HERE.lon + place[1] * METRES * 1.605


class Directory:
    """A store with its projector and searcher."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.projector: Projector = projector(store)
        self.searcher: Searcher = searcher(store, LONDON)
        self.keys: dict[tuple[int, str], int] = {}

    async def put(self, *examples: Example) -> None:
        """Add or change services."""
        await self.put_all(examples)

    async def put_all(self, examples: Iterable[Example]) -> None:
        """Add or change services, in one transaction."""
        examples = list(examples)
        keys = [self._key(example) for example in examples]
        offers = [
            (key, example.feed, offer)
            for key, example in zip(keys, examples, strict=True)
            for offer in example.offers()
        ]
        async with self.store.begin() as connection:
            await self.projector.replace(connection, keys, offers)

    async def withdraw(self, *examples: Example) -> None:
        """Take services away."""
        async with self.store.begin() as connection:
            await self.projector.replace(connection, [self._key(example) for example in examples], [])

    async def ask(self, *needs: Need, where: Where | None = HERE, **more: Any) -> list[str]:
        """Ids of what is near."""
        return ids((await self.searcher.near(question(*needs, where=where, **more))).hits)

    def _key(self, example: Example) -> int:
        return self.keys.setdefault((example.feed, example.id), len(self.keys) + 1)


def ids(hits: Sequence[Any]) -> list[str]:
    """The service ids of hits."""
    return [hit.service_id for hit in hits]


def question(*needs: Need, where: Where | None = HERE, limit: int = 10, **more: Any) -> Query:
    """A query about `HERE` at `NOW`; conditions may be given by their names."""
    own = {name: more.pop(name) for name in ("when", "offset") if name in more}
    return Query(NOW, where, needs, conditions=Conditions(**more), limit=limit, **own)


def term(*names: str) -> Need:
    """A need for terms."""
    return Need(terms=names)


def words(*typed: str) -> Need:
    """A need for words."""
    return Need(words=typed)


def at(day: int, hour: int, until: int | None = None) -> When:
    """A moment, or a stretch, of the week of `NOW`: day 2 is that Monday's."""
    start = datetime(2026, 3, day, hour, tzinfo=LONDON)
    return When(start, start if until is None else start.replace(hour=until))


@asynccontextmanager
async def directory(url: str) -> AsyncIterator[Directory]:
    """An empty directory in a fresh database."""
    store = connect(url)
    try:
        await schema.ensure(store)
        made = Directory(store)
        try:
            yield made
        finally:
            await made.searcher.close()
    finally:
        await store.close()


_TERMS = ("Library services", "Food bank", "Debt advice", "Swimming", "Parent and toddler group", "Chess")
_WORDS = (
    "warm", "welcome", "books", "free", "lunch", "swimming", "chess", "advice", "debts", "toddlers",
    "walking", "older", "people", "music",
)  # fmt: skip


def many(number: int, seed: int, spread_m: float = 40_000) -> list[Example]:
    """Invented services scattered about `HERE`, of all kinds."""
    chance = random.Random(seed)  # repeatable examples
    return [_any_example(chance, f"example-{seed}-{place}", spread_m) for place in range(number)]


def _any_example(chance: random.Random, key: str, spread_m: float) -> Example:
    words_ = chance.sample(_WORDS, 4)
    reach = chance.random()
    example = Example(
        key,
        name=f"Example {' '.join(words_[:2])}",
        north=None if reach < 0.15 else chance.gauss(0, spread_m / 2),
        east=chance.gauss(0, spread_m / 2),
        terms=tuple(chance.sample(_TERMS, chance.randrange(3))),
        description=f"{' '.join(words_)} for everybody.",
        days=chance.choice((None, "MO,WE,FR", "SA", "WE", "TU,TH,SA,SU")),
        service=chance.choice(
            ({}, {"minimum_age": 18.0}, {"minimum_age": 5.0, "maximum_age": 11.0}, {"maximum_age": 25.0})
        )
        | {"assured_date": chance.choice((None, date(2026, 2, 20), date(2025, 3, 1)))},
        more=_costs(chance) | _languages(chance) | (_areas(chance) if reach < 0.15 else {}),
    )
    return replace(example, others=((chance.gauss(0, 3000), 0.0),)) if chance.random() < 0.1 else example


def _costs(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    amount = chance.choice((None, 0.0, 4.5))
    return {} if amount is None else {"cost_option": [{"id": "cost", "amount": amount}]}


def _languages(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    code = chance.choice((None, None, "cy", "pl"))
    return {} if code is None else {"language": [{"id": "language", "code": code}]}


def _areas(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    name = chance.choice((None, "Northshire", "Southshire", "United Kingdom"))
    return {} if name is None else {"service_area": [{"id": "area", "name": name}]}
