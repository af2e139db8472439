"""One turn: a message and what is remembered in; an answer made of facts and what to remember out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bots.conversation import alarm, aspects, crisis, manners, showing, steering, understanding
from bots.conversation.finding import ask_need, look
from bots.conversation.message import Answer, Kind, Message, State
from bots.conversation.words import clean
from directory.places.place import Kind as PlaceKind
from directory.places.place import Place

if TYPE_CHECKING:
    from bots.conversation.ports import Ports


async def respond(message: Message, state: State, ports: Ports) -> tuple[Answer, State]:
    """Answer one message.

    Nothing of its text is kept: the state that comes out holds what was understood.
    A crisis leaves no trace in the state at all.
    """
    text = clean(message.text)
    heard = crisis.hear(text)
    if heard.danger:
        return await alarm.answer(heard.danger, text, state, ports), state
    answer, after = await _ordinary(message, text, state.at(ports.now), ports)
    if answer.kind is not Kind.CRISIS and heard.beside:
        answer = alarm.beside(answer, heard.beside, after.place)
    return answer, after


async def _ordinary(message: Message, text: str, state: State, ports: Ports) -> tuple[Answer, State]:
    """Answer a message that shows no crisis."""
    if message.location is not None and _on_earth(message.location):
        state = replace(state, place=_here(message.location), pending=None, options=(), others=(), offset=0)
        if not text and not message.choice:
            return await look(state, ports)
    if message.choice is not None:
        return await steering.chosen(message.choice, state, ports)
    if said := manners.find(text):
        return await steering.moved(said, state, ports)
    if asked := aspects.find(text):
        told = await showing.told(asked, state, ports) if state.shown else None
        if told or not state.wanted:
            return told or ask_need(state, ports.now)
    if picked := steering.option(text, state):
        return await steering.settled(picked, state, ports)
    return steering.another(text, state, ports) or await understanding.answer(text, state, ports)


def _on_earth(location: tuple[float, float]) -> bool:
    return -90 <= location[0] <= 90 and -180 <= location[1] <= 180


def _here(location: tuple[float, float]) -> Place:
    return Place(name="you", kind=PlaceKind.POINT, lat=location[0], lon=location[1], radius_m=0)
