"""Which of the places named in a message is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.conversation import needs
from bots.conversation.words import Span, overlap
from directory.places.place import Kind, Mention, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EXACT_KINDS = {Kind.POSTCODE, Kind.SECTOR, Kind.OUTCODE}
_HERE = re.compile(
    r"\s*(?:to |the )?(?:me|here|us|my .*|home|mine|where i .*|this area|area)?\s*", re.IGNORECASE
)
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A place that was named: one, several of that name, or none that is known."""

    places: tuple[Place, ...]
    text: str
    span: Span
    others: tuple[Place, ...] = ()
    """Where one was taken of several: the others, in case one of those is meant."""


def choose(mentions: Iterable[Mention], taken: Sequence[Span], phrases: Sequence[Span]) -> Named | None:
    """Choose among mentions: postcodes first, then what "near" or "in" stands before, then the last.

    Args:
        mentions: as the place finder saw them.
        taken: what says a time or a condition: "in Polish" is no place.
        phrases: what says a need: the Rugby of a rugby club is none, unless "in" stands before it.
    """
    known = [mention for mention in mentions if mention.places and _stands(mention, taken, phrases)]
    if known:
        best = max(known, key=lambda one: (_sure(one), one.introduced, one.exact, one.start))
        return Named(best.places, best.text, (best.start, best.end), best.instead)
    for mention in mentions:
        if not mention.places and (named := _unknown(mention, (*taken, *phrases))):
            return named
    return None


def _sure(mention: Mention) -> bool:
    return mention.places[0].kind in _EXACT_KINDS


def _stands(mention: Mention, taken: Sequence[Span], phrases: Sequence[Span]) -> bool:
    """Whether no stronger reading of these words exists."""
    span = (mention.start, mention.end)
    if _sure(mention):
        return True
    if any(overlap(span, other) for other in taken):
        return False
    if mention.introduced:
        return True
    return not needs.small(mention.text) and not any(
        overlap(span, other) and not _more(span, other) for other in phrases
    )


def _more(span: Span, other: Span) -> bool:
    """Whether one range holds the other and more: the park of "queens park bedford" is part of a name."""
    return span[0] <= other[0] and other[1] <= span[1] and span != other


def _unknown(mention: Mention, spans: Sequence[Span]) -> Named | None:
    """A name that is not known, cut where something else begins; none where nothing is left of it."""
    end = min([start for start, _ in spans if mention.start <= start < mention.end], default=mention.end)
    if any(start <= mention.start < stop for start, stop in spans):
        return None
    text = mention.text[: max(0, end - mention.start)].strip(" ,.?!'-")
    if not text or _HERE.fullmatch(text) or needs.small(text):
        return None
    return Named((), text[:_LONGEST_NAME], (mention.start, end))
