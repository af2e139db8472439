"""The card of an offer: everything an answer shows of it, in one small JSON list beside the index."""

from __future__ import annotations

from typing import NamedTuple

import orjson


class Card(NamedTuple):
    """Fields as `Hit` has them; stored as a list in this order. A change needs a new PROJECTION_VERSION."""

    service_id: str
    service_at_location_id: str | None
    name: str
    organization: str | None
    description: str
    reach: str
    lat: float | None
    lon: float | None
    address: str | None
    postcode: str | None
    rules: str
    """`opening.pack` as JSON text: many offers share one, so that it is read once for all of them."""
    hours_text: str | None
    cost: str
    cost_text: str | None
    phone: str | None
    email: str | None
    url: str | None
    minimum_age: float | None
    maximum_age: float | None
    access: list[str]
    access_text: str | None
    languages: list[str]
    terms: list[str]
    eligibility: str | None
    area: str | None
    alert: str | None
    assured: str | None
    last_modified: str | None


def packed(card: Card) -> bytes:
    """The bytes that are stored."""
    return orjson.dumps(tuple(card))


def unpacked(stored: bytes) -> Card:
    """The card that `packed` was given."""
    return Card(*orjson.loads(stored))
