"""An answer in English: the sentences of the program, short and plain, made from facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.conversation.message import NOW, Answer, Kind, Topic
from bots.conversation.wording.card import View, card, details, fact
from bots.conversation.wording.foreign import disarmed, one_line
from bots.conversation.wording.pieces import Header, Named, Options, Piece, Text, WayOn, plain
from bots.conversation.wording.talk import HELP, NOT_UNDERSTOOD, ask_council, beside, crisis, topic
from directory.search.query import Reach

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from directory.search.query import Hit

_APART = 2
"""How many of what stands apart are named."""


def say(answer: Answer, now: datetime, timezone: ZoneInfo) -> str:
    """Say an answer as plain text, without markup; lines end with a newline, cards stand apart."""
    return plain(pieces(answer, now, timezone))


def pieces(answer: Answer, now: datetime, timezone: ZoneInfo) -> list[Piece]:
    """Say an answer in pieces, for a channel that can do more than text."""
    match answer.kind:
        case Kind.RESULTS:
            return _results(answer, now, timezone)
        case Kind.NONE:
            return _none(answer, now, timezone)
        case Kind.OTHER if answer.topic:
            return [Text(topic(answer))]
        case Kind.CRISIS:
            return crisis(answer, now, timezone)
        case _:
            return [_SIMPLE.get(answer.kind, _help)(answer)]


def header(answer: Answer) -> str:
    """What was understood: "Libraries near LS9, open on Saturday"."""
    said = answer.understood
    parts = [_capital(one_line(said.need or "Places"))]
    if said.place:
        parts[0] += f" {'in' if answer.within else 'near'} {one_line(said.place)}"
    if said.when:
        parts.append("open now" if said.when == NOW else f"open {said.when}")
    return ", ".join((*parts, *said.conditions))


def _help(answer: Answer) -> Piece:
    del answer
    return Text(HELP)


def _ask_need(answer: Answer) -> Piece:
    said = answer.understood
    if answer.topic is Topic.UNKNOWN_NEED:
        return Text(NOT_UNDERSTOOD)
    if said.place:
        return Text(f"What do you need near {one_line(said.place)}?")
    return Text('What do you need, and where? For example: "food bank near BS5".')


def _ask_place(answer: Answer) -> Piece:
    if answer.choices:
        said = "There is more than one place of that name."
        if answer.unknown_place:
            said = f"I do not know {_quoted(answer.unknown_place)}."
        labels = tuple(one_line(choice.label) for choice in answer.choices)
        return Options(f"{said} Which one do you mean?", labels)
    ask = "Tell me a postcode, or the name of a town."
    if answer.unknown_place:
        return Text(f"I do not know a place called {_quoted(answer.unknown_place)}. {ask}")
    if answer.understood.need:
        return Text(f"{_capital(one_line(answer.understood.need))}: where should I look? {ask}")
    return Text(f"Where should I look? {ask}")


def _results(answer: Answer, now: datetime, timezone: ZoneInfo) -> list[Piece]:
    view = View.of(answer, now, timezone)
    if answer.details:
        return [details(answer.results[0], view)]
    if answer.aspect:
        return [fact(hit, answer.aspect, view) for hit in answer.results]
    cards = _cards(answer.results, view)
    return [Header(header(answer)), *beside(answer), *cards, *_also(answer), *_way_on(answer)]


def _cards(hits: tuple[Hit, ...], view: View) -> list[Piece]:
    """A card each, numbered where there is more than one."""
    numbered = len(hits) > 1
    return [card(hit, view, number=number if numbered else None) for number, hit in enumerate(hits, 1)]


def _also(answer: Answer) -> list[Piece]:
    """What comes to you or is online, a line each; what may be anywhere only where there is nothing else."""
    others = bool(answer.results or answer.alternatives)
    coming = [hit for hit in answer.apart if hit.reach in (Reach.AREA, Reach.ONLINE)]
    said = "Also, by phone, online or coming to you:" if others else "By phone, online or coming to you:"
    if not coming and not others:
        coming, said = list(answer.apart), "I can't tell how far these are:"
    named = tuple(
        (hit, f"{hit.name}{_reached(hit.phone, hit.url)}") for hit in map(disarmed, coming[:_APART])
    )
    return [Named(said, named)] if named else []


def _reached(phone: str | None, url: str | None) -> str:
    if phone:
        return f", phone {phone}"
    return f", {url}" if url else ""


def _way_on(answer: Answer) -> list[Piece]:
    said = []
    if answer.more:
        said.append('Say "more" for more.')
    if len(answer.results) > 1:
        said.append("Say a number to hear more about that one.")
    said += _another_place(answer)
    return [WayOn(" ".join(said))] if said else []


def _another_place(answer: Answer) -> list[str]:
    """How to say that a namesake of the place is meant."""
    labels = [one_line(choice.label) for choice in answer.choices if choice.id == "places"]
    return [f'Wrong place? Say "{label[:1].lower()}{label[1:]}".' for label in labels]


def _none(answer: Answer, now: datetime, timezone: ZoneInfo) -> list[Piece]:
    if answer.topic in (Topic.NO_MORE, Topic.UNKNOWN_NEED):
        return [Text(topic(answer))]
    near = f"{'in' if answer.within else 'near'} there" if answer.understood.place else ""
    said = f"{header(answer)}: I found none{' ' * bool(near)}{near}."
    others = [*_cards(answer.alternatives, View.of(answer, now, timezone)), *_also(answer)]
    if answer.alternatives:
        said += f" {_instead(answer)}"
    if not others:
        said += " Try other words or another place."
    ways_on = [WayOn(text) for text in _another_place(answer)]
    return [Text(said), *others, *beside(answer), Text(ask_council(answer.council)), *ways_on]


def _instead(answer: Answer) -> str:
    """What the alternatives are."""
    if answer.other_times:
        return "These are open at other times:"
    if answer.wider:
        return f"This may help instead: {answer.wider}."
    return "The nearest are further away:" if len(answer.alternatives) > 1 else "The nearest is further away:"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> str:
    """Somebody's own words, with letters, digits and plain joins left of them."""
    kept = "".join(char if char.isalnum() or char in " '-" else " " for char in text)
    return f'"{" ".join(kept.split())[:40]}"'


_SIMPLE = {Kind.ASK_NEED: _ask_need, Kind.ASK_PLACE: _ask_place, Kind.HELP: _help}
"""Answers that need no time to be said."""
