"""One service in English: each line says a field of the record, or that it was not given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bots.conversation.message import Aspect
from bots.conversation.wording import facts
from bots.conversation.wording.foreign import disarmed
from bots.conversation.wording.gist import gist
from bots.conversation.wording.hours import hours
from bots.conversation.wording.pieces import Part, Place, Row
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


def card(hit: Hit, view: View, *, number: int | None = None, short: bool = False) -> Place:
    """One service in a few rows; `short` for a moment in which every line counts."""
    hit = disarmed(hit)
    return _place(
        hit,
        (Part.NAME, hit.name),
        (Part.ABOUT, "" if short else gist(hit.description, view.words)),
        (Part.FOR_WHOM, f"Who it is for: {hit.eligibility}" if hit.eligibility else ""),
        (Part.NOTE, _note(hit)),
        (Part.WHERE_WHEN, _where_and_when(hit, view)),
        (Part.COST, "" if short else _cost(hit)),
        (Part.FOR_WHOM, "" if short else asked(hit, view.conditions)),
        (Part.ADDRESS, facts.address(hit)),
        _contact(hit),
        (Part.CONFIRMED, "" if short else _confirmed(hit, view)),
        number=number,
    )


def details(hit: Hit, view: View) -> Place:
    """All that is held of one service, with its hours as a week."""
    hit = disarmed(hit)
    return _place(
        hit,
        (Part.NAME, hit.name),
        (Part.ABOUT, f"Run by {hit.organization}." if hit.organization else ""),
        (Part.ABOUT, hit.description),
        (Part.NOTE, _note(hit)),
        (Part.WHERE_WHEN, _where_and_when(hit, view)),
        *((Part.WEEK, day) for day in facts.week(hit)),
        (Part.COST, _cost(hit)),
        (Part.FOR_WHOM, f"Ages: {facts.ages(hit)}."),
        (Part.FOR_WHOM, f"Who it is for: {hit.eligibility}" if hit.eligibility else ""),
        (Part.FOR_WHOM, f"Access: {facts.access(hit)}."),
        (Part.FOR_WHOM, f"Languages: {facts.languages(hit)}." if hit.languages else ""),
        (Part.ADDRESS, facts.address(hit)),
        (Part.MAP, facts.map_line(hit)),
        _contact(hit),
        (Part.EMAIL, f"E-mail: {hit.email}" if hit.email else ""),
        (Part.CONFIRMED, _confirmed(hit, view)),
    )


def fact(hit: Hit, aspect: Aspect, view: View) -> Place:
    """The one thing that was asked about a service."""
    hit = disarmed(hit)
    return _place(hit, (Part.NAME, hit.name), *_told(hit, aspect, view))


def _told(hit: Hit, aspect: Aspect, view: View) -> list[tuple[Part, str]]:
    match aspect:
        case Aspect.COST:
            rows = [(Part.COST, _cost(hit))]
        case Aspect.HOURS:
            rows = [(Part.WHERE_WHEN, hours(hit, None, view.now, view.timezone))]
            rows += [(Part.WEEK, day) for day in facts.week(hit)]
        case Aspect.PHONE if hit.phone:
            rows = [(Part.PHONE, f"Phone {hit.phone}")]
        case Aspect.PHONE:
            rows = [(Part.UNKNOWN, "Phone not given."), *_online(hit)]
        case Aspect.WEB:
            rows = _online(hit) if hit.url else [(Part.UNKNOWN, "Web not given."), *_online(hit)]
        case Aspect.WAY:
            rows = [(Part.WHERE_WHEN, facts.distance(hit, rough=view.rough, within=view.within))]
            rows += [(Part.ADDRESS, facts.address(hit)), (Part.MAP, facts.map_line(hit))]
        case Aspect.ACCESS:
            rows = [(Part.FOR_WHOM, f"Access: {facts.access(hit)}.")]
        case Aspect.AGES:
            rows = [(Part.FOR_WHOM, f"Ages: {facts.ages(hit)}.")]
            rows += [(Part.FOR_WHOM, f"Who it is for: {hit.eligibility}")] if hit.eligibility else []
        case Aspect.LANGUAGES:
            rows = [(Part.FOR_WHOM, f"Languages: {facts.languages(hit)}.")]
    return rows


def _place(hit: Hit, *rows: tuple[Part, str], number: int | None = None) -> Place:
    """Leave out the rows that say nothing."""
    return Place(hit, tuple(Row(part, text) for part, text in rows if text), number)


def _note(hit: Hit) -> str:
    return f"Please note: {hit.alert}" if hit.alert else ""


def _cost(hit: Hit) -> str:
    return f"{_capital(facts.cost(hit))}."


def _contact(hit: Hit) -> tuple[Part, str]:
    known = hit.phone or hit.url or hit.email
    return (Part.CONTACT if known else Part.UNKNOWN), facts.contact(hit)


def _online(hit: Hit) -> list[tuple[Part, str]]:
    """How to reach it other than by telephone."""
    found = [(Part.WEB, f"Web {hit.url}")] if hit.url else []
    return [*found, (Part.EMAIL, f"E-mail {hit.email}")] if hit.email else found


def _confirmed(hit: Hit, view: View) -> str:
    return f"{facts.confirmed(hit, view.now, view.timezone)}."


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
