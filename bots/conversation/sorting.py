"""Sorts a record into the needs it serves, once, when it is read in: a question then only looks them up.

A record is judged by what it says and where: its name before its description, the beginning before the
end, words that stand together before words that are scattered. What is taken back ("we do not offer") does
not count, what is only mentioned counts less, and what is part of something more particular ("garden" in
"garden waste") hardly at all.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from bots.conversation import cues, guessing, lexicon
from bots.conversation.evidence import OWN_NAMES, Ways, ways_of
from directory.search.sorting import Strength
from directory.search.stemming import stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from directory.search.sorting import Stems, Told

SORTING_VERSION = 3
"""Raised whenever the judgement changes, so that directories are sorted anew."""
MOST_SURE, MOST_OTHERS = 4, 6
SURE, LIKELY, PERHAPS = 0.95, 0.4, 0.2
"""From how much evidence on a need is served so surely."""
SURE_BESIDE, LIKELY_BESIDE, PERHAPS_BESIDE = 0.55, 0.25, 0.2
"""And from how much of the best need's."""
FILED, NEARLY_FILED = 2.0, 1.6
"""What a taxonomy term says that means the need, or has its words."""
IN_NAME, IN_ELIGIBILITY, IN_ORGANIZATION = 1.5, 0.5, 0.4
ORDER = (1.0, 0.9, 0.8, 0.7)
"""What the sentences of a description count for; the last holds for all further ones."""
CLOSE, NEAR = 4, 12
"""So many other words may stand among those that mean a need together, or at least belong together."""
APART, SCATTERED = 0.75, 0.5
"""What those count for that only belong together, or stand anywhere in a short text."""
SHORT = 30
"""Words of a short text; in a longer one words that are scattered mean so much less."""
PART_OF = 0.25
"""What counts of words that are part of a longer way to say another need."""
RESEMBLES, RESEMBLING = 0.15, 1.0
"""How likely a need must be by how a record sounds, and what that counts for where it is certain."""
OWN_WORDS = 0.5
"""What counts for less by the cues around it says nothing of how a record sounds."""
MOST_SENTENCES = 6
"""Sentences that are listened to."""
WIDER, WIDER_AT_MOST = 0.4, 0.9
"""What speaks for a need speaks so far, and no further, for the need that it is a part of."""
AGAIN = 0.5
"""What the second piece of evidence adds; the third adds this much of that, and so on."""

_Piece = tuple[str, int, float]
"""A need, a bit for each word that speaks for it, and how much that weighs."""


def sort(told: Told) -> list[tuple[str, Strength]]:
    """The needs that a record serves, the best served first."""
    ranked = sorted(evidence(told).items(), key=lambda item: (-item[1], item[0]))
    best = ranked[0][1] if ranked else 0.0
    graded = [
        (need, strength) for need, weight in ranked if (strength := _strength(weight, best)) is not None
    ]
    sure = [one for one in graded if one[1] is Strength.SURE][:MOST_SURE]
    return sure + [one for one in graded if one[1] is not Strength.SURE][:MOST_OTHERS]


def fingerprint() -> str:
    """What the sorting goes by: another one, and a directory has to be sorted anew."""
    said = (lexicon.written(), guessing.written(), bytes([SORTING_VERSION]))
    return blake2b(b"".join(said), digest_size=8).hexdigest()


def evidence(told: Told) -> dict[str, float]:
    """How much speaks for each need."""
    found: dict[str, list[float]] = {}
    for need, _, weight in _unshadowed(_pieces(told)):
        found.setdefault(need, []).append(weight)
    for term in told.terms:
        for need, weight in filed_under(term):
            found.setdefault(need, []).append(weight)
    for need, likely in guessing.resembles(_own(told)):
        if likely >= RESEMBLES:
            found.setdefault(need, []).append(RESEMBLING * likely)
    said = {need: _together(weights) for need, weights in found.items()}
    wider = [(need, weight) for need, weight in said.items() if weight >= SURE]
    for need, weight in wider:
        for other in lexicon.needs()[need].broader[:1]:
            said[other] = max(said.get(other, 0.0), min(weight * WIDER, WIDER_AT_MOST))
    return said


def _own(told: Told) -> Iterable[Stems]:
    """What it says of itself: without what it takes back, and where it is held."""
    for number, part in enumerate((told.name, *told.sentences[:MOST_SENTENCES])):
        counted = cues.weights(part, is_name=number == 0)
        yield (
            part
            if counted is None
            else [stem for stem, weight in zip(part, counted, strict=True) if weight > OWN_WORDS]
        )


def _strength(weight: float, best: float) -> Strength | None:
    if weight >= max(SURE, best * SURE_BESIDE):
        return Strength.SURE
    if weight >= max(LIKELY, best * LIKELY_BESIDE):
        return Strength.LIKELY
    return Strength.PERHAPS if weight >= max(PERHAPS, best * PERHAPS_BESIDE) else None


def _parts(told: Told) -> Iterable[tuple[Stems, float]]:
    yield told.name, IN_NAME
    for place, sentence in enumerate(told.sentences):
        yield sentence, ORDER[min(place, len(ORDER) - 1)]
    yield told.eligibility, IN_ELIGIBILITY
    if told.organization != told.name:
        yield told.organization, IN_ORGANIZATION


def _pieces(told: Told) -> list[_Piece]:
    """Every way to say a need that a record has."""
    where: dict[str, list[int]] = {}
    worth: list[float] = []
    sentence: list[int] = []
    for number, (part, share) in enumerate(_parts(told)):
        counted = cues.weights(part, is_name=number == 0)
        for place, stem in enumerate(part):
            where.setdefault(stem, []).append(len(worth))
            worth.append(share * counted[place] if counted else share)
            sentence.append(number)
    ways, scattered = _ways(), SCATTERED * min(1.0, SHORT / max(len(worth), 1))
    pieces: list[_Piece] = []
    for stem in where.keys() & ways.keys():
        alone, beside = ways[stem]
        places = where[stem]
        for need, _, weight in alone:
            place = max(places, key=worth.__getitem__) if len(places) > 1 else places[0]
            pieces.append((need, 1 << place, weight * worth[place]))
        for other in beside.keys() & where.keys():
            for need, others, weight in beside[other]:
                if others and not all(one in where for one in others):
                    continue
                held = [where[other], *(where[one] for one in others)]
                share, bits = _closest(places, held, worth, sentence, scattered)
                if share:
                    pieces.append((need, bits, weight * share))
    return pieces


def _closest(
    places: list[int], others: list[list[int]], worth: list[float], sentence: list[int], scattered: float
) -> tuple[float, int]:
    """What words count for where they stand closest together, and a bit for each."""
    best, bits = 0.0, 0
    for place in places:
        stand = [place, *(held[0] if len(held) == 1 else _nearest(held, place) for held in others)]
        first, last = min(stand), max(stand)
        share = min([worth[one] for one in stand])
        between = last - first - len(stand)
        if between >= NEAR or sentence[first] != sentence[last]:
            share *= scattered
        elif between >= CLOSE:
            share *= APART
        if share > best:
            best, bits = share, 0
            for one in stand:
                bits |= 1 << one
    return best, bits


def _nearest(places: list[int], place: int) -> int:
    return min(places, key=lambda one: abs(one - place))


def _unshadowed(pieces: list[_Piece]) -> Iterable[_Piece]:
    """Let what is part of something more particular count little; of the same words, only the best."""
    best: dict[tuple[str, int], float] = {}
    for need, places, weight in pieces:
        if weight > best.get((need, places), 0.0):
            best[need, places] = weight
    wholes: dict[int, list[tuple[int, str]]] = {}
    for need, places in best:
        rest = places if places & (places - 1) else 0
        while rest:
            wholes.setdefault(rest & -rest, []).append((places, need))
            rest &= rest - 1
    for (need, places), weight in best.items():
        part = False
        for whole, other in wholes.get(places & -places, ()):
            if places & whole == places != whole and other != need:
                part = True
                break
        yield need, places, weight * PART_OF if part else weight


def _together(weights: list[float]) -> float:
    total, share = 0.0, 1.0
    for weight in sorted(weights, reverse=True):
        total += weight * share
        share *= AGAIN
    return total


@cache
def _ways() -> dict[str, Ways]:
    return ways_of(lexicon.needs().values())


@lru_cache(maxsize=65_536)
def filed_under(term: str) -> tuple[tuple[str, float], ...]:
    """The needs that a taxonomy term means by its name, else those whose words it has."""
    held = frozenset(stems(term))
    meant = _filed().get(term, ())
    found = dict.fromkeys(meant, FILED)
    for need, ways in _near_terms():
        if need not in found and any(way <= held for way in ways):
            found[need] = NEARLY_FILED if not meant else LIKELY
    return tuple(found.items())


@cache
def _filed() -> dict[str, tuple[str, ...]]:
    """The needs that the name of a taxonomy term means."""
    found: dict[str, dict[str, None]] = {}
    for entry in lexicon.needs().values():
        for term in entry.terms:
            found.setdefault(term, {})[entry.id] = None
    return {term: tuple(needs) for term, needs in found.items()}


@cache
def _near_terms() -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """The ways by which terms of a directory's own are found, of each need."""
    return tuple(
        (
            entry.id,
            tuple(
                frozenset(stems(way))
                for place, way in enumerate(entry.near_terms)
                if place < OWN_NAMES or " " in way
            ),
        )
        for entry in lexicon.needs().values()
    )
