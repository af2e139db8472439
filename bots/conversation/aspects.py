"""A question about a place that was shown: "is it free", "phone number?", "how do I get there"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bots.conversation.lexicon import data
from bots.conversation.manners import WHICH, flat, ordinal
from bots.conversation.message import Aspect


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and of which one (from 0; -1 is the last; None: those shown)."""

    aspect: Aspect
    index: int | None = None


_IT = r"(?:it|that|this|they|them|these|those|there|he|she)"
_IS_IT = rf"(?:is|are|does|do|has|have|can|will|would) {_IT}"
_OF = rf"(?: (?:of|for|to|about|at) {WHICH})?"
_LEAD = r"(?:(?:and|ok|okay|so|but|also|what about|please|pls) )*"
_TAIL = r"(?: (?:please|pls|though|then|thanks|for (?:it|that|them)|of (?:it|that|them)|there))*"
_THE_ONE = re.compile(rf"\bthe {WHICH}(?= )")
_LONGEST = 80


def find(text: str) -> Asked | None:
    """What a whole cleaned message asks of what was shown."""
    if len(text) > _LONGEST:
        return None
    low = flat(text)
    index = None
    for found in _THE_ONE.finditer(low):
        index = ordinal(found["which"])
        if index is not None:
            low = f"{low[: found.start()]}it{low[found.end() :]}"
            break
    for aspect, pattern in _rules():
        if matched := pattern.fullmatch(low):
            which = matched["which"]
            return Asked(aspect, ordinal(which) if which and index is None else index)
    return None


@cache
def _rules() -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    """The patterns of the data file, each for a whole message."""
    return tuple(
        (
            Aspect(name),
            re.compile(
                f"{_LEAD}(?:{'|'.join(patterns)}){_OF}{_TAIL}".replace("{is_it}", _IS_IT).replace("{it}", _IT)
            ),
        )
        for name, patterns in data("aspects.toml").items()
    )
