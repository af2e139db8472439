"""A message that says something is laid over what is remembered, and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bots.conversation import conditions, corrections, needs
from bots.conversation.finding import ask_need, ask_place, look, understood
from bots.conversation.message import Answer, Kind, State, Stretch, Topic, Wanted
from bots.conversation.reading import Reading, read
from bots.conversation.whereabouts import Named
from directory.search.query import Conditions, Query, Where

if TYPE_CHECKING:
    from bots.conversation.ports import Ports

_LONGEST_PLACE = 60
_ANYWHERE = Query(now=datetime.min.replace(tzinfo=UTC), where=Where(54.0, -2.5), limit=1)
"""Whatever there is in the whole country, from its middle."""


async def answer(text: str, state: State, ports: Ports) -> tuple[Answer, State]:
    """Answer a cleaned text."""
    near = (state.place.lat, state.place.lon) if state.place else None
    reading = await read(corrections.kept(text), near, ports, goes_on=bool(state.wanted))
    if state.pending == "place" and reading.named is None and not reading.wanted.ids:
        named = await _bare(reading, near, ports)
        if named and not named.places and state.options:
            return ask_place(state, ports.now, unknown=named.text, options=state.options)
        if named:
            reading = replace(reading, named=named, wanted=Wanted())
    if reading.adds:
        reading = replace(reading, wanted=Wanted())
    if _empty(reading) and not state.wanted:
        return ask_need(state, ports.now)
    state = _laid(reading, state)
    if reading.named is None:
        if state.place is None and not state.wanted.ids and await _unheard_of(state, ports):
            return Answer(Kind.NONE, understood(state), topic=Topic.UNKNOWN_NEED), State()
        return await look(state, ports)
    if len(reading.named.places) == 1:
        place, others = reading.named.places[0], reading.named.others
        return await look(replace(state, place=place, others=others), ports)
    unknown = None if reading.named.places else reading.named.text
    return ask_place(replace(state, place=None), ports.now, unknown=unknown, options=reading.named.places)


async def _bare(reading: Reading, near: tuple[float, float] | None, ports: Ports) -> Named | None:
    """The answer to "where?": the whole message is tried as the name of a place."""
    text = " ".join(reading.left.replace("|", " ").split()).strip(" ,.?!")
    if not text or len(text) > _LONGEST_PLACE or needs.small(text):
        return None
    found = await ports.places.find(text, near=near)
    return Named(found, text, (0, 0))


async def _unheard_of(state: State, ports: Ports) -> bool:
    """Whether nothing in the whole directory has these words: then there is no use in asking where."""
    if not state.wanted.words or state.conditions.online:
        return False
    everywhere = replace(
        _ANYWHERE, now=ports.now, needs=needs.asked(state.wanted, await ports.search.vocabulary())
    )
    found = await ports.search.near(everywhere)
    return not (found.hits or found.further or found.apart)


def _empty(reading: Reading) -> bool:
    return not (reading.named or reading.time or reading.wishes or reading.wanted)


def _laid(reading: Reading, state: State) -> State:
    """Lay what was read over what is remembered: a new need starts afresh, but keeps the place."""
    anew = bool(reading.wanted) and not reading.follows
    kept = Conditions() if anew and state.pending is None else state.conditions
    time = state.time if not anew or state.pending else None
    home = any(wish.kind == "home" for wish in reading.wishes)
    return replace(
        state,
        wanted=reading.wanted or state.wanted,
        time=Stretch(reading.time.when, reading.time.phrase) if reading.time else time,
        conditions=conditions.laid(reading.wishes, kept),
        home=home or (state.home and not anew),
        offset=0,
        shown=(),
        widened_m=0 if anew or reading.named else state.widened_m,
    )
