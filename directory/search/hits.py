"""What is shown of an offer, read from its card when somebody looks at it, and not before."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import orjson

from directory.search.cards import unpacked
from directory.search.holidays import bank_holidays
from directory.search.opening import Rule, hours, unpack, week
from directory.search.query import Hit, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from directory.search.judging import Bench, Judged
    from directory.search.query import Hours, When

_REACHES = {reach.value: reach for reach in Reach}
_NATION = 1_000_000_000
"""`offer.authority_number` of an authority, by this, is the letter of its nation."""
_HOLIDAYS = {nation: partial(bank_holidays, nation=nation) for nation in "EWSN"}


@lru_cache(maxsize=8_192)
def rules_from(text: str) -> tuple[Rule, ...]:
    """The rules of a card."""
    return unpack(orjson.loads(text)) if text else ()


@lru_cache(maxsize=8_192)
def week_from(text: str, day: date) -> tuple[tuple[str, str], ...]:
    """The week of a card, as it is in force on a day."""
    return week(rules_from(text), day) if text else ()


@lru_cache(maxsize=8_192)
def hours_from(text: str, when: When, timezone: ZoneInfo, nation: str) -> Hours:
    """The hours of a card at a time; the same ones are asked for again and again within a minute."""
    holidays = _HOLIDAYS.get(nation, bank_holidays)
    return hours(rules_from(text), when, now=when.start, timezone=timezone, holidays=holidays)


def nation_of(lad: int) -> str:
    """The nation of an authority by its number, as `holidays` has it; "" where none is known."""
    return chr(lad // _NATION) if lad else ""


def hit(bench: Bench, judged: Judged, also: Sequence[tuple[int, bytes]]) -> Hit:
    """What is shown of an offer; `also` are feeds and cards of its twins."""
    row, metres = judged.candidate.row, judged.candidate.metres
    card = unpacked(bench.stored[row.card])
    own = (
        *card[:5],
        _REACHES[card.reach],
        None if metres is None else round(metres),
        *card[6:10],
        bench.hours_of(card, row.lad),
        week_from(card.rules, bench.day),
        *card[11:19],
        tuple(card.access),
        card.access_text,
        tuple(card.languages),
        tuple(card.terms),
        *card[23:26],
        date.fromisoformat(card.assured) if card.assured else None,
        card.last_modified,
    )
    parts = bench.parts_of(judged.candidate, judged.state)._asdict()
    twins = dict.fromkeys((feed, unpacked(stored).service_id) for feed, stored in also)
    return Hit(row.feed, *own, score=round(judged.score, 6), parts=parts, also=tuple(twins))
