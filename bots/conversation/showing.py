"""What was shown, asked about again: one with all that is held, one fact of it, or something nearer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bots.conversation import finding
from bots.conversation.finding import PAGE, look
from bots.conversation.message import Answer, Kind, Shown, State, Topic

if TYPE_CHECKING:
    from bots.conversation.aspects import Asked
    from bots.conversation.ports import Ports
    from directory.search.query import Hit

_LOOKED_AT = 24
"""Hits among which something nearer is looked for."""


async def details(index: int, state: State, ports: Ports) -> tuple[Answer, State]:
    """All that is held of one of the places shown last."""
    if not -len(state.shown) <= index < len(state.shown):
        return await look(state, ports)
    found = await _again((state.shown[index],), state, ports)
    if not found:
        return await look(state, ports)
    return replace(_said(found, state), details=True), replace(state, focus=state.shown[index])


async def told(asked: Asked, state: State, ports: Ports) -> tuple[Answer, State] | None:
    """One fact of what was shown: of the one picked, of the one looked at, or of all."""
    wanted = state.shown if state.focus is None else (state.focus,)
    if asked.index is not None:
        if not -len(state.shown) <= asked.index < len(state.shown):
            return None
        wanted = (state.shown[asked.index],)
    found = await _again(wanted, state, ports)
    if not found:
        return None
    focus = wanted[0] if len(wanted) == 1 else state.focus
    return replace(_said(found, state), aspect=asked.aspect), replace(state, focus=focus)


async def nearer(state: State, ports: Ports) -> tuple[Answer, State]:
    """What is nearer than the nearest that was shown; if there is none, that is said."""
    if not state.shown or state.place is None:
        return await look(replace(state, offset=0, widened_m=0), ports)
    shown = await _again(state.shown, state, ports)
    limit = min((hit.distance_m for hit in shown if hit.distance_m is not None), default=None)
    if limit is None:
        return await look(replace(state, offset=0, widened_m=0), ports)
    found = await ports.search.near(await finding.query(state, ports, offset=0, limit=_LOOKED_AT))
    closer = sorted(
        (hit for hit in found.hits if hit.distance_m is not None and hit.distance_m < limit),
        key=lambda hit: hit.distance_m or 0,
    )[:PAGE]
    if not closer:
        return Answer(Kind.OTHER, finding.understood(state), topic=Topic.NEAREST), state
    state = replace(state, shown=tuple(map(finding.identity, closer)), offset=0, focus=None)
    return _said(tuple(closer), state), state


async def _again(wanted: tuple[Shown, ...], state: State, ports: Ports) -> tuple[Hit, ...]:
    """The same records once more, in their order, with the hours as they are now."""
    held: dict[Shown, Hit] = {}
    for offset, limit in ((state.offset, PAGE), (0, _LOOKED_AT)):
        found = await ports.search.near(await finding.query(state, ports, offset=offset, limit=limit))
        held |= {finding.identity(hit): hit for hit in (*found.hits, *found.further, *found.apart)}
        if all(one in held for one in wanted):
            break
        state = replace(state, time=None)
    return tuple(held[one] for one in wanted if one in held)


def _said(hits: tuple[Hit, ...], state: State) -> Answer:
    return Answer(
        Kind.RESULTS,
        finding.understood(state),
        results=hits,
        within=finding.within(state.place) and not state.widened_m,
        rough=finding.rough(state.place),
        conditions=state.conditions,
        words=finding.asked_words(state),
        when=state.time.when if state.time else None,
    )
