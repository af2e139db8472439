"""Words of time that ask for nothing to be open then: a baby's age, since when, until when, what happened.

"9 weeks old", "covid 2 yrs ago", "payday isnt til tuesday", "the letter came today", "sat in my coat",
"the evenings are the worst", "raising our grandson now". They are laid aside before a time is looked for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bots.conversation.day import WEEKDAY
from bots.conversation.lexicon import data

if TYPE_CHECKING:
    from bots.conversation.words import Span

_FILLER = re.compile(r"\b(?:now|(?:at|for) the (?:moment|minute)|currently|just now|nowadays)\b")
_RUNNING = re.compile(r"\b(?:open|on|running|available|happening|still|closed|shut)\b")
"""Without one of these only a "now" asks for anything."""
_ASKED = re.compile(
    r"\b(?:open|on|needs?|want|somewhere|someone|any(?:one|thing|where)?|where|see|right|running|available|talk"
    r"|closed|is)\b"
)
_CLAUSE = re.compile(r"[.,;:!?]")
_FEW = 4
"""In a message of so few words "now" means now."""


def find(text: str) -> tuple[Span, ...]:
    """Where in a (folded) text time is spoken of without being asked for; ranges may overlap."""
    found = [
        match.span("time") if "time" in pattern.groupindex else match.span()
        for pattern in _rules()
        for match in pattern.finditer(text)
    ]
    return (*found, *(match.span() for match in _FILLER.finditer(text) if not _asks(match, text)))


def _asks(filler: re.Match[str], text: str) -> bool:
    """Whether a "now" or "at the moment" means that something should be open at this moment."""
    if filler.group() != "now":
        return _RUNNING.search(text) is not None
    before = _CLAUSE.split(text[: filler.start()])[-1]
    return len(text.split()) <= _FEW or _ASKED.search(before) is not None


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    """The patterns of the data file."""
    held = data("asides.toml")
    pieces = {"weekday": WEEKDAY}
    for name, pattern in held["pieces"].items():
        pieces[name] = _whole(pattern, pieces)
    return tuple(
        re.compile(_whole(pattern, pieces)) for patterns in held["rules"].values() for pattern in patterns
    )


def _whole(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern with its pieces put in."""
    for name, piece in pieces.items():
        pattern = pattern.replace(f"<{name}>", piece)
    return pattern
