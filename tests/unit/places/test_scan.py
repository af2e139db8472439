"""Places within sentences: what is one, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places.gazetteer import Gazetteer

GAZETTEER = Gazetteer()

ONE = [
    ("food bank near se24", "se24", "SE24"),
    ("library open on saturday near ls9", "ls9", "LS9"),
    ("my mum is lonely SE24", "SE24", "SE24"),
    ("cant afford to eat bs5", "bs5", "BS5"),
    ("food bank SE24 0AB please", "SE24 0AB", "SE24 0AB"),
    ("se240ab dentist", "se240ab", "SE24 0AB"),
    ("is there a gp in se24 oab", "se24 oab", "SE24 0AB"),
    ("library se24 0", "se24 0", "SE24 0"),
    ("AA meetings LS9", "LS9", "LS9"),
    ("esol near ls 9", "ls 9", "LS9"),
    ("somewhere for a hot meal (SE24)", "SE24", "SE24"),
    ("library near M1", "M1", "M1"),
    ("food bank reading", "reading", "Reading"),
    ("library in Reading", "Reading", "Reading"),
    ("library in reading", "reading", "Reading"),
    ("reading group near Bath", "Bath", "Bath"),
    ("Reading library", "Reading", "Reading"),
    ("I moved to Reading last week", "Reading", "Reading"),
    ("lambth food bank", "lambth", "Lambeth"),
    ("food bank lambth", "lambth", "Lambeth"),
    ("food bank in hebdon bridge", "hebdon bridge", "Hebden Bridge"),
    ("libary near manchster", "manchster", "Manchester"),
    ("playgroup in brixten", "brixten", "Brixton"),
    ("dept advise brixten", "brixten", "Brixton"),
    ("vetrans breakfast bedfrod", "bedfrod", "Bedford"),
    ("foodbank streetham tuesday", "streetham", "Streatham"),
    ("baby clothes Llambed", "Llambed", "Lampeter"),
    ("Ceinewydd library", "Ceinewydd", "New Quay"),
    ("aberteifi food bank", "aberteifi", "Cardigan"),
    ("alarm for elderly person, Leeds City Council area", "Leeds City Council", "Leeds"),
    ("library borough of bedford", "borough of bedford", "Bedford"),
    ("cardiganshire council help", "cardiganshire council", "Ceredigion"),
    ("benifits advice ls213pa", "ls213pa", "LS21 3PA"),
    ("libray near se24 oap", "se24 oap", "SE24 0AP"),
    ("library SE240AA", "SE240AA", "SE24 0AA"),
    ("library sw2-1jq", "sw2-1jq", "SW2 1JQ"),
    ("library LS21 3 please", "LS21 3", "LS21 3"),
    ("library se24 0a", "se24 0a", "SE24 0"),
    ("food bank near march", "march", "March"),
    ("library in Newport, Wales", "Newport, Wales", "Newport"),
    ("library newport isle of wight", "newport isle of wight", "Newport"),
    ("gp in richmond london", "richmond london", "Richmond"),
    ("lambeth council housing", "lambeth council", "Lambeth"),
    ("London Borough of Lambeth debt advice", "London Borough of Lambeth", "Lambeth"),
    ("baby group Leeds", "Leeds", "Leeds"),
    ("leeds baby group", "leeds", "Leeds"),
    ("swimming in sheffield city centre", "sheffield", "Sheffield"),
    ("debt advice Kings Lynn", "Kings Lynn", "King's Lynn"),
    ("debt advice King's Lynn tomorrow", "King's Lynn", "King's Lynn"),
    ("st albans foodbank", "st albans", "St Albans"),
    ("youth club in kingston upon hull", "kingston upon hull", "Kingston upon Hull"),
    ("youth club hull", "hull", "Kingston upon Hull"),
    ("Somewhere to eat in Caerdydd", "Caerdydd", "Cardiff"),
    ("debt advice in deal", "deal", "Deal"),
    ("library at hove", "hove", "Hove"),
    ("dance classes in Sale", "Sale", "Sale"),
    ("library in rugby", "rugby", "Rugby"),
    ("advice near Bradford-on-Avon", "Bradford-on-Avon", "Bradford-on-Avon"),
    ("what's on in west yorkshire", "west yorkshire", "West Yorkshire"),
    ("yoga in the highlands", "the highlands", "Highland"),
    ("help close to Settle", "Settle", "Settle"),
    ("Is there anything in Street on a Monday?", "Street", "Street"),
    ("bus to manchester", "manchester", "Manchester"),
    ("toddlers, tunbridge wells, mornings", "tunbridge wells", "Royal Tunbridge Wells"),
    ("somewhere warm in north leeds", "leeds", "Leeds"),
    ("dentist in NEWCASTLE UPON TYNE", "NEWCASTLE UPON TYNE", "Newcastle upon Tyne"),
    ("school uniform swap morley", "morley", "Morley"),
    ("stroke group morley, mornings", "morley", "Morley"),
    ("ladies swimming barry", "barry", "Barry"),
    ("toddler group near the oval please", "the oval", "Kennington"),
    ("food bank ls 9", "ls 9", "LS9"),
    ("SE 24 library", "SE 24", "SE24"),
    ("ls 11 boys football", "ls 11", "LS11"),
    ("mum cant read english LS8", "LS8", "LS8"),
    ("im on sw97ll need to see someone", "sw97ll", "SW9 7LL"),
]

NONE = [
    "near me",
    "library near me on saturday",
    "somewhere warm to sit",
    "i keep falling over",
    "help with reading",
    "my son needs help with reading",
    "i need a bath",
    "i want to learn to bath my baby",
    "library in may",
    "food bank in march",
    "support for someone in crisis",
    "I am in debt and in pain",
    "help in english",
    "food bank b4 5pm",
    "hey m8 where is a food bank",
    "vitamin B12 injections",
    "food near the M1",
    "a taxi to mars",
    "mental health support working",
    "street food",
    "I hope you can help",
    "deal with debt",
    "what about saturday?",
    "car boot sale",
    "rugby club",
    "in need of food",
    "is it open today",
    "open now?",
    "my mum is 80 and lonely",
    "where can i get a meal for 2 kids",
    "free wool for knitting",
    "beer and skittles",
    "i cant settle",
    "battle with addiction",
    "wheelchair access",
    "thanks",
    "the second one",
    "more",
    "any closer?",
    "london road surgery",
    "covid 19 test",
    "my friend connor",
    "im called kelly",
    "a present for my son bradley",
    "my partner is lee",
    "thanks kelly",
    "esol E2",
    "english L1",
    "something for me 2 kids",
    "clubs for my ex 2 days a week",
    "is there parking for so 2 hours",
    "cant pay me 10 pounds",
    "year 7 boy",
    "over 60s",
    "call 0800 123456",
    "mail me at someone@bs5.example",
]

UNKNOWN = [
    ("food bank in blorbton", "blorbton"),
    ("food bank near Blorbton on Saturday", "Blorbton"),
    ("is there a gp in SE99 9ZZ", "SE99 9ZZ"),
    ("food bank near London Road", "London Road"),
    ("clubs near nether blorbton", "nether blorbton"),
]


@pytest.mark.parametrize(("message", "words", "name"), ONE)
async def test_one_place_is_found_in_a_sentence(message: str, words: str, name: str) -> None:
    """Where it stands is told, so that it can be taken out of the sentence."""
    (mention,) = await GAZETTEER.scan(message)
    assert mention.text == message[mention.start : mention.end] == words
    assert [place.name for place in mention.places] == [name]


@pytest.mark.parametrize("message", NONE)
async def test_ordinary_words_are_no_places(message: str) -> None:
    """Neither exactly nor by mending."""
    assert await GAZETTEER.scan(message) == []


@pytest.mark.parametrize(("message", "words"), UNKNOWN)
async def test_what_must_be_a_place_and_is_not_known_is_told(message: str, words: str) -> None:
    """So that the answer can say that it does not know it."""
    (mention,) = await GAZETTEER.scan(message)
    assert (mention.text, mention.places, mention.introduced) == (words, (), True)


@pytest.mark.parametrize("message", ["food bank in Newport", "richmond dentist", "clubs near ashford"])
async def test_an_ambiguous_name_comes_with_all_its_bearers(message: str) -> None:
    """To be asked about."""
    (mention,) = await GAZETTEER.scan(message)
    assert len(mention.places) > 1


async def test_several_places_come_in_order() -> None:
    """Each with what introduced it."""
    found = await GAZETTEER.scan("i live in leeds and work in bradford")
    assert [(mention.text, mention.introduced) for mention in found] == [("leeds", True), ("bradford", True)]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("bereavement group stretham", "Streatham"),
        ("help with cv brikston", "Brixton"),
        ("food aberayron", "Aberaeron"),
        ("lunch club in lampetter", "Lampeter"),
    ],
)
async def test_what_may_be_a_slip_of_a_place_comes_with_it(message: str, name: str) -> None:
    """So that it can be taken where the directory serves it, and not the village of that very name."""
    (mention,) = await GAZETTEER.scan(message)
    assert name in [place.name for place in (*mention.places, *mention.instead)]


async def test_mending_is_owned_up_to() -> None:
    """A name spelt otherwise is not exact; a name as the tables have it is."""
    (mended,) = await GAZETTEER.scan("food bank in lambth")
    (exact,) = await GAZETTEER.scan("food bank in Lambeth")
    assert (mended.exact, exact.exact) == (False, True)


@settings(deadline=None)
@given(st.text(max_size=120))
async def test_mentions_lie_within_any_text_and_never_overlap(text: str) -> None:
    """Foreign text never raises."""
    last = 0
    for mention in await GAZETTEER.scan(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        last = mention.end


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.sampled_from([*(m for m, _, _ in ONE), *NONE, "se24", "in", "near", "London Borough of"]),
        max_size=4,
    )
)
async def test_sentences_put_together_never_raise(parts: list[str]) -> None:
    """Whatever stands beside what."""
    text = " ".join(parts)
    last = 0
    for mention in await GAZETTEER.scan(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


async def test_a_hostile_message_is_read_in_bounded_time() -> None:
    """Four thousand characters of names, markup and operators."""
    for text in (
        "near lambth " * 400,
        "se24 " * 1000,
        "<b>'; DROP TABLE -- " * 300,
        "\u202ein leeds\u202c" * 300,
    ):
        assert isinstance(await GAZETTEER.scan(text), list)
