"""Everything that one message says, taken apart: place, then time, then conditions, then need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.conversation import asides, conditions, covered, mending, needs, times, whereabouts
from bots.conversation.words import blank, folded, overlap
from directory.places.place import Kind

if TYPE_CHECKING:
    from bots.conversation.conditions import Wish
    from bots.conversation.ports import Ports, Vocabulary
    from bots.conversation.state import Wanted
    from bots.conversation.times import Time
    from bots.conversation.whereabouts import Named
    from directory.places.place import Mention

_FOLLOW_UP = re.compile(
    r"(?:(?:and|n|but|or|also|plus|ok|okay|so)\s+)?(?:what|how) (?:about|abt|bout)\b"
    r"|(?:and|n|but|or|also|plus|same)\b"
)
_ADDS = re.compile(
    r"(?:(?:no|nope|sorry|soz|oops|wait|actually|oh|ok|okay|ah|well|and|but|also|n|same|yes|yeah)\b[ ,.!-]*)*"
    r"(?:i me(?:ant|an)|i'?ve|i have|i (?:don'?t|do not)|not got|have ?n'?t|it'?s|this is|he'?s|he is"
    r"|she'?s|she is"
    r"|they'?re|they are|i'?m|i am|i need|for (?:my|women|men|girls|boys|ladies"
    r"|an?|me|him|her|them|us|under|over)|can (?:someone|they"
    r"|it|i)|any(?:thing)?"
    r"|in|near|with|without|only|to|my (?:mum|dad|son|daughter|nan|gran|kid|partner|husband|wife)|we)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one message."""

    named: Named | None
    time: Time | None
    wishes: tuple[Wish, ...]
    wanted: Wanted
    follows: bool
    """It is worded as a follow-up."""
    left: str
    """The text without place, time and conditions."""
    adds: bool = False
    """It names no need, and is worded as what is said besides one: "sorry i meant for my nephew in leeds"."""


async def read(
    text: str, near: tuple[float, float] | None, ports: Ports, *, goes_on: bool = False
) -> Reading:
    """Take a cleaned message apart, misspelt words mended but for the names of places.

    Args:
        text: a cleaned message.
        near: where the person is, as far as that is known.
        ports: what is asked.
        goes_on: whether a need is known already, so that this may say something besides it.
    """
    vocabulary = await ports.search.vocabulary()
    mentions = await _mentions(text, near, vocabulary, ports)
    places = [(mention.start, mention.end) for mention in mentions]
    better = mending.mended(text, places, lambda word: vocabulary.match((word,)))
    if better != text:
        text, mentions = better, await _mentions(better, near, vocabulary, ports)
    phrases = needs.phrases(text)
    spans = tuple(phrase.span for phrase in phrases)
    aside = asides.find(folded(text))
    time = times.find(blank(text, (*spans, *aside)), ports.now, ports.timezone)
    asked = conditions.outside(conditions.find(text), time.spans if time else ())
    own = [span for span in spans if not any(overlap(span, wish.span) for wish in asked)]
    adds = goes_on and not own and _ADDS.match(folded(text)) is not None
    wishes = asked if adds else conditions.outside(asked, spans)
    taken = (*(time.spans if time else ()), *(wish.span for wish in wishes))
    named = whereabouts.choose(mentions, taken, spans)
    eaten = (*taken, *aside, *((named.span,) if named else ()))
    found = tuple(phrase for phrase in phrases if named is None or not _within(phrase.span, named.span))
    left = blank(text, eaten)
    return Reading(
        named=named,
        time=time,
        wishes=wishes,
        wanted=needs.wanted(found, left, vocabulary),
        follows=_FOLLOW_UP.match(folded(text)) is not None,
        left=left,
        adds=adds and bool(named or time or wishes),
    )


async def _mentions(
    text: str, near: tuple[float, float] | None, vocabulary: Vocabulary, ports: Ports
) -> list[Mention]:
    """The places named: of namesakes the one that the directory serves, where that is one alone."""
    found = likely(await ports.places.scan(text, near=near), vocabulary)
    return await covered.settled(found, ports.search)


def likely(mentions: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """The places without what only resembles one: a word that is right, or a slip of another word."""
    return [one for one in mentions if one.exact or one.introduced or not _is_word(one, vocabulary)]


def _is_word(mention: Mention, vocabulary: Vocabulary) -> bool:
    places = mention.places or mention.instead
    if not places or places[0].kind in (Kind.POSTCODE, Kind.SECTOR, Kind.OUTCODE):
        return False
    return mending.is_word(mention.text) or bool(vocabulary.match((folded(mention.text),)))


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]
