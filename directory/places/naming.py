"""A name as typed, with what people add to it ("Newport, Wales", "Leeds City Council"). PURE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.places.choosing import bearing, distance
from directory.places.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from directory.places.atlas import Atlas, Entry

BEFORE_AUTHORITY = (
    ("london", "borough", "of"),
    ("royal", "borough", "of"),
    ("metropolitan", "borough", "of"),
    ("borough", "of"),
    ("city", "of"),
    ("district", "of"),
)
NEIGHBOURHOOD_M = 30_000
"""A settlement added to a name ("Newtown, Cambridge" ) means: the one this near to it."""


def tidy(keys: Sequence[str]) -> tuple[str, ...]:
    """Words of a name without what stands around it."""
    words = list(keys)
    while len(words) > 1 and words[0] in word_set("leading"):
        words.pop(0)
    while len(words) > 1 and words[-1] in word_set("trailing"):
        words.pop()
    return tuple(words)


def entries_named(atlas: Atlas, words: Sequence[str]) -> list[Entry]:
    """All places that may be meant by these folded words, exactly spelt."""
    key = " ".join(words)
    return bearing(atlas, key) or authority_named(atlas, words) or qualified(atlas, words)


def authority_named(atlas: Atlas, words: Sequence[str]) -> list[Entry]:
    """Such as "lambeth council": the authority, whatever settlement bears the name."""
    for left in undressed(words):
        key = " ".join(left)
        code = atlas.authority_names.get(key) or atlas.authority_aliases.get(key)
        if code and len(left) < len(words):
            return [atlas.authority(code)]
    return []


def undressed(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words with fewer and fewer of those that say "authority" around them."""
    end = len(words)
    while True:
        yield words[:end]
        for style in BEFORE_AUTHORITY:
            if tuple(words[: len(style)]) == style and end > len(style):
                yield words[len(style) : end]
        if end <= 1 or words[end - 1] not in word_set("after_authority"):
            return
        end -= 1


def qualified(atlas: Atlas, words: Sequence[str]) -> list[Entry]:
    """Such as "newport isle of wight": the longest name whose rest tells which of its bearers is meant."""
    for length in range(len(words) - 1, 0, -1):
        entries = bearing(atlas, " ".join(words[:length]))
        rest = [word for word in words[length:] if word not in ("in", "near")]
        if entries and rest and (found := narrow(atlas, entries, " ".join(rest))):
            return found
    return []


def narrow(atlas: Atlas, entries: Sequence[Entry], qualifier: str) -> list[Entry]:
    """Those of the entries that lie in (or near) what the qualifier names; none where it names nothing."""
    county = atlas.counties.by_key.get(qualifier)
    code = atlas.authority_names.get(qualifier) or atlas.authority_aliases.get(qualifier)
    found = [entry for entry in entries if county and county.holds(entry.place.lad) and entry.place.radius_m]
    found = found or [entry for entry in entries if code and entry.place.lad == code]
    if found or county or len(entries) < 2:
        return found
    around = [atlas.settlement(number).place for number in atlas.settlements.get(qualifier, ())]
    return [
        e for e in entries if any(0 < distance(e.place, (p.lat, p.lon)) < NEIGHBOURHOOD_M for p in around)
    ]
