"""Whether an example entry suits what a question asks for: yes, no, or not known from the entry."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from tests.questions.opening_times import open_at, open_on
from tests.questions.source import moment

if TYPE_CHECKING:
    from tests.questions.source import Question

Entry = dict[str, Any]

STEP_FREE: Final = ("step free", "step-free", "wheelchair", "ramp", "lift", "firm paths", "tarmac")
GIFTS: Final = ("free", "donation", "suggested", "pay what", "give what", "or what you can")
OPEN_TO_ALL: Final = ("self", "drop in", "book", "by appointment")


class Suits(IntEnum):
    """How well; the least of several conditions counts."""

    NO = 0
    MAYBE = 1
    YES = 2


def suits(entry: Entry, question: Question) -> Suits:
    """The least of all the conditions."""
    if entry.get("status", "active") != "active" or entry["name"] in question.value("not").split(";"):
        return Suits.NO
    asked = question.conditions
    found = [_age(entry, question.value("age")), _hours(entry, question)]
    found += [_gender(entry, word) for word in ("women", "men") if word in asked]
    found += [_cost(entry)] if "free" in asked else []
    found += [_access(entry)] if "access" in asked else []
    found += [_referral(entry)] if "noref" in asked else []
    if language := question.value("lang"):
        found.append(Suits.YES if language in entry.get("languages", ()) else Suits.MAYBE)
    return min(found)


def _age(entry: Entry, age: str) -> Suits:
    ages = entry.get("ages", [])
    if not age or not ages:
        return Suits.YES
    inside = ages[0] <= int(age) and (len(ages) == 1 or int(age) <= ages[1])
    return Suits.YES if inside else Suits.NO


def _hours(entry: Entry, question: Question) -> Suits:
    hours: list[str] = entry.get("hours", [])
    if day := question.value("on"):
        said = open_on(hours, date.fromisoformat(f"2026-{day[:2]}-{day[2:]}"))
    elif at := question.value("at"):
        said = open_at(hours, datetime.fromisoformat(moment(at)))
    elif "open" in question.conditions:
        said = open_at(hours, datetime.fromisoformat(question.now))
    else:
        return Suits.YES
    return Suits.MAYBE if said is None else Suits.YES if said else Suits.NO


def _gender(entry: Entry, asked: str) -> Suits:
    whom = entry.get("for", "").lower()
    barred = ("men only", "fathers") if asked == "women" else ("women", "mothers")
    return Suits.NO if whom.startswith(barred) else Suits.YES


def _cost(entry: Entry) -> Suits:
    cost = entry.get("cost")
    if isinstance(cost, str):
        return Suits.MAYBE if any(word in cost.lower() for word in GIFTS) else Suits.NO
    if cost is None:
        return Suits.MAYBE
    return Suits.NO if cost else Suits.YES


def _access(entry: Entry) -> Suits:
    text = entry.get("access", "").lower()
    return Suits.YES if any(word in text for word in STEP_FREE) else Suits.MAYBE


def _referral(entry: Entry) -> Suits:
    referral = entry.get("referral", "").lower()
    drops = not referral or "self" in referral or referral.startswith(OPEN_TO_ALL)
    return Suits.YES if drops else Suits.NO
