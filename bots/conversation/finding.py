"""What is remembered becomes a question to the directory, or a question back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bots.conversation import lexicon, needs
from bots.conversation.ages import say as say_age
from bots.conversation.languages import NAMES
from bots.conversation.message import Answer, Choice, Kind, State, Topic, Understood, Wanted
from bots.conversation.words import words
from directory.places.place import Kind as PlaceKind
from directory.places.place import Place
from directory.search.query import Found, Hit, Query, Reach, Where
from directory.search.ranking import FIT_HINT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bots.conversation.message import Shown
    from bots.conversation.ports import Ports

PAGE = 3
"""Places in one answer."""
MOST_OPTIONS = 8
WORTH_IT_M = 80_000
"""What is further than this is named only where it is the nearest of all."""
MANY_WORDS = 3
"""So many words that lead to no need are no need."""
COMMON = (
    "food_bank",
    "debt",
    "benefits",
    "housing_advice",
    "mental_health",
    "befriending",
    "youth_club",
    "library",
)
"""Needs that are offered where a message was not understood."""
SURE_FIT = 0.9
"""The fit of a record that has the very term."""


async def look(state: State, ports: Ports) -> tuple[Answer, State]:
    """Ask the directory, or ask back for what is missing."""
    if not state.wanted:
        return ask_need(state, ports.now)
    if state.place is None and not state.conditions.online:
        return ask_place(state, ports.now, options=state.options)
    found = await ports.search.near(await query(state, ports))
    state = replace(state, pending=None, options=(), focus=None)
    answer, state = _found(found, state)
    if answer.kind is Kind.NONE and answer.topic is None and state.time:
        answer, state = await _other_times(answer, state, ports)
    if answer.kind is Kind.NONE and answer.topic is None and not (answer.other_times or answer.apart):
        answer, state = await _wider(answer, state, ports)
    if answer.kind is Kind.NONE and answer.topic is None and _not_understood(state):
        return ask_need(replace(state, wanted=Wanted()), ports.now, topic=Topic.UNKNOWN_NEED)
    choices = (*answer.choices, *_another(state))
    return replace(answer, council=council(state.place, ports), choices=choices), state


async def _other_times(answer: Answer, state: State, ports: Ports) -> tuple[Answer, State]:
    """What is near and open at another time, where nothing is open at the time asked about."""
    found = await ports.search.near(await query(replace(state, time=None), ports))
    if not found.hits:
        return answer, state
    shown = tuple(map(identity, found.hits))
    return replace(answer, alternatives=found.hits, other_times=True), replace(state, shown=shown)


async def _wider(answer: Answer, state: State, ports: Ports) -> tuple[Answer, State]:
    """What is near for a wider need, where there is nothing at all near for the one asked about."""
    for wanted in needs.broader(state.wanted):
        found = await ports.search.near(await query(replace(state, wanted=wanted), ports))
        if found.hits:
            shown = tuple(map(identity, found.hits))
            said = replace(answer, alternatives=found.hits, wider=needs.label(wanted))
            return said, replace(state, shown=shown)
    return answer, state


def _another(state: State) -> tuple[Choice, ...]:
    """A way to mend a place that was taken for its namesakes."""
    return (Choice("places", f"Another {state.place.name}"),) if state.place and state.others else ()


async def query(state: State, ports: Ports, *, offset: int | None = None, limit: int = PAGE) -> Query:
    """What is remembered, as a question to the directory."""
    vocabulary = await ports.search.vocabulary()
    return Query(
        now=ports.now,
        where=where(state.place, state.widened_m) if state.place else None,
        needs=needs.asked(state.wanted, vocabulary),
        when=state.time.when if state.time else None,
        conditions=state.conditions,
        limit=limit,
        offset=state.offset if offset is None else offset,
    )


def where(place: Place, widened_m: int = 0) -> Where:
    """Around a place; a local authority's name means its area, exactly, unless further is fine too."""
    lad = place.lad if place.kind is PlaceKind.AUTHORITY and not widened_m else None
    return Where(place.lat, place.lon, place.radius_m + widened_m, lad=lad, home_lad=place.lad)


def council(place: Place | None, ports: Ports) -> str | None:
    """The name of the local authority that a place lies in."""
    authority = ports.places.authority(place.lad) if place and place.lad else None
    if authority is None:
        return None
    name, _, title = authority.name.partition(", ")
    return name if not title or title.startswith(("County", "City")) else authority.name


def within(place: Place | None) -> bool:
    """Whether a place is an area that things lie in, not a point that they are near."""
    return place is not None and place.kind is PlaceKind.AUTHORITY


def rough(place: Place | None) -> bool:
    """Whether a place is so wide that a distance from its middle says only about how far it is."""
    return place is not None and place.radius_m > 0 and place.kind is not PlaceKind.POSTCODE


def _not_understood(state: State) -> bool:
    """Whether what is looked for is only a heap of words: they are not said back as if they were a need."""
    return not state.wanted.ids and len(state.wanted.words) >= MANY_WORDS


def ask_need(state: State, now: datetime, topic: Topic | None = None) -> tuple[Answer, State]:
    """Ask what is looked for; with common needs to tap where a message was not understood."""
    state = replace(state.at(now), pending="need", options=(), shown=())
    common = (key for key in COMMON if key in lexicon.needs()) if topic else ()
    choices = tuple(Choice(f"need:{key}", lexicon.needs()[key].label) for key in common)
    return Answer(Kind.ASK_NEED, understood(state), topic=topic, choices=choices), state


def ask_place(
    state: State, now: datetime, *, unknown: str | None = None, options: Sequence[Place] = ()
) -> tuple[Answer, State]:
    """Ask where: with places to choose from, or saying that the one named is `unknown`."""
    offered = tuple(options[:MOST_OPTIONS])
    state = replace(state.at(now), pending="place", options=offered, others=(), shown=())
    heard = replace(understood(state), place=None)
    choices = tuple(Choice(f"place:{number}", name(place)) for number, place in enumerate(offered))
    answer = Answer(Kind.ASK_PLACE, heard, choices=choices, unknown_place=unknown or None)
    return answer, state


def name(place: Place) -> str:
    """A place's name with what tells it from its namesakes."""
    return f"{place.name}, {place.within}" if place.within else place.name


def identity(hit: Hit) -> tuple[int, str, str | None]:
    """What a record that was shown is remembered by."""
    return hit.feed_id, hit.service_id, hit.service_at_location_id


def stamp(shown: Sequence[Hit | Shown]) -> str:
    """Eight letters by which a list is known again: what was tapped on an older one is not taken for it."""
    records = [identity(one) if isinstance(one, Hit) else one for one in shown]
    return hashlib.sha256(repr(records).encode()).hexdigest()[:8] if records else ""


def understood(state: State) -> Understood:
    """What was understood, as it is said back."""
    return Understood(
        need=needs.label(state.wanted),
        place=_said(state),
        when=state.time.phrase if state.time else None,
        conditions=labels(state),
    )


def _said(state: State) -> str | None:
    """The place's name; with what tells it from its namesakes where one of them may be meant."""
    if state.place is None:
        return None
    return name(state.place) if state.others else state.place.name


def asked_words(state: State) -> tuple[str, ...]:
    """What is looked for, in the stems of words that a description may have."""
    spoken = (stem for key in state.wanted.ids if key in lexicon.needs() for stem in lexicon.spoken(key))
    return tuple(
        dict.fromkeys((*(word.stem for text in state.wanted.words for word in words(text)), *spoken))
    )


def labels(state: State) -> tuple[str, ...]:
    """The conditions in a few words each."""
    asked = state.conditions
    access = {"bsl": "British Sign Language"}
    said = (
        "free" if asked.free else None,
        f"for {say_age(asked.age)}" if asked.age else None,
        f"in {NAMES.get(asked.language, asked.language)}" if asked.language else None,
        f"for {asked.gender}" if asked.gender else None,
        "wheelchair access" if asked.wheelchair else None,
        *(access.get(item, item.replace("_", " ")) for item in asked.access),
        "online" if asked.online else None,
        "at home" if state.home else None,
        "no referral" if asked.no_referral else None,
    )
    return tuple(label for label in said if label)


def _found(found: Found, state: State) -> tuple[Answer, State]:
    """Facts of what was found, and what of it to remember."""
    hits, apart = _led(found, state)
    more = found.more and bool(hits) and (hits is found.hits or state.conditions.online)
    nothing_more = state.offset > 0 and not hits
    answer = Answer(
        Kind.RESULTS if hits else Kind.NONE,
        understood(state),
        results=hits,
        alternatives=() if nothing_more else _worth_it(found.further, apart),
        apart=() if nothing_more else apart,
        choices=(Choice("more", "More"),) if more else (),
        topic=Topic.NO_MORE if nothing_more else None,
        within=within(state.place) and not state.widened_m,
        rough=rough(state.place),
        conditions=state.conditions,
        words=asked_words(state),
        when=state.time.when if state.time else None,
        offset=state.offset,
        more=more,
    )
    shown = tuple(map(identity, hits or answer.alternatives))
    return answer, replace(state, shown=state.shown if nothing_more else shown)


def _worth_it(further: tuple[Hit, ...], apart: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Of what is further away, that which somebody might travel to; else the nearest that surely fits.

    Nobody is sent far away where something comes to them or can be had online.
    """
    worth_it = tuple(hit for hit in further if (hit.distance_m or 0) <= WORTH_IT_M)
    if worth_it or any(hit.reach in (Reach.AREA, Reach.ONLINE) for hit in apart):
        return worth_it
    return tuple(hit for hit in further if _fit(hit) >= SURE_FIT)[:1]


def _led(found: Found, state: State) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Which hits answer, and which stand apart.

    What comes to the person answers first where that was asked for, and where no place near fits as surely.
    """
    hits, others = _without_hints(found.hits, found.apart)
    wants_apart = state.conditions.online or state.home
    if wants_apart and others:
        return others, hits
    coming = tuple(hit for hit in others if hit.reach is Reach.AREA)
    surely = tuple(hit for hit in coming if _fit(hit) >= SURE_FIT)
    if not hits and coming and not state.offset:
        return coming, tuple(hit for hit in others if hit.reach is not Reach.AREA)
    if surely and not state.offset and not any(_fit(hit) >= SURE_FIT for hit in hits):
        return surely, (*hits, *(hit for hit in others if hit not in surely))
    return hits, others


def _fit(hit: Hit) -> float:
    return hit.parts.get("fit", 1.0)


def _without_hints(*found: tuple[Hit, ...]) -> tuple[tuple[Hit, ...], ...]:
    """Leave out what a single loose word speaks for, where anything fits better."""
    sure = [tuple(hit for hit in hits if _fit(hit) > FIT_HINT) for hits in found]
    if not any(sure):
        return found
    return tuple(all_ if len(kept) == len(all_) else kept for kept, all_ in zip(sure, found, strict=True))
