"""What a sentence takes back: "we do not offer", "we can refer you to", "next to the library".

Each rule gives the words behind a cue, up to the end of the clause, a smaller weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_OFFERED = 0.0
ELSEWHERE = 0.3
"""What others offer: it is named as somewhere to be sent on to, or sent from."""
VENUE = 0.35
"""Where it is held says little of what it is."""
STREET = 0.1
_STREETS = frozenset({
    "street", "road", "lane", "avenu", "row", "close", "hill", "squar", "drive", "gate",
})  # fmt: skip
_REACH = 7
"""How many words behind a cue it speaks about."""
_VENUE_REACH = 5
_NOT = frozenset({
    "not", "cannot", "cant", "dont", "doesnt", "unabl", "arent", "isnt", "wont", "never",
})  # fmt: skip
_OFFERS = frozenset({
    "a", "an", "the", "run", "offer", "provid", "give", "suppli", "abl", "cover", "do", "take",
    "accept", "store", "have", "sell", "deal", "hold", "yet",
})  # fmt: skip
_SENDS = frozenset({
    "refer", "signpost", "point", "direct", "redirect", "introduc", "link",
})  # fmt: skip
_SENT = frozenset({
    "referr",
})  # fmt: skip
_WHERE = frozenset({
    "at", "in", "insid", "by", "behind", "besid", "opposit", "abov", "below", "under", "outsid",
    "near", "next", "beneath", "underneath",
})  # fmt: skip
_ARTICLES = frozenset({
    "the", "our", "your", "a", "local", "to", "of", "any",
})  # fmt: skip
_BREAKS = frozenset({
    "but", "although", "howev", "except",
})  # fmt: skip
_CUES = _NOT | _SENDS | _SENT | _WHERE


def weights(sentence: Sequence[str], *, is_name: bool = False) -> list[float] | None:
    """What each stem of a sentence counts for, 1 where nothing is taken back; None where nothing is.

    In the name of a service a street is no more than where it is: "Market Street Youth Space".
    """
    if is_name:
        return _weights_in_name(sentence)
    if _CUES.isdisjoint(sentence):
        return None
    found = [1.0] * len(sentence)
    for place, stem in enumerate(sentence):
        if stem in _CUES:
            weight, first, reach = _said(sentence, place)
            for at in range(first, min(first + reach, len(sentence))):
                if sentence[at] in _BREAKS:
                    break
                found[at] = min(found[at], weight)
    return found


def _weights_in_name(name: Sequence[str]) -> list[float] | None:
    if _STREETS.isdisjoint(name):
        return None
    found = [1.0] * len(name)
    for place, stem in enumerate(name):
        if stem in _STREETS and place:
            found[place - 1] = found[place] = STREET
    return found


def _said(sentence: Sequence[str], place: int) -> tuple[float, int, int]:
    """What the cue at a place gives the words behind it: weight, first word, how many."""
    stem, behind = sentence[place], sentence[place + 1 : place + 5]
    if stem in _NOT and behind and behind[0] in _OFFERS:
        return NOT_OFFERED, place + 1, _REACH
    if stem in _SENDS and "to" in behind:
        first = place + 2 + behind.index("to")
        if first < len(sentence) and sentence[first] not in ("us", "me", "our"):
            return ELSEWHERE, first, _REACH
    if stem in _SENT and behind and behind[0] in ("from", "by", "via", "through"):
        return ELSEWHERE, place + 2, _REACH
    if stem in _WHERE and behind and behind[0] in _ARTICLES:
        return VENUE, place + 2, _VENUE_REACH
    return 1.0, place, 0
