"""What a person asks for besides: free, an age, access, a language, for women or men, online, no referral."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bots.conversation import ages
from bots.conversation.languages import LANGUAGES
from bots.conversation.words import Span, blank, folded, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from directory.search.query import Conditions


@dataclass(frozen=True, slots=True)
class Wish:
    """One condition that was found."""

    kind: str
    """A field of `Conditions`, or `home`; or `cheap`, which no record can answer: each says what it costs."""
    value: str | tuple[int, int] | None
    span: Span
    sure: bool = False
    """Said so plainly that it counts even within the name of a need: "women only swimming"."""


_RULES: tuple[tuple[str, str | None, re.Pattern[str]], ...] = tuple(
    (kind, value, re.compile(pattern))
    for kind, value, pattern in (
        (
            "wheelchair",
            None,
            r"\b(?:wheel ?chairs?(?: (?:access(?:ible)?|users?|friendly))?|disabled access|power ?chair)\b",
        ),
        (
            "access",
            "accessible_toilet",
            r"\b(?:accessible|disabled|changing places) (?:toilets?|loos?|wc)\b",
        ),
        ("wheelchair", None, r"\b(?:accessible|mobility scooter)\b"),
        (
            "access",
            "step_free",
            (
                r"\b(?:step[- ]free|no (?:steps|stairs)|without (?:steps|stairs)|level access|ground floor"
                r"|(?:with|has|have) a (?:lift|ramp)|(?:walking|zimmer) frame|with a (?:pram|buggy"
                r"|pushchair)"
                r"|(?:pram|buggy)[- ](?:friendly|access(?:ible)?)"
                r"|can'?t (?:do|manage|climb|use|get up) (?:the )?(?:steps|stairs))\b"
            ),
        ),
        ("access", "hearing_loop", r"\b(?:hearing|induction) loops?\b"),
        ("access", "bsl", r"\b(?:bsl|british sign language|sign language)\b"),
        (
            "access",
            "parking",
            (
                r"\b(?:(?:disabled |free |easy )?parking(?! (?:permits?|fines?|tickets?|badges?"
                r"|charges?))|car park|can park|somewhere to park)\b"
            ),
        ),
        (
            "gender",
            "women",
            (
                r"\b(?:(?:for |just for )?(?:wom[ae]n|ladies"
                r"|(?<!my )(?<!our )(?<!two )(?<!three )(?<!\d )girls?"
                r"|females?)(?:'?s)?(?:[- ]only)?)\b"
            ),
        ),
        (
            "gender",
            "men",
            (
                r"\b(?:(?:for |just for )?(?:men|males?|lads|blokes|guys|gents?"
                r"|(?<!my )(?<!our )(?<!two )(?<!three )(?<!\d )boys)(?:'?s)?(?:[- ]only)?)\b"
            ),
        ),
        (
            "online",
            None,
            (
                r"\b(?:online|on line|(?:on|by|over|via) zoom|zoom|virtual(?:ly)?|remotely"
                r"|over the (?:phone|internet|telephone)"
                r"|by (?:phone|telephone|video)|on the phone)\b"
            ),
        ),
        (
            "home",
            None,
            (
                r"\b(?:at home|home visits?|in my (?:own )?home|comes? to (?:me|us|you|my house"
                r"|my home|(?:her|his|their) (?:house|home))|house ?bound|bed ?bound"
                r"|in (?:her|his|their) own home"
                r"|can'?t (?:get out|leave (?:the|my) (?:house|home)))\b"
            ),
        ),
        (
            "no_referral",
            None,
            (
                r"\b(?:(?:no|without(?: an?y?)?|(?:have ?n'?t|have not|hasn'?t|has not|not|didn'?t"
                r"|couldn'?t|can'?t)"
                r" (?:got |get |have |been given )?(?:an?y? )?|(?:don'?t|does ?n'?t|do not"
                r"|didn'?t) (?:have|got|need|want)"
                r" (?:to have |to get )?(?:an?y? )?|not? need(?:ing)? (?:a )?|never got (?:a )?)"
                r" ?(?:gp |doctor'?s |food ?bank |food )?(?:referrals?|vouchers?|refferals?|referal|vouchas?)"
                r"(?: (?:needed|required|necessary))?"
                r"|(?:no ?one|nobody) (?:to|will|can|has) refer(?:red)?(?: me| us)?"
                r"|(?:can|could) i just (?:turn up|walk in|go|come along|drop in)|just (?:turn up"
                r"|walk in|drop in)"
                r"|self[- ]refer(?:ral|rals|red)?|refer (?:myself|yourself|ourselves|himself|herself"
                r"|themselves)|without (?:going through"
                r"|seeing) (?:my |a |the )?(?:gp|doctor)"
                r"|don'?t need (?:a )?referr(?:al|ing))\b"
            ),
        ),
        (
            "cheap",
            None,
            (
                r"\b(?:(?:free|cheap|low[- ]cost) (?:or|and|/) (?:very )?(?:cheap|low[- ]cost|free)"
                r"|cheap(?:er|ish)?"
                r"|low[- ]cost|not (?:too |very )?(?:expensive|dear|pricey)|affordable|inexpensive"
                r"|won'?t cost (?:much|a lot)|can'?t (?:afford to )?pay (?:much"
                r"|a lot))\b(?! (?:flights?|housing|loans?))"
            ),
        ),
        (
            "free",
            None,
            (
                r"\b(?:for free|free of charge|free|free entry|no (?:cost|charge|fee)"
                r"|without paying|can'?t (?:afford to )?pay(?: anything)?(?! (?:much|my|the|for"
                r"|rent|bills?|council))|don'?t cost"
                r"|doesn'?t cost|costs? nothing|for nothing|(?:have |got )?no money|skint"
                r"|(?:have ?n'?t|don'?t|do not|not) (?:have |got )?(?:any|much|no|a lot of) (?:money|cash))\b"
            ),
        ),
    )
)
_OTHER_FREE = re.compile(
    r"\b(?:(?:gluten|dairy|drug|smoke|alcohol|sugar|are you|i am|i'm|im|i|when|be)[ -]free"
    r"|free[ -](?:school|time|church|range|speech|spirit|bus|from))\b"
)
"""Where "free" says nothing of what it costs."""

_LANGUAGE = re.compile(
    r"\b(?:(?:in|speaks?|speaking|who speaks?|that speaks?|interpreters? for"
    r"|talks?) (?:only )?(?P<after>{names})|(?P<before>{names})[- ]"
    r"(?:speaking|speakers?|language|interpreters?|translation))\b".format(names="|".join(LANGUAGES))
)

_SHORTHAND = re.compile(
    r"(?<![\w\u00a3.'])(?:(?P<first>[1-9]\d) ?(?P<after>[fm])"
    r"|(?<!the )(?<!on )(?<!off )(?P<before>[fm])[ ,/]{1,2}"
    r"(?P<second>[1-9]\d))\b(?! ?(?:%|away|walk|swim|pool|motorway))"
)
"""Age and sex as practitioners write them: "69F", "M 32"."""


def find(text: str) -> tuple[Wish, ...]:
    """Find all conditions in a cleaned text, none overlapping another."""
    low = folded(text)
    low = blank(low, [other.span() for other in _OTHER_FREE.finditer(low)])
    found: list[Wish] = []
    if language := _LANGUAGE.search(low):
        code = LANGUAGES[language["after"] or language["before"]]
        found.append(Wish("language", code, language.span()))
    if short := _SHORTHAND.search(low):
        gender = "women" if (short["after"] or short["before"]) == "f" else "men"
        found.append(Wish("gender", gender, short.span()))
        years = int(short["first"] or short["second"])
        found.append(Wish("age", (years, years), short.span()))
    elif age := ages.find(blank(low, [wish.span for wish in found])):
        found.append(Wish("age", age.years, age.span))
    kinds = {wish.kind for wish in found}
    for kind, value, pattern in _RULES:
        if kind == "gender" and kind in kinds:
            continue
        if match := pattern.search(blank(low, [wish.span for wish in found])):
            sure = kind == "gender" and match.group().endswith("only")
            found.append(Wish(kind, value, match.span(), sure))
    return tuple(found)


def outside(wishes: Iterable[Wish], spans: Iterable[Span]) -> tuple[Wish, ...]:
    """Leave out what belongs to something else: the "men's" of a men's shed is no condition."""
    taken = tuple(spans)
    return tuple(wish for wish in wishes if wish.sure or not any(overlap(wish.span, span) for span in taken))


def laid(wishes: Iterable[Wish], conditions: Conditions) -> Conditions:
    """Lay what was found over what was asked for before."""
    for wish in wishes:
        match wish.kind, wish.value:
            case "age", (int(low), int(high)):
                conditions = replace(conditions, age=(low, high))
            case "access", str(access):
                before = tuple(item for item in conditions.access if item != access)
                conditions = replace(conditions, access=(*before, access))
            case "language", str(code):
                conditions = replace(conditions, language=code)
            case "gender", str(gender):
                conditions = replace(conditions, gender=gender)
            case _:
                conditions = _marked(wish.kind, conditions)
    return conditions


def _marked(kind: str, conditions: Conditions) -> Conditions:
    return replace(
        conditions,
        free=conditions.free or kind == "free",
        wheelchair=conditions.wheelchair or kind == "wheelchair",
        online=conditions.online or kind == "online",
        no_referral=conditions.no_referral or kind == "no_referral",
    )
