"""Misspelt words mended to the one word of the lexicon that is meant: never a real word, never on a guess."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bots.conversation import lexicon
from bots.conversation.sounding import cost, sound
from bots.conversation.words import overlap, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from bots.conversation.words import Span

SHORTEST = 5
"""Shorter words have too many neighbours."""
LONG = 8
"""From here on two slips are mended, before it one."""
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "able", "est", "man", "men")
_ALIKE = ({"c", "s"}, {"s", "z"}, {"c", "k"}, {"g", "j"}, {"v", "f"})
"""Consonants that are taken for one another."""
_DOUBLING = frozenset({"ed", "ing", "er", "ers"})
_ONE_CONSONANT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")
"""Before these endings the last letter is doubled: "swiming" is no form of "swim"."""
_VOWELS = frozenset("aeiouy")
_FAR = ((LONG, 1.05), (6, 0.85))
"""How unlike two words of so many letters may sound."""
_SPELLING = 0.45
"""What a slip counts for beside the sound."""
CLEARLY = 0.15
"""How much worse the next word has to be."""
MOST_MENDED = 8
"""Words looked at in one message."""


def mended(text: str, keep: Collection[Span] = (), own: Callable[[str], object] | None = None) -> str:
    """Mend the misspelt words of a cleaned text.

    Args:
        text: a cleaned message.
        keep: what is not touched: names of places.
        own: whether the directory itself uses a word, which is then right as it stands.
    """
    found = [word for word in words(text) if unknown(word.text)][:MOST_MENDED]
    if not found:
        return text
    for word in reversed(found):
        if any(overlap((word.start, word.end), span) for span in keep) or (own and own(word.text)):
            continue
        if better := meant(word.text):
            text = text[: word.start] + better + text[word.end :]
    return text


@lru_cache(maxsize=4096)
def meant(word: str) -> str | None:
    """The one word of the lexicon that a folded word is a slip of; None where it is not sure.

    One slip is mended, in a long word two, and more where both sound nearly the same. Of several words
    the one that sounds most like it is meant, if none other comes near it.
    """
    costs: dict[str, tuple[float, str]] = {}
    for other in _near(word):
        apart = _apart(word, other) + _SPELLING * OSA.distance(word, other)
        need = lexicon.made()["phrases"].get(stem(other), stem(other))
        costs[need] = min((apart, other), costs.get(need, (apart, other)))
    ranked = sorted(costs.values())
    if not ranked:
        return meant(word[:-1]) if word.endswith("s") and len(word) > SHORTEST + 1 else None
    sure = len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= CLEARLY
    return ranked[0][1] if sure else None


def _apart(word: str, other: str) -> float:
    """How unlike two words are, by sound or by letters."""
    return min(cost(sound(word), sound(other)), cost(word, other))


def _near(word: str) -> list[str]:
    """Words that a word may be a slip of, by its letters or by its sound."""
    most = 2 if len(word) >= LONG else 1
    far = next((cost for length, cost in _FAR if len(word) >= length), 0.0)
    alike = extract(word, list(_beginning(word)), scorer=OSA.distance, score_cutoff=most, limit=None)
    found = [
        other
        for other, slips, _ in alike
        if (slips == 1 and not _another(word, other)) or (slips > 1 and _apart(word, other) <= far)
    ]
    heard = sound(word)
    said = _by_sound().get(heard[:1], {})
    for other, _, _ in extract(heard, list(said), scorer=OSA.distance, score_cutoff=2, limit=12):
        if cost(heard, other) <= far:
            found += said[other]
    return found


def _another(word: str, other: str) -> bool:
    """Whether one consonant for another makes two words: a spanner is no scanner."""
    if len(word) != len(other):
        return False
    apart = [(one, two) for one, two in zip(word, other, strict=True) if one != two]
    return len(apart) == 1 and not (set(apart[0]) & _VOWELS) and set(apart[0]) not in _ALIKE


def slip_of(word: str, among: Collection[str]) -> str:
    """The one of some words that a folded word is a slip of, by its letters alone; else the word itself."""
    if not unknown(word):
        return word
    most = 2 if len(word) >= LONG else 1
    alike = [other for other in among if other[0] == word[0]]
    near = extract(word, alike, scorer=OSA.distance, score_cutoff=most, limit=2)
    return near[0][0] if len(near) == 1 or (near and near[0][1] < near[1][1]) else word


def unknown(word: str) -> bool:
    """Whether a word may be misspelt: long enough, letters only, and in no list."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return False
    known = _known()
    if word in known:
        return False
    return not any(base in known for base in _bases(word)) or _single(word) is not None


def _single(word: str) -> str | None:
    """The word of the lexicon that is written with a letter twice: "carrers" is no form of "car"."""
    once = (word[:at] + word[at + 1 :] for at in range(2, len(word)) if word[at] == word[at - 1])
    return next((one for one in once if one in _targets()), None)


def is_word(text: str) -> bool:
    """Whether each word of a text is known, or misspelt a word that is: then it is no misspelt place."""
    return all(_plainly(word.text) or (unknown(word.text) and meant(word.text)) for word in words(text))


def _plainly(word: str) -> bool:
    """Whether a word is known, or the simplest form of one: "headingly" may be more than a heading."""
    known = _known()
    forms = (word[: -len(ending)] for ending in ("s", "es", "d", "ed", "ing") if word.endswith(ending))
    return word in known or any(form in known for form in forms)


def _bases(word: str) -> Iterable[str]:
    """What a word may be a form of: "parked" of "park", "dancing" of "dance", "running" of "run"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            base = word[: -len(ending)]
            if ending in _DOUBLING and _ONE_CONSONANT.fullmatch(base):
                continue
            yield base
            yield base + "e"
            if base[-1] == base[-2]:
                yield base[:-1]
            if base[-1] == "i":
                yield base[:-1] + "y"


def _beginning(word: str) -> Iterable[str]:
    by_first = _by_first()
    other = by_first.get(word[1], ()) if word[1] != word[0] else ()
    return (*by_first.get(word[0], ()), *(one for one in other if one[1] == word[0]))


@cache
def _known() -> frozenset[str]:
    real = (word for line in lexicon.lines("real.txt") for word in line.split())
    return frozenset((*lexicon.made()["known"], *real))


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    return _grouped(lambda word: word[0])


@cache
def _targets() -> frozenset[str]:
    return frozenset(lexicon.made()["mended_to"])


@cache
def _by_sound() -> dict[str, dict[str, tuple[str, ...]]]:
    """Words by their sound, and these by their first letter."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for heard, held in _grouped(sound).items():
        found.setdefault(heard[:1], {})[heard] = held
    return found


def _grouped(key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in lexicon.made()["mended_to"]:
        found.setdefault(key(word), []).append(word)
    return {name: tuple(held) for name, held in found.items()}
