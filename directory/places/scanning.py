"""Place names within a sentence: which words are one, and which only look like one. PURE.

A name that is no ordinary word counts wherever it stands; one that is ("Reading", "Hope") only where
something says that it is a place: a word such as "in" or "near" before it, a capital, or its position.
After such a word a misspelt name is mended, and what is not known at all is handed back as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from directory.places.choosing import bearing
from directory.places.naming import BEFORE_AUTHORITY, authority_named, narrow
from directory.places.sentence import last, placed, unheard
from directory.places.vocabulary import Ordinary, ordinary, word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.places.atlas import Atlas, Entry
    from directory.places.mending import Mending
    from directory.places.sentence import Sentence

LONGEST_UNKNOWN = 3
LONGEST_QUALIFIER = 4
KNOWN_WIDELY = 4_000
"""People in a place that is looked for where nothing says that a misspelt word is a place."""
SHORTEST_EDGE = 6
"""With nothing that says it is a place, a shorter word is not mended."""
SHORTEST_INNER = 7
"""Nor is one within the message that is shorter than this."""
MOST_INNER = 6
"""Words within a message that are tried."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the message that name a place, or look as if they did."""

    first: int
    end: int
    """Half-open range of tokens."""
    entries: tuple[Entry, ...]
    introduced: bool
    exact: bool
    key: str = ""
    """The folded name."""


class Scanner:
    """Finds names of the tables and of what was learnt."""

    def __init__(self, atlas: Atlas, mending: Mending, learnt: Mapping[str, tuple[Entry, ...]]) -> None:
        self._atlas = atlas
        self._mending = mending
        self._learnt = learnt
        self._first = dict(atlas.first_words)
        for key in learnt:
            words = key.split(" ")
            self._first[words[0]] = max(self._first.get(words[0], 0), len(words))

    def learnt(self, key: str) -> tuple[Entry, ...]:
        """Learnt neighbourhoods of one folded name."""
        return self._learnt.get(key, ())

    def named(self, key: str) -> list[Entry]:
        """All places of one folded name."""
        found = bearing(self._atlas, key) if self._atlas.knows(key) else []
        return [*found, *self._learnt.get(key, ())]

    def spans(self, sentence: Sentence) -> list[Span]:
        """What is named, in order, the longest first where names overlap."""
        found: list[Span] = []
        index = 0
        while index < len(sentence.keys):
            span = (
                self._borough(sentence, index)
                or self._known(sentence, index)
                or self._unknown(sentence, index)
            )
            if span is not None:
                found.append(span)
            index = max(index + 1, span.end if span else 0)
        found = [self._slip_before(sentence, span) for span in joined(self._atlas, found)]
        apart = [span for span, after in pairwise(found) if span.end <= after.first]
        return [*apart, found[-1]] if found else self._misspelt(sentence)

    def _known(self, sentence: Sentence, first: int) -> Span | None:
        longest = self._first.get(sentence.keys[first], 0)
        for end in range(min(first + longest, len(sentence.keys)), first, -1):
            key = " ".join(sentence.keys[first:end])
            if not (self._atlas.knows(key) or key in self._learnt) or not sentence.joined(first, end):
                continue
            if self._is_road(sentence, first, end):
                return self._road(sentence, first, end + 1)
            span = self._extended(sentence, first, end, self.named(key))
            if span.end > end or self._counts(sentence, key, first, end):
                return span
        return None

    def _borough(self, sentence: Sentence, first: int) -> Span | None:
        """An authority by its style: "London Borough of Lambeth", "City of Bradford"."""
        for style in BEFORE_AUTHORITY:
            name = first + len(style)
            if tuple(sentence.keys[first:name]) != style or name >= len(sentence.keys):
                continue
            for end in range(min(name + LONGEST_QUALIFIER, len(sentence.keys)), name, -1):
                entries = authority_named(self._atlas, sentence.keys[first:end])
                if entries and sentence.joined(first, end):
                    return self._span(sentence, first, end, entries)
        return None

    def _counts(self, sentence: Sentence, key: str, first: int, end: int) -> bool:
        """Whether a known name is meant as a place here."""
        if not self._atlas.knows(key) and not self._well_learnt(key):
            edge = first == 0 or end == len(sentence.keys)
            once = edge and any(entry.people for entry in self.learnt(key))
            return once or sentence.introduction(first) in word_set("strong")
        level = ordinary().get(key, Ordinary.SOFT if len(key) <= 3 else Ordinary.NOT)
        if level is Ordinary.NOT:
            return True
        before = sentence.introduction(first)
        if before in word_set("near"):
            return True
        capital = sentence.capital(first, end)
        if level is Ordinary.NAME and last(sentence, first, end):
            return True
        if level in (Ordinary.NAME, Ordinary.SOFT):
            return before in word_set("strong") or capital or placed(sentence, first, end)
        return level is Ordinary.HARD and bool(before) and capital

    def _is_road(self, sentence: Sentence, first: int, end: int) -> bool:
        return (
            end < len(sentence.keys)
            and sentence.keys[end] in word_set("roads")
            and sentence.joined(first, end + 1)
        )

    def _road(self, sentence: Sentence, first: int, end: int) -> Span | None:
        introduced = bool(sentence.introduction(first))
        return Span(first, end, (), introduced, exact=True) if introduced else None

    def _extended(self, sentence: Sentence, first: int, end: int, entries: list[Entry]) -> Span:
        """Take in what tells which of the namesakes is meant: "Newport, Wales", "Leeds council"."""
        keys = sentence.keys
        for stop in range(min(end + 2, len(keys)), end, -1):
            if keys[stop - 1] in ("council", "borough") and sentence.joined(first, stop):
                entries = authority_named(self._atlas, keys[first:stop]) or entries
                return self._span(sentence, first, stop, entries)
        begin = end + 1 if end < len(keys) and keys[end] == "in" else end
        for stop in range(min(begin + LONGEST_QUALIFIER, len(keys)), begin, -1):
            if sentence.joined(begin, stop) and sentence.free[begin]:
                found = narrow(self._atlas, entries, " ".join(keys[begin:stop]))
                if found:
                    return self._span(sentence, first, stop, found)
        return self._span(sentence, first, end, entries)

    def _span(self, sentence: Sentence, first: int, end: int, entries: list[Entry]) -> Span:
        key = " ".join(sentence.keys[first:end])
        return Span(first, end, tuple(entries), bool(sentence.introduction(first)), exact=True, key=key)

    def _unknown(self, sentence: Sentence, first: int) -> Span | None:
        """After "near" or "in": a name spelt wrongly, or one that is not known."""
        if sentence.introduction(first) not in word_set("strong") or not sentence.free[first]:
            return None
        words = [sentence.keys[first]]
        if (
            len(words[0]) < 3
            or not unheard(words[0])
            or words[0] in word_set("between")
            or words[0] in ordinary()
        ):
            return None
        end = first + 1
        while (
            end < len(sentence.keys) and end - first < LONGEST_UNKNOWN and self._goes_on(sentence, first, end)
        ):
            end += 1
        for stop in range(end, first, -1):
            key = " ".join(sentence.keys[first:stop])
            if mended := self.mended(key, sure=True):
                return Span(first, stop, mended, introduced=True, exact=False, key=key)
        final = end == len(sentence.keys) or sentence.breaks(end)
        if not any(c.isdigit() for c in words[0]) and (final or sentence.capital(first, end)):
            return Span(first, end, (), introduced=True, exact=True)
        return None

    def _goes_on(self, sentence: Sentence, first: int, end: int) -> bool:
        word = sentence.keys[end]
        road = word in word_set("roads")
        return (unheard(word) or road) and sentence.joined(first, end + 1)

    def mended(self, key: str, *, sure: bool = True) -> tuple[Entry, ...]:
        """Places of the names most like a misspelt one; a village only where it is very like."""
        names, very_like = self._mending.mend(key, sure=sure)
        entries = [entry for name in names for entry in self.named(name)]
        return tuple(e for e in entries if very_like or e.people >= KNOWN_WIDELY)

    def _well_learnt(self, key: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.learnt(key) if entry.people > 1)

    def _may_be_misspelt(self, word: str) -> bool:
        return unheard(word) and word not in word_set("roads") and not self._atlas.knows(word)

    def _slip_before(self, sentence: Sentence, span: Span) -> Span:
        """A town with a misspelt neighbourhood of its own right before it: "headingly leeds"."""
        first = span.first - 1
        if first < 0 or not span.key or not span.entries or not sentence.joined(first, span.end):
            return span
        word = sentence.keys[first]
        if len(word) < SHORTEST_EDGE or word in ordinary() or not self._may_be_misspelt(word):
            return span
        named = (narrow(self._atlas, self.named(name), span.key) for name in self._mending.slip(word))
        within = next(filter(None, named), None)
        introduced = bool(sentence.introduction(first))
        return Span(first, span.end, tuple(within), introduced, exact=False) if within else span

    def _misspelt(self, sentence: Sentence) -> list[Span]:
        """A message that names nothing may hold a misspelt name, most likely at its end: "shed brixten".

        One of a small place alone comes without places: it counts only where the directory serves it.
        """
        count = len(sentence.keys)
        edges = [(count - 2, count), (count - 1, count), (0, 2), (0, 1)]
        inner = [(first, first + 1) for first in range(count - 2, 0, -1)][:MOST_INNER]
        small: list[Span] = []
        for first, end in (*edges, *inner):
            if first < 0 or end > count or not all(map(self._may_be_misspelt, sentence.keys[first:end])):
                continue
            key = " ".join(sentence.keys[first:end])
            least = SHORTEST_EDGE if (first, end) in edges else SHORTEST_INNER
            if len(key) < least or key in ordinary() or not sentence.joined(first, end):
                continue
            if entries := self._slip(key):
                return [Span(first, end, entries, introduced=False, exact=False, key=key)]
            if not small and self.alike(key):
                small.append(Span(first, end, (), introduced=False, exact=False, key=key))
        return small

    def alike(self, key: str) -> tuple[Entry, ...]:
        """Places of every name that a word may be a slip of, whatever their size."""
        return tuple(entry for name in self._mending.alike(key) for entry in self.named(name))

    def _slip(self, key: str) -> tuple[Entry, ...]:
        """Places of some size, or well learnt, of which a word is a slip."""
        found: list[Entry] = []
        for name in self._mending.slip(key):
            found += bearing(self._atlas, name) if self._atlas.knows(name) else ()
            found += [replace(entry, people=KNOWN_WIDELY) for entry in self._well_learnt(name)]
        return tuple(found) if any(entry.people >= KNOWN_WIDELY for entry in found) else ()


def joined(atlas: Atlas, spans: Sequence[Span]) -> list[Span]:
    """A town right before one of its neighbourhoods tells which is meant: "bedford queens park"."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before is not None and before.entries and span.entries and before.end == span.first:
            within = narrow(atlas, span.entries, before.key)
            if within:
                found[-1] = replace(
                    span, first=before.first, entries=tuple(within), introduced=before.introduced
                )
                continue
        found.append(span)
    return found
