"""Turns that steer: a choice tapped, a number, "more", "the second one", thanks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bots.conversation import finding, lexicon, showing
from bots.conversation.finding import PAGE, ask_need, ask_place, look
from bots.conversation.manners import Move, Said
from bots.conversation.message import NOW, Answer, Kind, State, Stretch, Topic, Wanted
from bots.conversation.words import words
from directory.search.query import When

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bots.conversation.ports import Ports
    from directory.places.place import Place

FURTHER_M = 30_000
"""How much wider to look each time that further is fine."""

_POINTING = frozenset(
    [
        "a",
        "the",
        "one",
        "in",
        "of",
        "and",
        "i",
        "mean",
        "meant",
        "please",
        "its",
        "it",
        "is",
        "no",
        "yes",
        "sorry",
    ]
)
_TAPPED = {"more": Move.MORE, "back": Move.BACK, "further": Move.FURTHER, "report": Move.REPORT}
_ANOTHER = frozenset({"another", "other", "different", "wrong", "not", "that", "which"})
_TOPICS = {
    Move.GREETING: Topic.GREETING,
    Move.THANKS: Topic.THANKS,
    Move.GOODBYE: Topic.GOODBYE,
    Move.WHO: Topic.WHO,
    Move.PRIVACY: Topic.PRIVACY,
    Move.RUDE: Topic.RUDE,
    Move.LANGUAGE: Topic.LANGUAGE,
    Move.WELSH: Topic.WELSH,
}


def option(text: str, state: State) -> Place | None:
    """The one place that was offered, or bears the name of the one taken, of whose label words were typed.

    "the Isle of Wight one", "no, Newport in Gwent".
    """
    said = {word.text for word in words(text)} - _POINTING
    offered = state.options or state.others
    if not said or not offered:
        return None
    fitting = [place for place in offered if said <= _label(place)]
    exact = [place for place in fitting if said == _label(place)] or fitting
    return exact[0] if len(exact) == 1 else None


def _label(place: Place) -> set[str]:
    return {word.text for word in words(finding.name(place))} - _POINTING


async def settled(place: Place, state: State, ports: Ports) -> tuple[Answer, State]:
    """Go on with the place that was picked."""
    return await look(_at(place, state), ports)


def _at(place: Place, state: State) -> State:
    return replace(state, place=place, pending=None, options=(), others=(), offset=0)


def another(text: str, state: State, ports: Ports) -> tuple[Answer, State] | None:
    """The choice among namesakes, where one was taken and another is asked for: "no, another Otley"."""
    said = {word.text for word in words(text)}
    name = {word.text for word in words(state.place.name)} if state.place and state.others else set()
    if not (said & _ANOTHER and said & name and said <= name | _ANOTHER | _POINTING):
        return None
    return _others(state, ports)


def _others(state: State, ports: Ports) -> tuple[Answer, State]:
    """Ask which of the places of one name is meant; what is looked for stays."""
    if state.place is None or not state.others:
        return ask_place(state, ports.now)
    return ask_place(replace(state, place=None), ports.now, options=(*state.others, state.place))


async def chosen(choice: str, state: State, ports: Ports) -> tuple[Answer, State]:
    """Follow a choice that was tapped; one from long ago leads nowhere and is asked again.

    Args:
        choice: its id; behind a `~` the stamp of the list that it was tapped on.
        state: what is remembered.
        ports: what a turn may use.
    """
    choice, _, mark = choice.partition("~")
    kind, _, number = choice.partition(":")
    if mark and mark != finding.stamp(state.shown):
        return await look(state, ports)
    if kind in _TAPPED:
        return await moved(Said(_TAPPED[kind]), state, ports)
    if kind == "places":
        return _others(state, ports)
    index = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if kind == "hit" and index >= 0:
        return await showing.details(index, state, ports)
    return await look(_with(kind, number, index, state, ports), ports)


def _with(kind: str, number: str, index: int, state: State, ports: Ports) -> State:
    """What is looked for, with what was chosen: a need, a place, or what is open now."""
    if kind == "need" and number in lexicon.needs():
        return replace(state, wanted=Wanted((number,)), pending=None, offset=0)
    if kind == "place" and 0 <= index < len(state.options):
        return _at(state.options[index], state)
    if kind == "now":
        return replace(state, time=Stretch(When(ports.now, ports.now), NOW), offset=0)
    return state


async def moved(said: Said, state: State, ports: Ports) -> tuple[Answer, State]:
    """Follow what a whole message asked for."""
    if said.move in _TOPICS:
        return Answer(Kind.OTHER, topic=_TOPICS[said.move]), state
    if said.move is Move.PICK:
        return await _picked(said.index, state, ports)
    if said.move in _STEPS:
        return await _STEPS[said.move](state, ports)
    if said.move is Move.REPORT:
        return Answer(Kind.OTHER, topic=Topic.REPORT, council=finding.council(state.place, ports)), state
    if said.move is Move.START_AGAIN:
        return Answer(Kind.OTHER, topic=Topic.START_AGAIN), State()
    return Answer(Kind.HELP, finding.understood(state)), state


async def _back(state: State, ports: Ports) -> tuple[Answer, State]:
    """From one place to the list, or from a page to the one before."""
    pages = 0 if state.focus else PAGE
    return await look(replace(state, offset=max(0, state.offset - pages)), ports)


async def _forgot_place(state: State, ports: Ports) -> tuple[Answer, State]:
    """Nothing of where the person is stays."""
    del ports
    state = replace(state, place=None, options=(), others=(), shown=(), focus=None, pending=None, widened_m=0)
    return Answer(Kind.OTHER, topic=Topic.PLACE_FORGOTTEN), state


async def _more(state: State, ports: Ports) -> tuple[Answer, State]:
    """The next page of the same question."""
    if not state.wanted or (state.place is None and not state.conditions.online):
        return await look(state, ports)
    answer, after = await look(replace(state, offset=state.offset + PAGE), ports)
    if answer.results:
        return answer, after
    return replace(answer, topic=Topic.NO_MORE, alternatives=(), apart=()), state


async def _further(state: State, ports: Ports) -> tuple[Answer, State]:
    """What is further: the next page; when that is empty, beyond what is called near."""
    if state.shown:
        answer, after = await look(replace(state, offset=state.offset + PAGE), ports)
        if answer.results:
            return answer, after
    return await look(replace(state, offset=0, widened_m=state.widened_m + FURTHER_M), ports)


async def _picked(index: int, state: State, ports: Ports) -> tuple[Answer, State]:
    """A number picks an offered place, or one of the results."""
    if state.options:
        if index < len(state.options):
            return await settled(state.options[index], state, ports)
        return ask_place(state, ports.now, unknown="", options=state.options)
    if state.shown:
        return await showing.details(index, state, ports)
    return ask_need(state, ports.now) if not state.wanted else await look(state, ports)


_STEPS: dict[Move, Callable[[State, Ports], Awaitable[tuple[Answer, State]]]] = {
    Move.MORE: _more,
    Move.BACK: _back,
    Move.NEARER: showing.nearer,
    Move.FURTHER: _further,
    Move.FORGET_PLACE: _forgot_place,
}
"""Moves that ask the directory again, or change what is remembered."""
