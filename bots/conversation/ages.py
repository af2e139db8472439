"""How old the person is for whom something is looked for: "for my 7 year old", "under 5s", "pensioner"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.conversation.words import Span

OLDEST = 120

_NAMED: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"new ?borns?|bab(?:y|ies)", (0, 1)),
    (r"toddlers?", (1, 3)),
    (r"pre-?schoolers?", (2, 4)),
    (r"primary school (?:age[d]?|child(?:ren)?)", (4, 11)),
    (r"tweens?|pre-?teens?", (9, 12)),
    (r"teen(?:age(?:d|rs?)?)?s?", (13, 19)),
    (r"young (?:people|persons?)", (11, 25)),
    (r"sixth formers?", (16, 18)),
    (r"secondary school (?:age[d]?|child(?:ren)?|kids?|pupils?)", (11, 16)),
    (r"over eighteens", (18, OLDEST)),
    (r"under eighteens", (0, 17)),
    (r"in (?:my|his|her|their) fifties", (50, 59)),
    (r"in (?:my|his|her|their) sixties", (60, 69)),
    (r"in (?:my|his|her|their) seventies", (70, 79)),
    (r"in (?:my|his|her|their) eighties", (80, 89)),
    (r"in (?:my|his|her|their) nineties", (90, 99)),
    (r"middle[- ]aged", (40, 60)),
    (r"young adults?", (16, 25)),
    (r"kids?|child(?:ren)?|kiddies?|little ones?", (0, 17)),
    (
        (
            r"pensioners?|oaps?|senior citizens?|the elderly|elderly|older (?:people|persons?"
            r"|adults?)|over sixties"
            r"|retired(?: people)?|seniors|(?:my |our )(?:nan|nana|gran|granny|grandma|grandad"
            r"|grandparents?)"
        ),
        (60, OLDEST),
    ),
    (r"over fifties", (50, OLDEST)),
    (r"under fives", (0, 4)),
    (r"grown ?ups?|adults? only|for adults", (18, OLDEST)),
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
_N = rf"(?P<a>\d{{1,3}}|{'|'.join(sorted((*_NUMBERS, *_TENS), key=len, reverse=True))})"
_M = r"(?P<b>\d{1,3})"
_YEARS = r"[\s-]?(?:years?|yrs?|y/?)"


@dataclass(frozen=True, slots=True)
class Age:
    """A range of whole years, both ends inclusive, and how it is said back."""

    years: tuple[int, int]
    label: str
    span: Span


def find(text: str) -> Age | None:
    """Find an age in a (folded) text: numbers first, then words for an age.

    None where two people are spoken of and it can't be told for whom something is looked for.
    """
    text = _PARENT_OF.sub(lambda found: "|" * len(found.group()), text)
    if _TWO_PEOPLE.search(text):
        return None
    for pattern, years in _COUNTED:
        for found in pattern.finditer(text):
            low, high = years(found)
            if 0 <= low <= high <= OLDEST:
                span = found.span("a") if "who" in pattern.groupindex else found.span()
                return Age((low, high), say((low, high)), span)
    for pattern, (low, high) in _WORDS:
        if word := pattern.search(text):
            return Age((low, high), say((low, high)), word.span())
    return None


def say(years: tuple[int, int]) -> str:
    """Say a range of ages: "age 7", "under 5s", "age 60 or over", "ages 5 to 11"."""
    low, high = years
    if low == high:
        return f"age {low}"
    if low == 0:
        return f"under {high + 1}s"
    return f"age {low} or over" if high >= OLDEST else f"ages {low} to {high}"


def _number(text: str) -> int:
    if text in _TENS:
        return _TENS[text]
    return _NUMBERS.index(text) + 1 if text in _NUMBERS else int(text)


def _range(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]), int(found["b"])


def _one(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]), _number(found["a"])


def _months(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]) // 12, _number(found["a"]) // 12


def _decade(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]), _number(found["a"]) + 9


def _school_year(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]) + 4, _number(found["a"]) + 5


def _under(found: re.Match[str]) -> tuple[int, int]:
    return 0, _number(found["a"]) - 1


def _over(found: re.Match[str]) -> tuple[int, int]:
    return _number(found["a"]), OLDEST


def _weeks(found: re.Match[str]) -> tuple[int, int]:
    del found
    return 0, 0


_WHO = (
    r"(?P<who>gent|gentleman|lady|man|woman|male|female|client|patient|pt|svc user|service user"
    r"|resident|tenant|mum|mam|mom"
    r"|dad|father|mother|nan|nana|nain|taid|gran|granny|grandad|grandma|grandpa|husband|hubby|wife"
    r"|partner|brother|sister"
    r"|uncle|aunt|aunty|auntie|neighbour|friend|lad|girl|boy|son|daughter|nephew|niece|grandson"
    r"|granddaughter|stepson"
    r"|stepdaughter|cousin|child|kid|lo|little one|youngest|oldest|eldest|teen|mate|carer|student)"
)
_NO_UNIT = (
    r"(?!\s?(?:st\b|nd\b|rd\b|th\b|miles?|minutes?|mins?|weeks?|wks?|days?|months?|mths?|stone|st|kg"
    r"|am|pm|hours?|hrs?|kids?"
    r"|children|times|people|of us|years? (?:ago|clean|sober|together|married)|[:/%.]\d|\d))"
)
_PARENT_OF = re.compile(
    r"\b(?:parents?|mums?|moms?|dads?|mothers?|fathers?|carers?|grandparents?|families|family|guardian)"
    r" (?:of|to|with|for) (?:an? |my |the |our )?(?:(?:under|over)[\s-]?(?:the age of )?\d{1,2}'?s?"
    r"|\d(?! ?\w*-?olds?\b)\b"
    r"|two|three|four|five|six|kids|children|teens|teenagers?|toddlers?|bab(?:y|ies)|young (?:people"
    r"|children|kids))"
)
"""Says whose parent somebody is, and nothing of their own age."""
_TWO_PEOPLE = re.compile(
    r"\b(?:2\d|3\d|4[0-5])\s?(?:f|yo|y/o|yrs?|yr old|year old)?\s?(?:mum|mother|woman|f"
    r"|dad)\b.{0,60}\b(?:baby|infant|newborn|bub|toddler)\b"
    r"|\bfor my \d{1,2}.{2,60}\band\b.{2,40}\bfor (?:me|myself|us)\b"
)

Years = Callable[["re.Match[str]"], tuple[int, int]]
_COUNTED: tuple[tuple[re.Pattern[str], Years], ...] = tuple(
    (re.compile(pattern), years)
    for pattern, years in (
        (rf"\b(?:for )?(?:ages?|aged|between) {_N}\s?(?:-|to|and)\s?{_M}\b(?!\s?(?:am|pm|:))", _range),
        (rf"\b(?:for )?{_N}\s?(?:-|to)\s?{_M}(?:{_YEARS}(?:[\s-]?olds?)?|s)\b", _range),
        (
            (
                rf"\b(?:for )?(?:under|below|younger than)[\s-]?{_N}(?:'?s"
                rf"|{_YEARS}(?:[\s-]?olds?)?)?\b(?! ?(?:pm|am))"
            ),
            _under,
        ),
        (
            (
                rf"\b(?:for )?(?:over|older than)[\s-]?(?:the age of |the )?{_N}"
                rf"(?:'?s|{_YEARS}(?:[\s-]?olds?)?)?\b"
                r"(?! ?(?:pm|am|miles?|minutes?))"
            ),
            _over,
        ),
        (rf"\b(?:for )?{_N}(?: ?\+|{_YEARS} ?\+| and over| plus)(?!\w)", _over),
        (r"\b(?:in (?:my|his|her|their) )(?:early |mid |late )?(?P<a>[2-9]0)'?s\b", _decade),
        (
            (
                r"\b(?:(?:in )?(?:school )?(?:year|yr) |y)(?P<a>1[0-3]|[1-9])\b(?! ?(?:years?|olds?"
                r"|months?|s\b|-))"
            ),
            _school_year,
        ),
        (
            (
                rf"\b(?:for )?(?:(?:a|my|our) )?{_N}(?:{_YEARS}[\s-]?olds?)?\s?(?:and|&"
                rf"|\+)\s?(?:(?:a|my) )?"
                rf"{_M}{_YEARS}[\s-]?olds?\b"
            ),
            _range,
        ),
        (
            (
                r"\b(?:kids|children|boys|girls|sons|daughters|grandkids|grandchildren|ones"
                r"|twins)\W{0,2}(?:are |aged )?"
                r"(?P<a>\d{1,2})(?:,| ?&| and| n)\s?(?P<b>\d{1,2})\b(?! ?(?:am|pm|:))"
            ),
            _range,
        ),
        (rf"\b{_N}[\s-]?(?:months?|mths?|mo)[\s-]?old\b", _months),
        (rf"\b{_N}[\s-]?(?:weeks?|wks?|days?)[\s-]?old\b", _weeks),
        (
            (
                r"\b(?:(?:he|she|it)(?: is|'?s)|bab(?:y|ies)(?: is|'?s)?|bub|infant|newborn"
                r"|little one(?: is|'?s)?|lo(?: is)?|child|aged?"
                r"|son(?: is)?|daughter(?: is)?|who is|just|only|now)\W{0,2}(?:just |only |nearly "
                r"|now |about )?"
                r"(?P<a>\d{1,2})\s?(?:months?|mths?|mo|/12)\b(?! (?:pregnant|ago|late))"
            ),
            _months,
        ),
        (
            (
                r"\b(?:(?:he|she|it)(?: is|'?s)|bab(?:y|ies)(?: is|'?s)?|bub|infant|newborn"
                r"|little one(?: is|'?s)?|lo(?: is)?)\W{0,2}"
                r"(?:just |only |nearly |now |about )?(?P<a>\d{1,2})\s?(?:weeks?|wks?|days?|/52"
                r"|/7)\b(?! (?:pregnant|ago|late))"
            ),
            _weeks,
        ),
        (rf"\b(?:for )?(?:(?:a|my|our|her|his) )?{_N}(?:{_YEARS}[\s-]?olds?|[\s-]?y/?o)s?\b", _one),
        (rf"\b(?:for )?(?:age|aged) {_N}\b", _one),
        (
            (
                rf"\b{_WHO}\W{{0,3}}(?:is |was |whos |who is |who's |aged? |just turned "
                rf"|turned )?(?P<a>\d{{1,3}})\b{_NO_UNIT}"
            ),
            _one,
        ),
        (
            (
                rf"\b(?:boy|girl|lad|son|daughter|man|woman|kid|child|lady|gent"
                rf"|age) of (?P<a>\d{{1,3}})\b{_NO_UNIT}"
            ),
            _one,
        ),
        (
            (
                r"(?<!for )(?<!over )(?<!last )(?<!past )(?<!in )(?<!after )(?<!about )(?<!next )\b"
                r"(?P<a>\d{1,2}) ?(?:yrs?"
                r""
                r"|years?)(?=\s*(?:$|[,.;!?)]))"
            ),
            _one,
        ),
        (
            (
                r"\b(?:boys?|girls?|kids|children|grandchildren|grandson|grandkids|alone|person|disabled"
                r"|retired|worker) at (?P<a>[2-9]\d)\b(?! ?(?:am|pm|:))"
            ),
            _one,
        ),
        (
            (
                r"\b(?:i am|i'm|im|(?:my|our) \w+ (?:is|are|turned|has turned|has just turned)"
                r"|(?:my|our) \w+'?s"
                r"|he is|he's|hes|she is|she's|shes|(?:twins|both|kids|children) (?:are"
                r"|aged)) (?:only |nearly |just |now )?"
                r"(?P<a>\d{1,3})\b(?!\s?(?:miles?|minutes?|mins?|weeks?|days?|months?|stone|am|pm|[:/]))"
            ),
            _one,
        ),
    )
)
_WORDS = tuple((re.compile(rf"\b(?:{pattern})\b"), years) for pattern, years in _NAMED)
