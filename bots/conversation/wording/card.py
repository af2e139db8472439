"""One service in English: each line says a field of the record, or that it was not given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bots.conversation.message import Aspect
from bots.conversation.wording import facts
from bots.conversation.wording.foreign import disarmed
from bots.conversation.wording.gist import gist
from bots.conversation.wording.hours import hours
from directory.search.query import Conditions

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.conversation.message import Answer
    from directory.search.query import Hit, When


@dataclass(frozen=True, slots=True)
class View:
    """How records are looked at: from when and where, and what was asked for."""

    now: datetime
    timezone: ZoneInfo
    when: When | None = None
    rough: bool = False
    within: bool = False
    conditions: Conditions = field(default_factory=Conditions)
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer, now: datetime, timezone: ZoneInfo) -> View:
        """The view of an answer."""
        return cls(now, timezone, answer.when, answer.rough, answer.within, answer.conditions, answer.words)


def card(hit: Hit, view: View, *, number: int | None = None, short: bool = False) -> str:
    """One service in a few lines; `short` for a moment in which every line counts."""
    hit = disarmed(hit)
    lines = [
        f"{number}. {hit.name}" if number else hit.name,
        "" if short else gist(hit.description, view.words),
        f"Who it is for: {hit.eligibility}" if hit.eligibility else "",
        f"Please note: {hit.alert}" if hit.alert else "",
        _where_and_when(hit, view),
        "" if short else f"{_capital(facts.cost(hit))}.",
        "" if short else asked(hit, view.conditions),
        facts.address(hit),
        facts.contact(hit),
        "" if short else f"{facts.confirmed(hit, view.now, view.timezone)}.",
    ]
    return "\n".join(line for line in lines if line)


def details(hit: Hit, view: View) -> str:
    """All that is held of one service, with its hours as a week."""
    hit = disarmed(hit)
    lines = [
        hit.name,
        f"Run by {hit.organization}." if hit.organization else "",
        hit.description,
        f"Please note: {hit.alert}" if hit.alert else "",
        _where_and_when(hit, view),
        *facts.week(hit),
        f"{_capital(facts.cost(hit))}.",
        f"Ages: {facts.ages(hit)}.",
        f"Who it is for: {hit.eligibility}" if hit.eligibility else "",
        f"Access: {facts.access(hit)}.",
        f"Languages: {facts.languages(hit)}." if hit.languages else "",
        facts.address(hit),
        facts.map_line(hit),
        facts.contact(hit),
        f"E-mail: {hit.email}" if hit.email else "",
        f"{facts.confirmed(hit, view.now, view.timezone)}.",
    ]
    return "\n".join(line for line in lines if line)


def fact(hit: Hit, aspect: Aspect, view: View) -> str:
    """The one thing that was asked about a service."""
    hit = disarmed(hit)
    match aspect:
        case Aspect.COST:
            lines = [f"{_capital(facts.cost(hit))}."]
        case Aspect.HOURS:
            lines = [hours(hit, None, view.now, view.timezone), *facts.week(hit)]
        case Aspect.PHONE:
            lines = [f"Phone {hit.phone}" if hit.phone else "Phone not given.", *facts.other_ways(hit)]
        case Aspect.WEB:
            lines = [f"Web {hit.url}" if hit.url else "Web not given."]
            lines += [f"E-mail {hit.email}"] if hit.email else []
        case Aspect.WAY:
            lines = [facts.distance(hit, rough=view.rough, within=view.within), facts.address(hit)]
            lines += [facts.map_line(hit)]
        case Aspect.ACCESS:
            lines = [f"Access: {facts.access(hit)}."]
        case Aspect.AGES:
            lines = [f"Ages: {facts.ages(hit)}."]
            lines += [f"Who it is for: {hit.eligibility}"] if hit.eligibility else []
        case Aspect.LANGUAGES:
            lines = [f"Languages: {facts.languages(hit)}."]
    return "\n".join(line for line in (hit.name, *lines) if line)


def asked(hit: Hit, conditions: Conditions) -> str:
    """What was asked for besides, as far as the record tells."""
    said = []
    if conditions.wheelchair or conditions.access:
        said.append(f"Access: {facts.access(hit)}.")
    if conditions.age is not None:
        said.append(f"Ages: {facts.ages(hit)}.")
    if conditions.language:
        said.append(f"Languages: {facts.languages(hit)}.")
    return " ".join(said)


def _where_and_when(hit: Hit, view: View) -> str:
    far = facts.distance(hit, rough=view.rough, within=view.within)
    return (
        f"{far}. {hours(hit, view.when, view.now, view.timezone)}"
        if far
        else hours(hit, view.when, view.now, view.timezone)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
