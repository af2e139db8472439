"""What is looked for: the lexicon's phrases in a message, then the words that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.conversation import lexicon
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


def phrases(text: str) -> tuple[Phrase, ...]:
    """The lexicon's phrases in a cleaned text."""
    return lexicon.phrases().find(text)


def small(text: str) -> bool:
    """Whether a text says nothing about what is looked for."""
    return all(word.text in lexicon.small_words() or word.text.isdigit() for word in words(text))


def wanted(found: Iterable[Phrase], left: str, vocabulary: Vocabulary) -> Wanted:
    """What is looked for, by phrases found and by the words of what is `left` of the text."""
    ids = tuple(dict.fromkeys(key for phrase in found for key in phrase.key.split(lexicon.TOGETHER)))
    if ids:
        return Wanted(ids[:MOST_NEEDS])
    over = tuple(dict.fromkeys(word.text for word in words(left) if not small(word.text)))
    if len(over) > MOST_WORDS:
        over = tuple(word for word in over if vocabulary.match((word,))) or over
    return Wanted((), over[:MOST_WORDS])


def asked(looked_for: Wanted, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """The same, as the search is asked: by the needs records were sorted into, and by free words."""
    entries = [lexicon.needs()[key] for key in looked_for.ids if key in lexicon.needs()]
    needs = [_of(entry, vocabulary) for entry in entries]
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
