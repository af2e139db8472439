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
    """Find an age in a (folded) text: numbers first, then words for an age."""
    for pattern, years in _COUNTED:
        for found in pattern.finditer(text):
            low, high = years(found)
            if 0 <= low <= high <= OLDEST:
                return Age((low, high), say((low, high)), found.span())
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
        (rf"\b{_N}[\s-]?(?:months?|mths?|mo)[\s-]?old\b", _months),
        (rf"\b(?:for )?(?:(?:a|my|our|her|his) )?{_N}(?:{_YEARS}[\s-]?olds?|[\s-]?y/?o)s?\b", _one),
        (rf"\b(?:for )?(?:age|aged) {_N}\b", _one),
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
