"""An answer in English: the sentences of the program, short and plain, made from facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.conversation.message import NOW, Answer, Kind, Topic
from bots.conversation.wording.card import View, card, details, fact
from bots.conversation.wording.foreign import one_line
from bots.conversation.wording.talk import HELP, ask_council, beside, crisis, topic
from directory.search.query import Reach

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

_APART = 2
"""How many of what stands apart are named."""


def say(answer: Answer, now: datetime, timezone: ZoneInfo) -> str:
    """Say an answer as plain text, without markup; lines end with a newline, cards stand apart."""
    match answer.kind:
        case Kind.RESULTS:
            return _results(answer, now, timezone)
        case Kind.NONE:
            return _none(answer, now, timezone)
        case Kind.OTHER if answer.topic:
            return topic(answer)
        case Kind.CRISIS:
            return crisis(answer, now, timezone)
        case _:
            return _SIMPLE.get(answer.kind, _help)(answer)


def header(answer: Answer) -> str:
    """What was understood: "Libraries near LS9, open on Saturday"."""
    said = answer.understood
    parts = [_capital(one_line(said.need or "Places"))]
    if said.place:
        parts[0] += f" {'in' if answer.within else 'near'} {one_line(said.place)}"
    if said.when:
        parts.append("open now" if said.when == NOW else f"open {said.when}")
    return ", ".join((*parts, *said.conditions))


def _help(answer: Answer) -> str:
    del answer
    return HELP


def _ask_need(answer: Answer) -> str:
    said = answer.understood
    if said.place:
        return f"What do you need near {one_line(said.place)}?"
    return 'What do you need, and where? For example: "food bank near BS5".'


def _ask_place(answer: Answer) -> str:
    if answer.choices:
        said = "There is more than one place of that name."
        if answer.unknown_place:
            said = f"I do not know {_quoted(answer.unknown_place)}."
        names = "\n".join(f"{number}. {one_line(one.label)}" for number, one in enumerate(answer.choices, 1))
        return f"{said} Which one do you mean?\n{names}"
    ask = "Tell me a postcode, or the name of a town."
    if answer.unknown_place:
        return f"I do not know a place called {_quoted(answer.unknown_place)}. {ask}"
    if answer.understood.need:
        return f"{_capital(one_line(answer.understood.need))}: where should I look? {ask}"
    return f"Where should I look? {ask}"


def _results(answer: Answer, now: datetime, timezone: ZoneInfo) -> str:
    view = View.of(answer, now, timezone)
    if answer.details:
        return details(answer.results[0], view)
    if answer.aspect:
        return "\n\n".join(fact(hit, answer.aspect, view) for hit in answer.results)
    numbered = len(answer.results) > 1
    cards = [
        card(hit, view, number=number if numbered else None) for number, hit in enumerate(answer.results, 1)
    ]
    return "\n\n".join([header(answer), *beside(answer), *cards, *_also(answer), *_way_on(answer)])


def _also(answer: Answer) -> list[str]:
    """What comes to you or is online, a line each; what may be anywhere only where there is nothing else."""
    others = bool(answer.results or answer.alternatives)
    coming = [hit for hit in answer.apart if hit.reach in (Reach.AREA, Reach.ONLINE)]
    said = "Also, by phone, online or coming to you:" if others else "By phone, online or coming to you:"
    if not coming and not others:
        coming, said = list(answer.apart), "I can't tell how far these are:"
    names = [f"{one_line(hit.name)}{_reached(hit.phone, hit.url)}" for hit in coming[:_APART]]
    return ["\n".join((said, *names))] if names else []


def _reached(phone: str | None, url: str | None) -> str:
    if phone:
        return f", phone {one_line(phone)}"
    return f", {one_line(url)}" if url else ""


def _way_on(answer: Answer) -> list[str]:
    said = []
    if answer.more:
        said.append('Say "more" for more.')
    if len(answer.results) > 1:
        said.append("Say a number to hear more about that one.")
    return [" ".join(said)] if said else []


def _none(answer: Answer, now: datetime, timezone: ZoneInfo) -> str:
    if answer.topic in (Topic.NO_MORE, Topic.UNKNOWN_NEED):
        return topic(answer)
    near = f"{'in' if answer.within else 'near'} there" if answer.understood.place else ""
    said = f"{header(answer)}: I found none{' ' * bool(near)}{near}."
    view = View.of(answer, now, timezone)
    parts = [said]
    if answer.alternatives:
        parts[0] += f" {_instead(answer)}"
        numbered = len(answer.alternatives) > 1
        parts += [
            card(hit, view, number=number if numbered else None)
            for number, hit in enumerate(answer.alternatives, 1)
        ]
    parts += _also(answer)
    if len(parts) == 1:
        parts[0] += " Try other words or another place."
    return "\n\n".join([*parts, *beside(answer), ask_council(answer.council)])


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
