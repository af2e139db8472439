"""A set of phrases, each leading to a key, found in a message whatever small words stand between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.conversation.words import EATEN, Span, Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "some",
        "any",
        "my",
        "our",
        "your",
        "to",
        "of",
        "for",
        "with",
        "and",
        "is",
        "are",
        "am",
        "i",
        "im",
    ]
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found."""

    key: str
    start: int
    end: int
    size: int = 1
    """Of how many words that count."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


class Phrases:
    """Phrases by their stems, so that from each word on the longest one that fits wins."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, key); of two phrases that are alike the first counts."""
        self._keys, self._longest = table(pairs)

    @classmethod
    def ready(cls, keys: dict[str, str], longest: dict[str, int]) -> Phrases:
        """Phrases from what `table` made before."""
        phrases = cls(())
        phrases._keys, phrases._longest = keys, longest
        return phrases

    def find(self, text: str) -> tuple[Phrase, ...]:
        """All phrases in the text, from left to right, none overlapping another."""
        content = _content(words(text))
        stems = [word.stem for word in content]
        found: list[Phrase] = []
        at = 0
        while at < len(stems):
            step = 1
            for size in range(min(self._longest.get(stems[at], 0), len(stems) - at), 0, -1):
                key = self._keys.get(" ".join(stems[at : at + size]))
                if key is not None:
                    start, end = content[at].start, content[at + size - 1].end
                    if EATEN not in text[start:end]:
                        found.append(Phrase(key, start, end, size))
                        step = size
                        break
            at += step
        return tuple(found)


def table(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, int]]:
    """What `Phrases` looks things up in.

    Returns:
        From the stems of a phrase, parted by blanks, to its key; and from the first stem to the most words
        that a phrase beginning so has.
    """
    keys: dict[str, str] = {}
    longest: dict[str, int] = {}
    for phrase, key in pairs:
        stems = content_stems(phrase)
        keys.setdefault(" ".join(stems), key)
        longest[stems[0]] = max(longest.get(stems[0], 0), len(stems))
    return keys, longest


def content_stems(phrase: str) -> tuple[str, ...]:
    """The stems by which a phrase is found: small words left out."""
    return tuple(word.stem for word in _content(words(phrase)))


def _content(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave the fillers out, unless there is nothing else."""
    return tuple(word for word in found if word.text not in _FILLERS) or found
