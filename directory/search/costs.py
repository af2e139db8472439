"""Whether it is free: said only where the record says so plainly.

No cost given is not stated, never free; and "free" stands in many sentences that are about parking.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]

CostState = Literal["free", "paid", "unknown"]

_SHOWN = 3
"""Options shown in one line."""
_NOTHING = re.compile(r"(?:£|gbp )\s?0+(?:\.0+)?(?![\d.]*[1-9])")
_MONEY = re.compile(r"[£€$]\s?\d|\d\s?(?:p|pounds?|pence|gbp)\b|\bgbp\s?\d")
_FREE = re.compile(
    r"(?<!not )(?<!n't )(?<!feel )(?<!toll[ -])(?<![a-z]-)(?<!gluten )(?<!smoke )(?<!drug )(?<!step )(?<!be )"
    r"\bfree\b(?!-)"
    r"(?=$|\s*[.,;:!()/]|\s+-|\s+of (?:charge|cost)|\s+(?:to (?:use|join|attend|access|all|everyone"
    r"|anyone|enter|visit"
    r"|take part)|for (?:all|everyone|anyone)|at the point|service|services|sessions?|support|advice"
    r"|help|entry|admission"
    r"|activit|event|class|group|membership|confidential|and confidential|impartial|independent|drop"
    r"|with no)\b)"
    r"|\bno (?:charges?|costs?|fees?)\b(?! (?:for (?:under|child|over)))|\bwithout charge\b"
    r"|\bcosts? nothing\b",
)
_BUT = re.compile(
    r"\bnot free\b|n't free\b|\bbut\b|\bexcept|\bunless\b|\bfirst\b|\bsome\b|\bmost\b|\bmay\b|\bif\b"
    r"|\btrials?\b|\btasters?\b"
    r"|\bunder|\bover\b|\beligib|\bdepend|\bconcession|\bbenefits?\b|\bresidents?\b|\bmembers?\b|\bpay"
    r"|\bpaid\b|\bprice"
    r"|\bsubsidi|\bhow?ever\b|\bthen\b|\bafter\b|\bvar(?:y|ies)\b|\blow[ -]income|\bcharge[ds]?\b"
    r"|\bfees?\b|\bcosts?\b"
    r"|\bsuggested\b|\bfrom\b|\bonly\b|\bchild(?:ren)?\b|\bstudents?\b|\bparking\b",
)
_PAID = re.compile(
    r"\b(?:charges?|fees?|costs?) (?:will |may )?(?:apply|applies|(?:is|are) payable|payable)\b"
    r"|\b(?:there (?:is|are|will be)|we (?:make|have)|for) an? (?:small |nominal |modest |annual "
    r"|weekly )?(?:charge|fee|cost)\b"
    r"|\bnot free\b|n't free\b|\bwe charge\b|\bfee[ -]paying\b|\bsubscription\b|\bpay as you go\b",
)
_CONDITIONAL = re.compile(
    r"\bunder|\bover\b|\bage[ds]?\b|\bbab|\binfant|\btoddler|\bchild|concession|\bstudent|\bsenior"
    r"|\bmember|employed"
    r"|\bfirst\b|\bcarer|\btrial|\btaster|\bresident|benefit|pension|\bincome|volunteer|companion"
    r"|\boff[ -]peak|referr",
)
_HINTS = ("free", "no charge", "no cost", "no fee", "without charge", "nothing")


class _Option(NamedTuple):
    """What is read of a `cost_option` row."""

    option: object
    amount: object
    amount_description: object
    currency: object


def cost(options: Sequence[Row], fees: str | None, day: date | None) -> tuple[CostState, str | None]:
    """Return whether it is `free`, `paid` or `unknown`, and how the record puts it.

    `options` are `cost_option` rows, of which those valid on the day count; `fees` is the older text.
    """
    valid = tuple([_Option(*map(row.get, _Option._fields)) for row in options if _is_valid(row, day)])
    return _cost(valid, fees.strip()[:2000] if fees else "")


@lru_cache(maxsize=2048)
def _cost(valid: tuple[_Option, ...], text: str) -> tuple[CostState, str | None]:
    """Read what is valid; many services say the same."""
    if not valid:
        return (_said(text), text) if text else ("unknown", None)
    states = {_state(row) for row in valid}
    if text:
        states |= {_said(text)} & {"paid"}
    shown = "; ".join(filter(None, dict.fromkeys(_line(row) for row in valid[:_SHOWN]))) or text or None
    if "paid" in states:
        return "paid", shown
    return ("free" if "free" in states and states <= {"free", "conditional"} else "unknown"), shown


def _is_valid(row: Row, day: date | None) -> bool:
    since, until = row.get("valid_from"), row.get("valid_to")
    if day is None:
        return True
    return not (isinstance(since, date) and since > day) and not (isinstance(until, date) and until < day)


def _state(row: _Option) -> str:
    amount = row.amount
    words = f"{row.option or ''} {row.amount_description or ''}".strip()
    if not isinstance(amount, int | float) or amount < 0:
        return _said(words[:2000]) if words else "unknown"
    if amount > 0:
        return "paid"
    if words and _MONEY.search(words):
        return "paid"
    return "conditional" if words and _CONDITIONAL.search(words.casefold()) else "free"


def _line(row: _Option) -> str:
    """Write an option as "Adults: £4.50 per session"."""
    amount, option, detail = row.amount, row.option, row.amount_description
    price = ""
    if isinstance(amount, int | float) and amount >= 0:
        currency = str(row.currency or "GBP").upper()
        figure = f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"
        price = f"£{figure}" if currency == "GBP" else f"{figure} {currency}"
        price = price if amount else "free"
    said = " ".join(str(part).strip() for part in (price, detail) if part)
    return f"{str(option).strip()}: {said}" if option and said else said or str(option or "").strip()


@lru_cache(maxsize=2048)
def _said(text: str) -> CostState:
    """Read a sentence about the cost."""
    lowered = " ".join(text.casefold().replace("\u2019", "'").split())
    lowered = "free" if lowered in ("0", "0.00", "nil") else _NOTHING.sub("free", lowered)
    if _MONEY.search(lowered):
        return "unknown" if "donation" in lowered and "free" not in lowered else "paid"
    if not any(hint in lowered for hint in _HINTS):
        return "paid" if _PAID.search(lowered) else "unknown"
    rest = _FREE.sub("", lowered)
    rest = rest.replace(" of charge", "").replace(" of cost", "").replace(" from charge", "")
    if rest != lowered and "free" not in rest and not _BUT.search(rest):
        return "free"
    return "paid" if _PAID.search(rest) else "unknown"
