"""Which of several places of one name is meant: the only one where this directory has anything at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bots.conversation.ports import Search
    from directory.places.place import Mention, Place

NEAR_M = 6_000
"""How near there must be something: a namesake in the next county is not meant for that."""


async def settled(mentions: Iterable[Mention], search: Search) -> list[Mention]:
    """The mentions, each with the one place that is served where there is one; `instead` has the others."""
    return [settled for mention in mentions if (settled := await _settled(mention, search)) is not None]


async def _settled(mention: Mention, search: Search) -> Mention | None:
    if len(mention.places) < 2 and not mention.instead:
        return mention
    here = await _served(mention.places, search)
    if len(here) == 1:
        others = tuple(place for place in mention.places if place not in here)
        return replace(mention, places=here, instead=others)
    if here:
        others = tuple(place for place in mention.places if place not in here)
        return replace(mention, places=(*here, *others), instead=())
    alike = await _served(mention.instead, search)
    if len(alike) == 1:
        return replace(mention, places=alike, instead=mention.places, exact=False)
    return replace(mention, instead=()) if mention.places else None


async def _served(places: Sequence[Place], search: Search) -> tuple[Place, ...]:
    """Those of the places where there is something."""
    if not places:
        return ()
    served = await search.covers([(place.lat, place.lon) for place in places], NEAR_M)
    return tuple(place for place, is_served in zip(places, served, strict=True) if is_served)
