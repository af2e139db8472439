"""Finding the place that words name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind

GAZETTEER = Gazetteer()
BRIXTON = (51.46, -0.11)


@pytest.mark.parametrize(
    ("text", "name", "kind", "lad"),
    [
        ("SE24 0AB", "SE24 0AB", Kind.POSTCODE, "E09000022"),
        ("se24oab", "SE24 0AB", Kind.POSTCODE, "E09000022"),
        ("se24", "SE24", Kind.OUTCODE, "E09000022"),
        ("M1", "M1", Kind.OUTCODE, "E08000003"),
        ("EC1", "EC1", Kind.OUTCODE, None),
        ("BT1", "BT1", Kind.OUTCODE, None),
        ("BT1 5GS", "BT1", Kind.OUTCODE, None),
        ("SE24 0", "SE24 0", Kind.SECTOR, "E09000022"),
        ("Leeds", "Leeds", Kind.SETTLEMENT, "E08000035"),
        ("in leeds please", "Leeds", Kind.SETTLEMENT, "E08000035"),
        ("Leeds City Council", "Leeds", Kind.AUTHORITY, "E08000035"),
        ("city of bradford", "Bradford", Kind.AUTHORITY, "E08000032"),
        ("London", "London", Kind.SETTLEMENT, "E09000033"),
        ("Bristol", "Bristol", Kind.SETTLEMENT, "E06000023"),
        ("Lambeth", "Lambeth", Kind.AUTHORITY, "E09000022"),
        ("London Borough of Lambeth", "Lambeth", Kind.AUTHORITY, "E09000022"),
        ("Kirklees", "Kirklees", Kind.AUTHORITY, "E08000034"),
        ("Cornwall", "Cornwall", Kind.AUTHORITY, "E06000052"),
        ("County Durham", "County Durham", Kind.AUTHORITY, "E06000047"),
        ("Durham", "Durham", Kind.SETTLEMENT, "E06000047"),
        (
            "Bournemouth, Christchurch & Poole",
            "Bournemouth Christchurch and Poole",
            Kind.AUTHORITY,
            "E06000058",
        ),
        ("brum", "Birmingham", Kind.SETTLEMENT, "E08000025"),
        ("hull", "Kingston upon Hull", Kind.SETTLEMENT, "E06000010"),
        ("newcastle", "Newcastle upon Tyne", Kind.SETTLEMENT, "E08000021"),
        ("kings lynn", "King's Lynn", Kind.SETTLEMENT, "E07000146"),
        ("King\u2019s Lynn", "King's Lynn", Kind.SETTLEMENT, "E07000146"),
        ("Saint Albans", "St Albans", Kind.SETTLEMENT, "E07000240"),
        ("st. helens", "St Helens", Kind.SETTLEMENT, "E08000013"),
        ("stoke upon trent", "Stoke-on-Trent", Kind.SETTLEMENT, "E06000021"),
        ("bradford on avon", "Bradford-on-Avon", Kind.SETTLEMENT, "E06000054"),
        ("Caerdydd", "Cardiff", Kind.SETTLEMENT, "W06000015"),
        ("Abertawe", "Swansea", Kind.SETTLEMENT, "W06000011"),
        ("Inbhir Nis", "Inverness", Kind.SETTLEMENT, "S12000017"),
        ("Ynys M\u00f4n", "Isle of Anglesey", Kind.AUTHORITY, "W06000001"),
        ("Newport, Wales", "Newport", Kind.SETTLEMENT, "W06000022"),
        ("newport isle of wight", "Newport", Kind.SETTLEMENT, "E06000046"),
        ("Newport in Shropshire", "Newport", Kind.SETTLEMENT, "E06000020"),
        ("richmond london", "Richmond", Kind.SETTLEMENT, "E09000027"),
        ("Ashford, Kent", "Ashford", Kind.SETTLEMENT, "E07000105"),
        ("lambth", "Lambeth", Kind.AUTHORITY, "E09000022"),
        ("hebdon bridge", "Hebden Bridge", Kind.SETTLEMENT, "E08000033"),
        ("Essex", "Essex", Kind.SETTLEMENT, None),
    ],
)
async def test_one_place_is_found(text: str, name: str, kind: Kind, lad: str | None) -> None:
    """Each of these can mean one place alone."""
    (place,) = await GAZETTEER.find(text)
    assert (place.name, place.kind, place.lad) == (name, kind, lad)


@pytest.mark.parametrize("text", ["Newport", "Richmond", "Ashford", "Gillingham", "Kingston", "Whitchurch"])
async def test_namesakes_are_offered_and_can_be_told_apart(text: str) -> None:
    """Never guessed at; what they lie within differs."""
    places = await GAZETTEER.find(text)
    assert len(places) > 1
    assert len({place.within for place in places}) == len(places)


async def test_choices_nearest_to_the_person_come_first() -> None:
    """Somebody in Brixton, who says Richmond, is offered the one on the Thames first, and still asked."""
    yorkshire = (54.5, -1.6)
    assert (await GAZETTEER.find("Richmond", BRIXTON))[0].lad == "E09000027"
    assert (await GAZETTEER.find("Richmond", yorkshire))[0].lad == "E06000065"


async def test_a_large_city_is_meant_wherever_one_is_unless_a_namesake_is_at_hand() -> None:
    """Sutton is the London borough, but not for somebody in Cambridgeshire near the village."""
    assert len(await GAZETTEER.find("Sutton", BRIXTON)) == 1
    assert len(await GAZETTEER.find("Sutton", (52.39, 0.12))) > 1


@pytest.mark.parametrize(
    "text", ["", "   ", "nowhere at all", "SE99 9ZZ", "SE99", "xx", "me", "\x00", "'; DROP TABLE x"]
)
async def test_what_is_not_known_is_empty(text: str) -> None:
    """No place is made up."""
    assert await GAZETTEER.find(text) == ()


async def test_each_authority_is_found_by_its_own_name_as_one_place() -> None:
    """All 350, with or without "council": the area by its code."""
    for code, authority in GAZETTEER.atlas.authorities.items():
        (place,) = await GAZETTEER.find(f"{authority.name} council")
        assert (place.kind, place.lad) == (Kind.AUTHORITY, code), authority.name


@settings(deadline=None)
@given(st.text(max_size=60))
async def test_any_text_gives_places_or_nothing(text: str) -> None:
    """Foreign text never raises."""
    for place in await GAZETTEER.find(text):
        assert 49 < place.lat < 61.5
        assert place.radius_m >= 0
