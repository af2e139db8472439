"""postcodes.io as a helper: what it knows is used, and nothing it does is an error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import respx

from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind
from directory.places.postcodes_io import MOST_BYTES, Remote, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

URL = "http://postcodes.example"
# Made-up answers, in the server's layout.
TERMINATED = {
    "status": 404,
    "error": "x",
    "terminated": {"postcode": "BS1 9AA", "latitude": 51.45, "longitude": -2.58},
}
CORSTON = {"name_1": "Corston", "county_unitary": "Orkney Islands", "latitude": 59.05, "longitude": -3.19}


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    """One over a transport that respx answers."""
    async with Remote(URL) as it:
        yield it


@respx.mock
async def test_a_postcode_out_of_use_is_a_404_with_a_position(remote: Remote) -> None:
    """And is asked for once."""
    route = respx.get(f"{URL}/postcodes/BS1%209AA").respond(404, json=TERMINATED)
    for _ in range(2):
        place = await remote.postcode("BS1 9AA")
        assert place is not None
        assert (place.name, place.kind, place.lat) == ("BS1 9AA", Kind.POSTCODE, 51.45)
    assert route.call_count == 1


@respx.mock
async def test_a_name_nobody_knows_is_asked_for(remote: Remote) -> None:
    """Whole names only."""
    answer = {"status": 200, "result": [CORSTON, {**CORSTON, "name_1": "Corston Fields"}]}
    respx.get(url__startswith=f"{URL}/places").respond(json=answer)
    (place,) = await remote.places("corston")
    assert (place.name, place.within) == ("Corston", "Orkney Islands")


@respx.mock
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"location": "http://127.0.0.1/"}),
        httpx.Response(200, text="no json"),
        httpx.Response(200, json=[1]),
        httpx.Response(
            200, json={"result": [1, {"name_1": "x"}, {"postcode": "x", "latitude": None, "longitude": None}]}
        ),
        httpx.Response(200, content=b" " * (MOST_BYTES + 1)),
    ],
)
async def test_a_bad_answer_is_no_answer(remote: Remote, answer: httpx.Response) -> None:
    """Nothing is raised."""
    respx.get(url__startswith=URL).mock(return_value=answer)
    assert await remote.postcode("BS1 9AA") is None


@respx.mock
@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x")]
)
async def test_a_server_that_is_away_is_no_error_and_is_asked_again(remote: Remote, error: Exception) -> None:
    """A failure is not remembered as an answer."""
    respx.get(url__startswith=URL).mock(side_effect=[error, httpx.Response(404, json=TERMINATED)])
    assert await remote.postcode("BS1 9AA") is None
    assert await remote.postcode("BS1 9AA") is not None


@respx.mock
async def test_the_gazetteer_asks_for_what_no_table_has(remote: Remote) -> None:
    """A known postcode is not asked about."""
    route = respx.get(url__startswith=f"{URL}/postcodes").respond(404, json=TERMINATED)
    gazetteer = Gazetteer(None, remote)
    assert (await gazetteer.find("SE24 0AB"))[0].lad == "E09000022"
    assert route.call_count == 0
    (mention,) = await gazetteer.scan("library near bs1 9aa")
    assert mention.places[0].lat == 51.45


@pytest.mark.shared
def test_recorded_answers_are_read(shared: Path) -> None:
    """Each answer that was recorded of a real server gives places or nothing."""
    folder = shared / "specs/postcodes.io/fixtures"
    for file in sorted(folder.glob("*.json")):
        read(answer_in(file))
    live = read(answer_in(folder / "postcodes_BS14ST.json"))
    assert [(place.name, place.lad) for place in live] == [("BS1 4ST", "E06000023")]
    (gone,) = read(answer_in(folder / "postcodes_BS11AA.json"))
    assert (gone.name, round(gone.lat, 3)) == ("BS1 1AA", 51.450)
    assert read(answer_in(folder / "postcodes_BS19ZZ.json")) == ()
    (corston,) = read(answer_in(folder / "places_q_Corston_limit_2.json"))
    assert corston.within == "Orkney Islands"


def answer_in(file: Path) -> Any:
    """The JSON of a recorded answer, whose file may hold what was asked beside it."""
    return json.loads(file.read_text(encoding="utf-8"))
