"""The lexicon as it is written: broad, each phrase leading where it should, no name of a taxonomy lost."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import directory.places
from bots.conversation import lexicon, needs
from bots.conversation.data import build_lexicon
from bots.conversation.phrases import content_stems
from directory.search.text import STOP_WORDS, normalise

HERE = Path(__file__).parent
_OLD_IDS = """
    food_bank community_meal meals_at_home library reading_group debt benefits advice energy_bills
    warm_space housing_advice homeless toddler_group childcare after_school holiday_club parenting
    breastfeeding baby_bank youth_club send autism befriending mens_shed older_people carers
    home_care dementia falls mental_health counselling bereavement domestic_abuse alcohol_drugs
    stop_smoking weight exercise yoga swimming walking_group sport dance choir music arts_crafts
    gardening learn_english adult_learning digital jobs volunteering transport blue_badge disability
    sight_hearing doctor pharmacy dentist sexual_health pregnancy lgbt refugees veterans legal
    clothes furniture community_centre museum recycling
    """
OLD_IDS = frozenset(_OLD_IDS.split())
"""Needs that kept conversations may name."""


def phrases() -> list[tuple[str, str]]:
    """Every phrase of every need, with the need's id."""
    return [
        (phrase, entry["id"])
        for entry in build_lexicon.entries()
        for phrase in entry["phrases"] + entry["welsh"]
    ]


@cache
def terms() -> frozenset[str]:
    """Every name of a term that leads to a need."""
    return frozenset(term for entry in lexicon.needs().values() for term in entry.terms)


def test_what_the_program_reads_was_made_from_what_people_read() -> None:
    """`lexicon.json` is current: else run python -m bots.conversation.data.build_lexicon."""
    current = build_lexicon.MADE.read_text("utf-8") == build_lexicon.text()
    assert current


def test_it_is_broad() -> None:
    """It covers what council directories hold, in the words of those who look."""
    assert len(lexicon.needs()) >= 200
    assert len(lexicon.made()["phrases"]) >= 8_000
    assert sum(len(entry["welsh"]) for entry in build_lexicon.entries()) >= 400


def test_every_need_has_an_id_of_its_own_and_none_is_lost() -> None:
    """An id is in conversations that are kept: it never goes."""
    ids = Counter(entry["id"] for entry in build_lexicon.entries())
    assert [name for name, count in ids.items() if count > 1] == []
    assert OLD_IDS - set(ids) == set()


def test_no_phrase_leads_to_two_needs_without_saying_so() -> None:
    """A phrase of two needs stands in ambiguous.toml, with the reason, and in neither of them."""
    seen: dict[tuple[str, ...], set[str]] = {}
    for phrase, key in build_lexicon.pairs():
        seen.setdefault(content_stems(phrase), set()).add(key)
    assert {phrase: keys for phrase, keys in seen.items() if len(keys) > 1} == {}


def test_what_is_ambiguous_says_why() -> None:
    """Each ambiguous phrase leads to two needs or more that exist, with a reason."""
    for entry in build_lexicon.ambiguous():
        assert set(entry["needs"]) <= set(lexicon.needs()), entry
        assert len(entry["needs"]) > 1, entry
        assert entry["why"], entry
        (found,) = needs.phrases(entry["phrase"])
        assert found.key == lexicon.TOGETHER.join(entry["needs"])


def test_each_phrase_leads_to_its_own_need() -> None:
    """No phrase is shadowed by a longer or shorter one of another need."""
    wrong = [
        (phrase, key, found)
        for phrase, key in phrases()
        if (found := [one.key for one in needs.phrases(phrase)]) != [key]
    ]
    assert wrong == []


def test_no_phrase_is_a_single_small_word() -> None:
    """Words like "local" say nothing; a phrase of several small words says something."""
    silent = lexicon.small_words() | STOP_WORDS
    alone = [(phrase, key) for phrase, key in phrases() if len(content_stems(phrase)) == 1]
    assert [(phrase, key) for phrase, key in alone if set(phrase.replace("'", "").split()) <= silent] == []


def test_no_phrase_is_the_name_of_a_place() -> None:
    """Who types "Reading" means the town; a place that is a plain word too may be a phrase."""
    folder = Path(directory.places.__file__).parent / "data"
    with (folder / "places.csv").open(encoding="utf-8") as file:
        names = {normalise(value) for row in csv.reader(file) for value in row[:2]}
    ordinary = normalise((folder / "ordinary.csv").read_text("utf-8").replace("|", " ")).split()
    taken = [phrase for phrase, _ in phrases() if normalise(phrase) in names - set(ordinary)]
    assert taken == []


def test_labels_are_short_and_begin_with_a_capital() -> None:
    """A label is said back in the middle of an answer."""
    for entry in lexicon.needs().values():
        assert entry.label[0].isupper(), entry.id
        assert len(entry.label) <= 50, entry.id


def test_every_need_can_be_looked_for() -> None:
    """Each has terms, and ways to say it in a description; wider needs exist."""
    for entry in lexicon.needs().values():
        assert entry.terms, entry.id
        assert entry.words, entry.id
        assert not any(set(words.split()) <= STOP_WORDS for words in entry.words), entry.id
        assert set(entry.broader) <= set(lexicon.needs()) - {entry.id}, entry.id


@pytest.mark.shared
def test_every_name_of_the_family_hubs_taxonomy_leads_to_a_need(shared: Path) -> None:
    """Whatever a family hub files a service under can be found."""
    path = shared / "data" / "taxonomies" / "dfe_family_hubs_taxonomy.csv"
    with path.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert [name for name in names if normalise(name) not in terms()] == []


@pytest.mark.shared
def test_every_task_of_a_council_that_a_directory_holds_leads_to_a_need(shared: Path) -> None:
    """The names of the local government service list that residents look for (lgsl.txt) are known."""
    path = shared / "data" / "taxonomies" / "esd_LGSL_services_2015_ckanext.csv"
    with path.open(encoding="utf-8") as file:
        names = {row["Identifier"]: row["Label"] for row in csv.DictReader(file)}
    lines = (HERE / "lgsl.txt").read_text("utf-8").splitlines()
    codes = " ".join(line for line in lines if not line.startswith("#")).split()
    lost = [(code, names[code]) for code in codes if normalise(names[code]) not in terms()]
    assert lost == []
