"""What a place is known to have for people who need it, and what it is known to lack.

Accessibility is free text ("no wheelchair access" holds the word wheelchair), so each clause is read
by itself, and a clause that denies or limits claims nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, object]

FLAGS = ("wheelchair", "step_free", "hearing_loop", "parking", "accessible_toilet", "bsl", "lift", "quiet")


class Access(NamedTuple):
    """Flags of `FLAGS`; what stands in neither is not stated."""

    present: tuple[str, ...]
    absent: tuple[str, ...]


NOTHING_STATED = Access((), ())
_LONGEST = 4000
"""Characters of one text that are read."""

_NOT_THE_BUILDING = (
    r"(?!\s+(?:toilets?|wcs?|loos?|washrooms?|parking|taxis?|vehicles?|minibus(?:es)?|transport|cars?"
    r"|bus(?:es)?)\b)"
)
_FOUND = {
    "wheelchair": (
        r"\bwheelchair[- ](?:users?[- ])?(?:access(?:ible|ibility)?|friendly|ramps?)\b" + _NOT_THE_BUILDING
        + r"|\b(?:accessible|suitable|access) (?:to|for|by) (?:all )?(?:people (?:in|using"
        r"|who use) )?(?:manual |electric )?"
        r"wheelchairs?\b|\bwheelchair users (?:are )?(?:can|welcome)\b"
        r"|^\s*wheelchairs?(?: users?)?\s*(?=$|[:?-])"
    ),
    "step_free": r"\bstep[- ]?free\b|\bno (?:\w+ )?steps?\b|\bwithout steps\b|\blevel (?:\w+ )?(?:access"
    r"|entrance|entry)\b"
    r"|\bramp(?:ed)? (?:\w+ )?(?:access|entrance|entry)\b|\bramp(?:s|ed)?\b(?= (?:to|at|is|are|available"
    r"|at))",
    "hearing_loop": r"\b(?:hearing|induction|audio)[- ](?:induction[- ])?loops?\b|\bloop systems?\b"
    r"|\bt-coil\b",
    "parking": r"\b(?:car )?park(?:ing|s)?\b(?! (?:fines?|permits?|tickets?|charges?|lane|road|street"
    r"|avenue|view))",
    "accessible_toilet": r"\b(?:(?:wheelchair[- ])?accessible|disabled|adapted) (?:public )?(?:toilets?"
    r"|wcs?|loos?|washrooms?)\b"
    r"|\bchanging places\b|\btoilets? (?:(?:facilities )?for (?:the )?disabled|(?:is "
    r"|are )?(?:fully )?(?:wheelchair )?accessible)\b"
    r"|\baccessible (?:\w+ and )toilets?\b|\btoilet with (?:disabled|wheelchair) access\b",
    "bsl": r"\bbsl\b|\bbritish sign language\b|\bsign language\b",
    "lift": r"(?<!stair )(?<!stair)(?<!chair )(?<!chair)\b(?:lifts?|elevators?)\b(?! (?:share"
    r"|to (?:and from|your|appointments?|hospital)))",
    "quiet": r"\bquiet (?:spaces?|rooms?|areas?|hours?|times?|sessions?)\b|\bsensory room\b"
    r"|\blow[- ]sensory\b"
    r"|\bautism[- ]friendly\b",
}  # fmt: skip
_PATTERNS = {flag: re.compile(pattern) for flag, pattern in _FOUND.items()}
_HINTS = {
    "wheelchair": ("wheelchair",),
    "step_free": ("step", "level ", "ramp"),
    "hearing_loop": ("loop", "t-coil"),
    "parking": ("park",),
    "accessible_toilet": ("toilet", "changing places", " wc", " loo"),
    "bsl": ("bsl", "sign lang"),
    "lift": ("lift", "elevator"),
    "quiet": ("quiet", "sensory", "autism"),
}
_ONLY_IN_ACCESSIBILITY = frozenset({"parking", "lift", "quiet"})
"""Words that mean something else in a description: car parks, lifts to hospital."""

_CLAUSE = re.compile(
    r"[.;\n\r|\u2022!]+(?=\s|$|[A-Z\u2022|])|[\n|;\u2022]|\bbut\b|\bhowever\b|\balthough\b|\bthough\b"
    r"|, (?=no\b|not\b)"
)
_LIMITED = re.compile(
    r"\b(?:limited|partial(?:ly)?|partly|some|most|except|not (?:all|every|fully|yet|currently|sure"
    r"|known|stated)|only|ask"
    r"|on request|by arrangement|unknown|planned|soon|may|might|check|please (?:call|ring|contact)|if"
    r"|except for|n/a|nearest|nearby"
    r"|near by|street parking|on[- ]street|temporar(?:y|ily)|broken|out of (?:order|use)|advance)\b",
)
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|non|without|lacks?|lacking|cannot|never|nor|neither|unable|unfortunately|does(?: not"
    r"|n't)|do(?: not|n't)"
    r"|is(?:n't)|are(?:n't)|can't|un)\b[^:]{0,60}$|\bun$|\bin$",
)
_DENIED_AFTER = re.compile(
    r"^[^:?=()-]{0,40}(?:\b(?:is|are|was|were|do|does|can)(?: not|n't)\b|\bcannot\b|\bunavailable\b"
    r"|\bnot (?:available|provided|possible|suitable|"
    r"accessible|in use)\b|\bnone\b|\bnot\b)|^[^:?=(-]{0,30}[:?=(\u2013\u2014-]+\s*(?:no|none|n|not"
    r"|false|unavailable)\b",
)
_UN = re.compile(r"\b(?:un|in)(suitable|accessible)\b")


def access_of(rows: Iterable[Row], term_names: Iterable[str], text: str | None) -> Access:
    """Read `accessibility` rows, names of terms, and a text that may mention access in passing."""
    stated = [
        str(row[column])
        for row in rows
        for column in ("description", "details", "accessibility")
        if row.get(column)
    ]
    stated += term_names
    found = _read(stated, passing=False) if stated else NOTHING_STATED
    if text and _mentions(text):
        found = _joined(found, _read((text,), passing=True))
    return found


def access(rows: Iterable[Row], term_names: Iterable[str], text: str | None) -> tuple[str, ...]:
    """Return the flags that are known to be there."""
    return access_of(rows, term_names, text).present


def access_known_absent(rows: Iterable[Row], term_names: Iterable[str], text: str | None) -> tuple[str, ...]:
    """Return the flags that are known not to be there."""
    return access_of(rows, term_names, text).absent


def _mentions(text: str) -> bool:
    lowered = text.casefold()
    return (
        "wheelchair" in lowered
        or "step" in lowered
        or "loop" in lowered
        or "toilet" in lowered
        or "bsl" in lowered
        or "sign lang" in lowered
        or "level access" in lowered
    )


def _joined(first: Access, second: Access) -> Access:
    """Put two readings together; what one of them denies is not claimed."""
    absent = set(first.absent) | set(second.absent)
    present = (set(first.present) | set(second.present)) - absent
    return Access(*(tuple(flag for flag in FLAGS if flag in some) for some in (present, absent)))


def _read(texts: Iterable[str], *, passing: bool) -> Access:
    """Read each clause; a flag that one clause limits or denies is not claimed because of another."""
    seen: dict[str, set[str]] = {}
    for text in texts:
        for flag, verdicts in _verdicts(text[:_LONGEST], passing=passing).items():
            seen.setdefault(flag, set()).update(verdicts)
    if not seen:
        return NOTHING_STATED
    present = tuple(flag for flag in FLAGS if seen.get(flag) == {"yes"})
    absent = tuple(flag for flag in FLAGS if seen.get(flag) == {"no"})
    return Access(present, absent)


@lru_cache(maxsize=2048)
def _verdicts(text: str, *, passing: bool) -> Mapping[str, set[str]]:
    """What one text says of each flag it mentions; the same few stand in record after record."""
    seen: dict[str, set[str]] = {}
    lowered = _UN.sub(r"not \1", text.casefold().replace("\u2019", "'"))
    for clause in filter(None, _CLAUSE.split(lowered)):
        for flag, hints in _HINTS.items():
            if not (passing and flag in _ONLY_IN_ACCESSIBILITY) and any(hint in clause for hint in hints):
                _judge(clause, flag, seen)
    return seen


def _judge(clause: str, flag: str, seen: dict[str, set[str]]) -> None:
    """Note what a clause says of a flag: `yes`, `no` or `perhaps`."""
    limited = _LIMITED.search(clause)
    for match in _PATTERNS[flag].finditer(clause):
        start, end = match.span()
        denied = _DENIED_BEFORE.search(clause[max(0, start - 90) : start])
        if limited or (denied and "," in denied[0]):
            verdict = "perhaps"  # a denial may or may not reach over a comma
        else:
            verdict = "no" if denied or _DENIED_AFTER.search(clause[end : end + 90]) else "yes"
        seen.setdefault(flag, set()).add(verdict)
