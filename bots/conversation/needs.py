"""What is looked for: the lexicon's phrases in a message, then the words that are left."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from bots.conversation import guessing, lexicon
from bots.conversation.state import Wanted
from bots.conversation.words import words
from directory.search.query import Need
from directory.search.sorting import Strength, term_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bots.conversation.lexicon import NeedEntry
    from bots.conversation.phrases import Phrase
    from bots.conversation.ports import Vocabulary

MOST_NEEDS = 3
MOST_ALTERNATIVES = 40
"""Ways to say one need, where they are looked for as words."""
MOST_WORDS = 5
"""A search for more words than these finds nothing: they all have to be there."""
MOST_PERHAPS = 2
"""Needs that may be meant beside those that are."""
A_WORD_OF_A_PHRASE = 1.0
"""What each word of a phrase that names a need is worth beside single words."""
MEANT, SURELY_MEANT = 0.2, 0.7
"""From how likely on a need is taken to be meant, and from how likely on though phrases name another."""
PERHAPS_MEANT = 0.1
"""From how likely on a need may be meant as well."""


def phrases(text: str) -> tuple[Phrase, ...]:
    """The lexicon's phrases in a cleaned text."""
    return lexicon.phrases().find(text)


def small(text: str) -> bool:
    """Whether a text says nothing about what is looked for."""
    return all(lexicon.is_small(word.text) for word in words(text))


def wanted(found: Iterable[Phrase], left: str, vocabulary: Vocabulary) -> Wanted:
    """What is looked for, by phrases found and by the words of what is `left` of the text.

    A need that a phrase names is meant, unless all the words together say something else much more
    surely; where no phrase is found, the likeliest need is, if it is likely enough.
    """
    named: dict[str, float] = {}
    for phrase in found:
        for key in phrase.key.split(lexicon.TOGETHER):
            named[key] = max(named.get(key, 0.0), A_WORD_OF_A_PHRASE * phrase.size)
    guesses = guessing.guess(left, named)
    ids = list(named)[:MOST_NEEDS]
    if guesses and guesses[0].likely >= (SURELY_MEANT if ids else MEANT) and guesses[0].need not in named:
        ids = [guesses[0].need]
    if ids:
        likely = [one.need for one in guesses if one.likely >= PERHAPS_MEANT]
        perhaps = (need for need in dict.fromkeys((*likely, *named)) if need not in ids)
        return Wanted(tuple(ids), perhaps=tuple(islice(perhaps, MOST_PERHAPS)))
    over = tuple(dict.fromkeys(word.text for word in words(left) if not lexicon.is_small(word.text)))
    if len(over) > MOST_WORDS:
        over = tuple(word for word in over if vocabulary.match((word,))) or over
    return Wanted((), over[:MOST_WORDS])


def asked(looked_for: Wanted, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """The same, as the search is asked: by the needs records were sorted into, and by free words."""
    entries = [lexicon.needs()[key] for key in looked_for.ids if key in lexicon.needs()]
    needs = [_of(entry, vocabulary) for entry in entries]
    if needs and vocabulary.is_sorted:
        needs[0] = _filled_up(needs[0], looked_for.perhaps, lexicon.alike().get(entries[0].id, ()))
    if looked_for.words:
        needs.append(Need(vocabulary.match(looked_for.words), looked_for.words))
    return tuple(needs)


def _of(entry: NeedEntry, vocabulary: Vocabulary) -> Need:
    """One need: the records that were sorted into it; where none were sorted, its terms and words."""
    if vocabulary.is_sorted:
        sure, likely, perhaps = (term_of(entry.id, strength) for strength in Strength)
        return Need((sure,), hints=(likely,), loose=(perhaps,))
    matched = (term for alternative in entry.near_terms for term in vocabulary.match(alternative.split()))
    first, *others = (tuple(way.split()) for way in entry.words[:MOST_ALTERNATIVES])
    return Need(tuple(dict.fromkeys((*entry.terms, *matched))), first, tuple(others))


def _filled_up(need: Need, perhaps: Iterable[str], alike: Iterable[str]) -> Need:
    """The same with what serves other needs: less surely those that may be meant, last of all those alike."""
    sure = tuple(term_of(key, Strength.SURE) for key in perhaps)
    likely = tuple(term_of(key, Strength.LIKELY) for key in perhaps)
    others = tuple(term_of(key, Strength.SURE) for key in alike if key not in perhaps)
    return replace(need, hints=(*need.hints, *sure), loose=(*need.loose, *likely, *others))


def broader(looked_for: Wanted) -> tuple[Wanted, ...]:
    """Wider needs to fall back on where nothing is near, the best one first."""
    entries = [lexicon.needs()[key] for key in looked_for.ids if key in lexicon.needs()]
    wider = dict.fromkeys(key for entry in entries for key in entry.broader)
    return tuple(Wanted((key,)) for key in wider if key not in looked_for.ids)[:MOST_NEEDS]


def label(looked_for: Wanted) -> str | None:
    """Say what is looked for: "Food banks", "Libraries and choirs", "chess club"."""
    labels = [lexicon.needs()[key].label for key in looked_for.ids if key in lexicon.needs()]
    if looked_for.words:
        labels.append(" ".join(looked_for.words))
    labels = labels[:1] + [
        name[:1].lower() + name[1:] if name[1:2].islower() else name for name in labels[1:]
    ]
    return " and ".join(labels) or None
