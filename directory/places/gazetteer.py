"""Finds the place that somebody names: postcode, outcode, sector, town, neighbourhood, authority, street."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from directory.places.atlas import Atlas, Authority, Entry
from directory.places.choosing import apart, choose
from directory.places.codes import Code, codes
from directory.places.mending import Mending
from directory.places.names import fold, tokens
from directory.places.naming import entries_named, tidy
from directory.places.place import Kind, Mention, Place
from directory.places.postcode_text import normalise_outcode, normalise_postcode
from directory.places.postcodes import Postcodes
from directory.places.scanning import KNOWN_WIDELY, Scanner, Span
from directory.places.sentence import Sentence

if TYPE_CHECKING:
    from directory.places.known import Known
    from directory.store.engine import Store

LONGEST = 200
LONGEST_MESSAGE = 4_096
"""What is longer is looked at so far and no further."""
MOST_CHOICES = 12
Near = tuple[float, float] | None


class Remote(Protocol):
    """A service that may know more (`directory.places.postcodes_io.Remote`); it is never an error."""

    async def postcode(self, name: str) -> Place | None:
        """A postcode that no table has."""
        ...

    async def places(self, name: str) -> tuple[Place, ...]:
        """Settlements of a name."""
        ...


class Gazetteer:
    """What is known of places: the tables in the package, and what this installation learnt or loaded."""

    def __init__(self, store: Store | None = None, remote: Remote | None = None) -> None:
        self.postcodes = Postcodes()
        self.atlas = Atlas()
        self._known = known(store) if store is not None else None
        self._remote = remote
        self._scanner: Scanner | None = None

    @cached_property
    def _mending(self) -> Mending:
        learnt = self._known.learnt if self._known else {}
        return Mending(tuple({**dict.fromkeys(self.atlas.keys()), **learnt}))

    async def _ready(self) -> Scanner:
        """The scanner, made anew when what was learnt has been read again."""
        if self._known is not None and await self._known.refresh():
            self._scanner = None
            self.__dict__.pop("_mending", None)
        if self._scanner is None:
            self._scanner = Scanner(self.atlas, self._mending, self._known.learnt if self._known else {})
        return self._scanner

    def forget(self) -> None:
        """Something was imported or loaded: read again at the next question."""
        if self._known is not None:
            self._known.forget()

    def authority(self, code: str) -> Authority | None:
        """A local authority district by its code."""
        return self.atlas.authorities.get(code)

    async def find(self, text: str, near: Near = None) -> tuple[Place, ...]:
        """The place that the words name: none, one, or several to choose from."""
        text = text.strip()[:LONGEST]
        scanner = await self._ready()
        if place := self._coded(text):
            return (place,)
        if name := normalise_postcode(text):
            return await self._other_postcode(name)
        said = [token.key for token in tokens(text)]
        words = tidy(said) if not self.atlas.knows(" ".join(said)) else said
        key = " ".join(words)
        entries = entries_named(self.atlas, words)
        for more in (scanner.learnt(key), await self._loaded(key)):
            entries = [*entries, *apart(more, entries)]
        return (
            choose(entries, near)[:MOST_CHOICES]
            or await self._asked(key)
            or choose(scanner.mended(key), near)
        )

    def _coded(self, text: str) -> Place | None:
        """A postcode, outcode or sector."""
        if point := self.postcodes.find(text):
            return Place(point.postcode, Kind.POSTCODE, point.lat, point.lon, 0, point.lad)
        outcode = normalise_outcode(text)
        if outcode and (found := self.atlas.outcode(outcode)):
            return found
        if area := self.postcodes.sector(text):
            return Place(area.name, Kind.SECTOR, area.lat, area.lon, area.radius_m, area.lad)
        return None

    async def _other_postcode(self, name: str) -> tuple[Place, ...]:
        """A postcode that the package has not: loaded, out of use, or of Northern Ireland and the islands.

        For the last the outcode must do: their postcodes are not under an open licence.
        """
        place = await self._known.postcode(name) if self._known else None
        if place is None and self._remote is not None:
            place = await self._remote.postcode(name)
        outcode = name[:-4]
        if place is None and not self.postcodes.is_outcode(outcode):
            place = self.atlas.outcode(outcode)
        return (place,) if place else ()

    async def _loaded(self, *keys: str) -> list[Entry]:
        found = await self._known.named(keys) if self._known else {}
        return [entry for key in keys for entry in found.get(key, ())]

    async def _asked(self, key: str) -> tuple[Place, ...]:
        return await self._remote.places(key) if self._remote is not None and len(key) > 2 else ()

    async def scan(self, message: str, near: Near = None) -> list[Mention]:
        """The places named in a sentence, in order; never overlapping."""
        message = message[:LONGEST_MESSAGE]
        scanner = await self._ready()
        found = codes(message, self.atlas, self.postcodes)
        sentence = Sentence(message, [(code.start, code.end) for code in found])
        mentions = [mention_of_code(sentence, code) for code in found]
        for span in scanner.spans(sentence):
            start, end = sentence.tokens[span.first].start, sentence.tokens[span.end - 1].end
            mentions.append(
                Mention(
                    start,
                    end,
                    message[start:end],
                    choose(span.entries, near)[:MOST_CHOICES],
                    span.introduced,
                    span.exact,
                    instead(scanner, span),
                )
            )
        mentions.sort(key=lambda mention: mention.start)
        return [
            mention if mention.places or mention.instead else await self._looked_up(mention, near)
            for mention in mentions
        ]

    async def _looked_up(self, mention: Mention, near: Near) -> Mention:
        """What the package does not know may have been loaded, or be known elsewhere."""
        if name := normalise_postcode(mention.text):
            return replace(mention, places=await self._other_postcode(name))
        words = fold(mention.text).split(" ")
        for length in range(len(words), 0, -1):
            key = " ".join(words[:length])
            if entries := await self._loaded(key):
                return replace(mention, places=choose(entries, near)[:MOST_CHOICES])
        return replace(mention, places=await self._asked(" ".join(words)))


def instead(scanner: Scanner, span: Span) -> tuple[Place, ...]:
    """Places of nearly the same name, where the one that was written is no larger place."""
    if any(entry.people >= KNOWN_WIDELY for entry in span.entries):
        return ()
    return tuple(dict.fromkeys(entry.place for entry in scanner.alike(span.key)))[:MOST_CHOICES]


def known(store: Store) -> Known:
    """What the store knows of places; without a store, nothing of a database is loaded."""
    from directory.places.known import Known  # noqa: PLC0415

    return Known(store)


def mention_of_code(sentence: Sentence, code: Code) -> Mention:
    """A postcode or a part of one."""
    first = next((i for i, token in enumerate(sentence.tokens) if token.start >= code.start), 0)
    introduced = bool(sentence.introduction(first))
    places = (code.place,) if code.place else ()
    return Mention(code.start, code.end, code.text, places, introduced, code.exact)
