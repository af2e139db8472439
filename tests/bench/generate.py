"""A synthetic feed as large as asked for: invented services at real postcode positions.

The same seed gives the same feed. Words and terms are drawn with the uneven frequencies of real
directories, so that there are common needs, rare ones, and words that stand in nearly every record.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

THINGS = (
    *("advice", "cafe", "choir", "club", "drop in", "food bank", "friends", "garden", "group", "library"),
    *("lunch", "playgroup", "shed", "support", "workshop"),
)
KINDS = (
    *("after school", "art", "bereavement", "carers", "community", "debt", "dementia", "family", "housing"),
    "toddler",
)
TERMS = tuple(f"{kind} {thing}" for thing in THINGS for kind in KINDS)
"""150 made-up terms."""

WORDS = """
welcome tea coffee warm space children adults older people families every week volunteers friendly
support help advice housing benefits money food clothes toys music singing dancing walking cycling
swimming garden allotment cooking lunch breakfast evening morning afternoon weekend holiday school
term parents carers babies toddlers teenagers young women men neighbours refugees students veterans
health wellbeing anxiety grief dementia memory hearing sight mobility exercise gentle yoga chair
stretch craft knitting painting pottery drama film books reading computers digital skills jobs
training interview language english conversation law debt energy bills repair bicycle furniture
recycling swap share lift minibus transport hall church mosque centre library park room kitchen
studio
""".split()  # noqa: SIM905 - a hundred and thirty words, readable
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Spot:
    """A real postcode and where it is (WGS84 degrees)."""

    postcode: str
    lat: float
    lon: float


def _id(kind: str, number: int) -> str:
    """A UUID that tells kind and number: 00000000-kind-kind-number."""
    high, low = f"{hash_of(kind):08x}", f"{number:016x}"
    return f"00000000-{high[:4]}-{high[4:]}-{low[:4]}-{low[4:]}"


@cache
def hash_of(kind: str) -> int:
    """A steady 32-bit number for a word: `hash()` changes from run to run."""
    return sum(ord(letter) << (5 * place % 27) for place, letter in enumerate(kind)) & 0xFFFFFFFF


def _schedules(rng: random.Random, number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": _id("schedule", number * 8 + row),
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(sorted(rng.sample(DAYS, rng.randint(1, 3)), key=DAYS.index)),
            "opens_at": f"{rng.randint(8, 13):02}:{rng.choice(('00', '30'))}",
            "closes_at": f"{rng.randint(14, 21):02}:00",
        }
        for row in range(rng.choice((0, 1, 2, 2, 3, 3)))
    ]


def _location(rng: random.Random, number: int, spot: Spot) -> dict[str, Any]:
    return {
        "id": _id("location", number),
        "location_type": "physical",
        "name": f"Example Hall {number}",
        "latitude": round(spot.lat, 5),
        "longitude": round(spot.lon, 5),
        "addresses": [
            {
                "id": _id("address", number),
                "address_1": f"{number % 180 + 1} Example Road",
                "city": "Exampleton",
                "state_province": "Exampleshire",
                "postal_code": spot.postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ],
        "accessibility": [{"id": _id("access", number), "description": "Step-free with wheelchair access"}]
        if rng.random() < 0.5
        else [],
    }


def _attributes(rng: random.Random, number: int) -> list[dict[str, Any]]:
    weights = [1 / (rank + 2) for rank in range(len(TERMS))]
    chosen = dict.fromkeys(rng.choices(range(len(TERMS)), weights, k=2))
    return [
        {
            "id": _id("attribute", number * 4 + place),
            "link_type": "service",
            "taxonomy_term": {
                "id": _id("term", term),
                "name": TERMS[term].capitalize(),
                "description": TERMS[term],
                "taxonomy": "Example taxonomy",
            },
        }
        for place, term in enumerate(chosen)
    ]


def service(number: int, spot: Spot, seed: int = 1) -> dict[str, Any]:
    """The `number`-th service of the feed, at this spot: about 2 kB of ORUK v3."""
    rng = random.Random(seed * 1_000_003 + number)
    organization = number // 40
    text = " ".join(rng.choices(WORDS, k=rng.randint(20, 50)))
    return {
        "id": _id("service", number),
        "name": f"Example {rng.choice(WORDS)} {rng.choice(WORDS)} {number}",
        "description": text.capitalize() + ".",
        "url": f"https://example.org/services/{number}",
        "email": f"hello{number}@example.org",
        "status": "active",
        "assured_date": f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
        "last_modified": f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}T10:30:00Z",
        **({"minimum_age": 5, "maximum_age": 16} if rng.random() < 0.2 else {}),
        "organization": {
            "id": _id("organization", organization),
            "name": f"Example Trust {organization}",
            "description": "Invented, for measuring.",
        },
        "service_at_locations": [
            {"id": _id("at", number), "location": _location(rng, number, spot)},
        ],
        "schedules": _schedules(rng, number),
        "cost_options": [{"id": _id("cost", number), "amount": rng.choice((0, 0, 0, 2, 5))}],
        "languages": [{"id": _id("language", number), "code": "en", "name": "English"}],
        "phones": [{"id": _id("phone", number), "number": f"01632 96{number % 10000:04}"}],
        "contacts": [{"id": _id("contact", number), "title": "Reception"}],
        "attributes": _attributes(rng, number),
    }


def services(count: int, spots: Sequence[Spot], *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """`count` services in random order of place; `spots` are used over and over."""
    rng = random.Random(seed)
    for number in range(count):
        yield service(number, spots[rng.randrange(len(spots))], seed)
