"""Phrases with kinds of words in them ("{he} hits {me}"), found in one walk over a message."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bots.conversation.words import EATEN, folded, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NUMBER = "{number}"
_END = "{end}"
"""In a phrase: here the message has to end."""
_GAP = ".."
"""In a phrase: here up to `_GAP_WORDS` other words may stand."""
_GAP_WORDS = 3
_MOST = 64
"""Phrases that are looked for in one message: a longer list says nothing new."""


class Heard(NamedTuple):
    """A phrase that was found."""

    key: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class _Node:
    """What may follow the words so far, and what a phrase that ends here leads to."""

    __slots__ = ("key", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.key: str | None = None

    def reached(self) -> list[_Place]:
        """Where a walk stands that has come here: with a gap ahead, in the gap as well."""
        gap = self.next.get(_GAP)
        return [(self, 0)] if gap is None else [(self, 0), (gap, _GAP_WORDS)]


_Place = tuple[_Node, int]
"""A node, and how many other words may stand before the next of its own."""


class Token(NamedTuple):
    """A word of a message that counts."""

    symbols: tuple[str, ...]
    """What the word may stand for in a phrase."""
    start: int
    end: int


class Reader:
    """Cuts a message into words, and says what each may stand for in a phrase.

    Args:
        kinds: the words of each kind: `{he}` is "he", "my husband".
        skipped: words that may stand anywhere between: "my", "really".
        spelt: how a word may be misspelt -> as it is meant, one word or several.
        mend: gives the word that is meant by one that is none; the word itself where it is right.
    """

    def __init__(
        self,
        kinds: Mapping[str, Iterable[str]],
        skipped: Iterable[str],
        spelt: Mapping[str, str],
        mend: Callable[[str], str] = str,
    ) -> None:
        self._mend = mend
        self._meant = lru_cache(maxsize=4096)(self._meanings)
        self._skipped = frozenset(skipped)
        self._spelt = {wrong: tuple(right.split()) for wrong, right in spelt.items()}
        self._kinds: dict[str, tuple[str, ...]] = {}
        for kind, members in kinds.items():
            for member in members:
                self._kinds[member] = (*self._kinds.get(member, ()), f"{{{kind}}}")

    def read(self, text: str) -> list[Token]:
        """The words of a cleaned text, those that count."""
        tokens = []
        for found in _WORD.finditer(folded(text)):
            meanings = self._meant(found.group().replace("'", ""))
            tokens += [Token(symbols, found.start(), found.end()) for symbols in meanings]
        return tokens

    def phrase(self, text: str) -> list[str]:
        """The same for a phrase of a data file."""
        symbols = []
        for token in text.split():
            bare = token.replace("'", "")
            if token.startswith("{") or token == _GAP:
                symbols.append(token)
            elif bare not in self._skipped:
                symbols += [stem(part) for part in self._spelt.get(bare, (bare,))]
        return symbols

    def _meanings(self, word: str) -> tuple[tuple[str, ...], ...]:
        """What each part of a word may stand for; one written together may be two words."""
        meant = self._spelt.get(word)
        parts = meant or ((word,) if word in self._kinds else tuple(map(self._mend, word.split("-"))))
        return tuple(self._symbols(part) for part in parts if part and part not in self._skipped)

    def _symbols(self, word: str) -> tuple[str, ...]:
        number = (_NUMBER,) if word.isdigit() else ()
        return (stem(word), *number, *self._kinds.get(word, ()))


class Patterns:
    """Phrases as a tree of words; a walk costs no more than the phrases that begin alike."""

    def __init__(self, pairs: Iterable[tuple[str, str]], reader: Reader) -> None:
        self._root = _Node()
        for phrase, key in pairs:
            node = self._root
            for symbol in reader.phrase(phrase):
                node = node.next.setdefault(symbol, _Node())
            node.key = node.key or key
        self._root.key = None

    def find(self, tokens: list[Token], text: str) -> list[Heard]:
        """All phrases in what was read of a text, the longest at each word; they may overlap."""
        found = []
        first_words = self._root.next
        for at, token in enumerate(tokens):
            here = [
                place
                for symbol in token.symbols
                if symbol in first_words
                for place in first_words[symbol].reached()
            ]
            if here and (ended := _longest(tokens, at, here)):
                key, last = ended
                if EATEN not in text[token.start : tokens[last].end]:
                    found.append(Heard(key, token.start, tokens[last].end))
                    if len(found) == _MOST:
                        break
        return found


def _longest(tokens: list[Token], at: int, here: list[_Place]) -> tuple[str, int] | None:
    """The key of the longest phrase that goes on from these places, and the token it ends with."""
    best = None
    while here:
        for node, _ in here:
            if node.key is not None:
                best = (node.key, at)
                break
        at += 1
        if at == len(tokens):
            ended = (node.next[_END] for node, _ in here if _END in node.next)
            return next(((node.key, at - 1) for node in ended if node.key), best)
        here = list(_onward(tokens[at], here))
    return best


def _onward(token: Token, here: list[_Place]) -> Iterator[_Place]:
    """Where the walk may stand after one more word."""
    for node, left in here:
        for symbol in token.symbols:
            if symbol in node.next:
                yield from node.next[symbol].reached()
        if left:
            yield node, left - 1
