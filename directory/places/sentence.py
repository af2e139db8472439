"""A message as the scanner of names sees it: its words, and how they are written. PURE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.places.names import Token, tokens
from directory.places.vocabulary import everyday, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence


class Sentence:
    """One message on its way through: its words, and how it is written."""

    def __init__(self, message: str, taken: Sequence[tuple[int, int]] = ()) -> None:
        self.text = message
        self.tokens: list[Token] = tokens(message)
        self.keys = [token.key for token in self.tokens]
        self.free = [not any(s < t.end and t.start < e for s, e in taken) for t in self.tokens]
        capitals = sum(map(self._upper, range(len(self.tokens))))
        self._cased = capitals * 2 <= len(self.tokens) or len(self.tokens) == 1

    def _upper(self, index: int) -> bool:
        return self.text[self.tokens[index].start].isupper()

    def breaks(self, index: int) -> bool:
        """Whether a sentence or a clause ends right before this word."""
        if index == 0 or index >= len(self.tokens):
            return True
        between = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return any(char in ".,;:!?\n()" for char in between)

    def capital(self, first: int, end: int) -> bool:
        """Whether these words are marked as a name by their capitals alone."""
        start = first == 0 or self.text[: self.tokens[first].start].rstrip()[-1:] in ".!?\n"
        follows = end < len(self.tokens) and not self.breaks(end) and self._upper(end)
        return self._cased and not start and not follows and self._upper(first)

    def joined(self, first: int, end: int) -> bool:
        """Whether these words follow each other with nothing but spaces and hyphens between."""
        return all(self.free[first:end]) and not any(self.breaks(i) for i in range(first + 1, end))

    def introduction(self, first: int) -> str:
        """The word such as "near" that stands before, or ""."""
        index = first - 1
        while index >= 0 and self.keys[index] in word_set("between") - {"to"} and not self.breaks(index + 1):
            index -= 1
        if index < 0 or self.breaks(index + 1):
            return ""
        word = self.keys[index]
        if word == "to" and index and self.keys[index - 1] in ("close", "next", "near", "nearest", "closest"):
            return "near"
        return word if word in word_set("strong") or word in word_set("weak") else ""


def unheard(word: str) -> bool:
    """Whether a word is neither an everyday one nor one that leads to a place."""
    return word not in everyday() and word not in word_set("strong") and word not in word_set("weak")


def placed(sentence: Sentence, first: int, end: int) -> bool:
    """Whether where a name stands makes it a place: alone, last behind what is needed, or first before it."""
    keys = sentence.keys
    if len(keys) == end - first:
        return True
    if sentence.breaks(end) and not sentence.breaks(first):
        return keys[first - 1] in word_set("needs") or keys[first - 1] in ("at", "from")
    return first == 0 and (keys[end] in word_set("first") or keys[end : end + 2] == ["food", "bank"])


def last(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a name ends a sentence or a clause behind other words, none of which says whose name it is."""
    if first == 0 or not sentence.breaks(end) or sentence.breaks(first):
        return False
    return sentence.keys[first - 1] not in word_set("persons")
