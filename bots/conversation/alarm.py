"""A crisis answered: who to ring first, then what is near; nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bots.conversation import finding, needs
from bots.conversation.crisis import Crisis, in_nation
from bots.conversation.message import Answer, Kind, State, Wanted
from bots.conversation.whereabouts import choose
from directory.search.query import Found, Query

if TYPE_CHECKING:
    from bots.conversation.message import Line
    from bots.conversation.ports import Ports
    from directory.places.place import Place


async def answer(danger: Crisis, text: str, state: State, ports: Ports) -> Answer:
    """Answer a crisis; the lines go out whatever happens to the directory."""
    lines = Answer(Kind.CRISIS, crisis=danger.id, lines=danger.lines)
    try:
        return await _with_near(lines, danger, text, state, ports)
    except Exception:  # noqa: BLE001 - who to ring must be said even where nothing else works
        return lines


def beside(answer: Answer, lines: tuple[Line, ...], place: Place | None) -> Answer:
    """Name lines beside an ordinary answer."""
    return replace(answer, lines=in_nation(lines, place.lad if place else None))


async def _with_near(lines: Answer, danger: Crisis, text: str, state: State, ports: Ports) -> Answer:
    place = await _place(text, state, ports)
    if place is None:
        return lines
    said = replace(
        lines,
        lines=in_nation(danger.lines, place.lad),
        council=finding.council(place, ports),
        rough=finding.rough(place),
        within=finding.within(place),
    )
    found = await _near(danger, place, ports)
    return replace(said, results=found.hits[: finding.PAGE] or found.apart[: finding.PAGE])


async def _place(text: str, state: State, ports: Ports) -> Place | None:
    """The place that was said, or was known before."""
    near = (state.place.lat, state.place.lon) if state.place else None
    named = choose(await ports.places.scan(text, near=near), (), ())
    if named is None:
        return state.place
    return named.places[0] if len(named.places) == 1 else None


async def _near(danger: Crisis, place: Place, ports: Ports) -> Found:
    """What is near for that crisis, the most fitting need first."""
    vocabulary = await ports.search.vocabulary()
    for key in danger.needs:
        asked = tuple(replace(need, loose=()) for need in needs.asked(Wanted((key,)), vocabulary))
        if asked:
            found = await ports.search.near(
                Query(now=ports.now, where=finding.where(place), needs=asked, limit=finding.PAGE)
            )
            if found.hits or found.apart:
                return found
    return Found()
