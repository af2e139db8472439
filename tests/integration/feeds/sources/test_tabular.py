"""Reading an HSDS tabular package: CSV files that are put together into nested services."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import SourceError, SourceOptions
from tests.integration.feeds.sources.reading import codes, ids, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TABLES = {
    "organization": "id,name,description\no1,Example Trust,An example\n",
    "organization_identifier": "id,organization_id,identifier_type,identifier\n"
    "i1,o1,Company number,01234567\n",
    "service": "id,organization_id,name,status,minimum_age,url\n"
    "s1,o1,Example lunch club,active,65,\n"
    's2,o1,"Example, with a comma\nand a line",active,,https://example.org/\n',
    "service_at_location": "id,service_id,location_id\nl1,s1,p1\n",
    "location": "id,location_type,name,latitude,longitude\np1,physical,Example Hall,51.5,-0.12\n",
    "address": "id,location_id,address_1,postal_code\na1,p1,1 Example Street,SE24 0AB\n",
    "accessibility": "id,location_id,description\nx1,p1,A ramp\n",
    "phone": "id,service_id,location_id,number\nt1,s1,,020 7946 0000\nt2,,p1,020 7946 0001\n",
    "contact": "id,service_id,name\nc1,s1,A. Example\n",
    "schedule": "id,service_id,freq,interval,byday,opens_at,closes_at\nh1,s1,WEEKLY,1,MO,12:00,14:00\n",
    "cost_option": "id,service_id,option,amount\nm1,s1,Meal,4.50\n",
    "language": "id,service_id,name\ng1,s1,Welsh\n",
    "funding": "id,service_id,source\nf1,s1,Example Fund\n",
    "service_area": "id,service_id,name\nr1,s1,Example Borough\n",
    "taxonomy_term": "id,name,term\nk1,Lunch clubs,123\n",
    "attribute": "id,link_id,link_type,taxonomy_term_id\nb1,s1,service,k1\nb2,p1,location,k1\n",
}
NESTED = {
    "id": "s1",
    "name": "Example lunch club",
    "status": "active",
    "minimum_age": 65,
    "organization": {
        "id": "o1",
        "name": "Example Trust",
        "description": "An example",
        "organization_identifiers": [
            {"id": "i1", "identifier_type": "Company number", "identifier": "01234567"}
        ],
    },
    "service_at_locations": [
        {
            "id": "l1",
            "location": {
                "id": "p1",
                "location_type": "physical",
                "name": "Example Hall",
                "latitude": 51.5,
                "longitude": -0.12,
                "addresses": [{"id": "a1", "address_1": "1 Example Street", "postal_code": "SE24 0AB"}],
                "accessibility": [{"id": "x1", "description": "A ramp"}],
                "phones": [{"id": "t2", "number": "020 7946 0001"}],
                "attributes": [
                    {
                        "id": "b2",
                        "link_id": "p1",
                        "link_type": "location",
                        "taxonomy_term": {"id": "k1", "name": "Lunch clubs", "term": "123"},
                    }
                ],
            },
        }
    ],
    "schedules": [
        {
            "id": "h1",
            "freq": "WEEKLY",
            "interval": 1,
            "byday": "MO",
            "opens_at": "12:00",
            "closes_at": "14:00",
        }
    ],
    "phones": [{"id": "t1", "number": "020 7946 0000"}],
    "contacts": [{"id": "c1", "name": "A. Example"}],
    "cost_options": [{"id": "m1", "option": "Meal", "amount": 4.5}],
    "languages": [{"id": "g1", "name": "Welsh"}],
    "funding": [{"id": "f1", "source": "Example Fund"}],
    "service_areas": [{"id": "r1", "name": "Example Borough"}],
    "attributes": [
        {
            "id": "b1",
            "link_id": "s1",
            "link_type": "service",
            "taxonomy_term": {"id": "k1", "name": "Lunch clubs", "term": "123"},
        }
    ],
}


def describe(paths: dict[str, str]) -> str:
    """A description that names each table and where it is."""
    return json.dumps({"resources": [{"name": name, "path": path} for name, path in paths.items()]})


def package(folder: Path, tables: Mapping[str, str | bytes]) -> Path:
    """A folder with the tables and their description."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.csv").write_bytes(content)
    (folder / "datapackage.json").write_text(describe({name: f"{name}.csv" for name in tables}))
    return folder


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    """A zip with the given members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


async def test_a_package_becomes_nested_services(tmp_path: Path) -> None:
    source, items = await read(package(tmp_path / "feed", TABLES))
    assert (source.kind, source.complete, codes(source)) == ("tabular", True, [])
    assert [item.position for item in items] == ["service.csv row 2", "service.csv row 3"]
    assert items[0].document == NESTED
    assert ids(items) == ["s1", "s2"]


async def test_a_zip_is_read_like_its_folder_wherever_its_description_stands(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"export/data/{name}.csv": text for name, text in TABLES.items()}
    members["export/datapackage.json"] = describe({name: f"data/{name}.csv" for name in TABLES})
    source, items = await read(zipped(tmp_path / "feed.zip", members))
    assert (source.complete, codes(source), items[0].document) == (True, [], NESTED)


async def test_plural_names_without_a_description_will_do(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "services.csv": TABLES["service"],
        "organizations.csv": TABLES["organization"],
        "addresses.csv": TABLES["address"],
        "locations.csv": TABLES["location"],
        "services_at_location.csv": TABLES["service_at_location"],
    }
    _, items = await read(zipped(tmp_path / "feed.zip", members))
    assert items[0].document is not None
    assert items[0].document["organization"]["name"] == "Example Trust"
    assert items[0].document["service_at_locations"][0]["location"]["addresses"][0]["id"] == "a1"


async def test_the_names_and_columns_of_earlier_versions_are_brought_to_version_3(tmp_path: Path) -> None:
    tables = {
        **{name: TABLES[name] for name in ("service", "organization", "service_at_location", "location")},
        "physical_addresses": "id,location_id,address_1\na1,p1,1 Example Street\n",
        "regular_schedules": "id,service_id,weekday,opens_at\nh1,s1,Tuesday,09:00\nh2,s1,7,10:00\n",
        "accessibility_for_disabilities": "id,location_id,accessibility\nx1,p1,ramp\n",
        "languages": "id,service_id,language\ng1,s1,Welsh\n",
        "services_taxonomy": "id,service_id,taxonomy_id\nb1,s1,k1\n",
        "taxonomy": "id,name,vocabulary\nk1,Lunch clubs,Example list\n",
    }
    _, items = await read(package(tmp_path / "feed", tables))
    service = items[0].document
    assert service is not None
    location = service["service_at_locations"][0]["location"]
    assert location["addresses"] == [
        {"address_type": "physical", "id": "a1", "address_1": "1 Example Street"}
    ]
    assert location["accessibility"] == [{"id": "x1", "accessibility": "ramp"}]
    assert [row["byday"] for row in service["schedules"]] == ["TU", "SU"]
    assert service["languages"][0]["name"] == "Welsh"
    assert service["attributes"][0]["taxonomy_term"]["taxonomy"] == "Example list"


async def test_rows_that_nobody_can_use_are_reported_where_they_stand(tmp_path: Path) -> None:
    services = "id,name,status\ns1,Example,active\n,,active\n\n,Only a name,\ns2,Example,active,too,many\n"
    source, items = await read(package(tmp_path / "feed", {"service": services}))
    assert [(item.position, item.reason) for item in items if item.reason] == [
        ("service.csv row 3", "no_id_or_name"),
        ("service.csv row 6", "ragged_row"),
    ]
    assert b"too" not in items[0].raw
    assert [item.document["name"] for item in items if item.document] == ["Example", "Only a name"]
    assert source.complete


async def test_a_package_without_links_to_locations_says_so(tmp_path: Path) -> None:
    tables = {name: TABLES[name] for name in ("service", "organization", "location", "address")}
    source, items = await read(package(tmp_path / "feed", tables))
    assert (len(items), [(problem.code, problem.where) for problem in source.problems]) == (
        2,
        [("missing_table", "service_at_location")],
    )


async def test_rows_that_belong_to_no_service_are_counted(tmp_path: Path) -> None:
    tables = {
        **TABLES,
        "location": TABLES["location"] + "p2,physical,Nowhere,,\n",
        "schedule": TABLES["schedule"] + "h9,gone,,,,09:00,10:00\n",
    }
    source, _ = await read(package(tmp_path / "feed", tables))
    found = [(problem.code, problem.where, problem.detail) for problem in source.problems]
    assert found == [("orphan_rows", "schedule.service_id", "1"), ("unlinked_rows", "location", "1")]
    assert source.complete


async def test_windows_1252_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    services = b"\xef\xbb\xbfid,name\ns1,Caf\xe9 \x96 example\ns2,Caf\xc3\xa9\n"
    source, items = await read(package(tmp_path / "feed", {"service": services}))
    assert [item.document["name"] for item in items if item.document] == ["Café \N{EN DASH} example", "Café"]
    assert [(problem.code, problem.detail) for problem in source.problems] == [("not_utf8", "1")]


async def test_a_table_that_is_not_known_is_named(tmp_path: Path) -> None:
    tables = {"service": TABLES["service"], "wishes": "id\n1\n", "metadata": "id\n1\n"}
    source, _ = await read(package(tmp_path / "feed", tables))
    assert [(problem.code, problem.where) for problem in source.problems] == [
        ("table_not_read", "wishes.csv")
    ]


@pytest.mark.parametrize(
    "path",
    [
        "../outside.csv",
        "/etc/passwd",
        "https://example.org/x.csv",
        "a/../../outside.csv",
        "C:\\x.csv",
        "..\\outside.csv",
    ],
)
async def test_a_path_that_leads_out_is_not_followed(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.csv").write_text(TABLES["service"])
    folder = package(tmp_path / "feed", {"service": TABLES["service"]})
    (folder / "datapackage.json").write_text(describe({"service": "service.csv", "schedule": path}))
    source, items = await read(folder)
    assert (len(items), codes(source), source.complete) == (2, ["path_leads_out"], False)


async def test_a_link_that_leads_out_is_no_part_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text(TABLES["service"])
    folder = package(tmp_path / "feed", {"service": TABLES["service"]})
    (folder / "service.csv").unlink()
    (folder / "service.csv").symlink_to(tmp_path / "outside.csv")
    source, items = await read(folder)
    assert (items, codes(source), source.complete) == ([], ["broken_table"], False)


async def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"service.csv": b"id,name\n" + b"0" * 80 * 1024 * 1024})
    with pytest.raises(SourceError) as error:
        await open_source(str(bomb))
    assert error.value.code == "bomb"


async def test_a_package_that_unpacks_to_more_than_allowed_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "feed.zip", {"service.csv": TABLES["service"] * 100})
    with pytest.raises(SourceError) as error:
        await open_source(str(path), SourceOptions(max_unpacked_bytes=1000))
    assert error.value.code == "bomb"


async def test_a_folder_larger_than_allowed_is_read_up_to_there(tmp_path: Path) -> None:
    folder = package(tmp_path / "feed", {"service": "id,name\n" + "s,Example\n" * 1000})
    source, items = await read(folder, SourceOptions(max_unpacked_bytes=1000))
    assert 0 < len(items) < 200
    assert (codes(source), source.complete) == (["bomb"], False)


async def test_a_zip_of_too_many_members_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "feed.zip", {f"{number}.csv": b"" for number in range(10_001)})
    with pytest.raises(SourceError) as error:
        await open_source(str(path))
    assert error.value.code == "bomb"


async def test_a_member_that_is_there_twice_is_reported(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        archive.writestr("service.csv", TABLES["service"])
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("service.csv", "id,name\ns3,Example\n")
    source, _ = await read(tmp_path / "feed.zip")
    assert (codes(source), source.complete) == (["duplicate_member"], False)


async def test_a_broken_zip_is_said_to_be_broken(tmp_path: Path) -> None:
    path = zipped(tmp_path / "feed.zip", {"service.csv": TABLES["service"]})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceError) as error:
        await open_source(str(path))
    assert error.value.code == "broken_zip"


async def test_a_member_that_is_damaged_leaves_the_reading_incomplete(tmp_path: Path) -> None:
    path = zipped(tmp_path / "feed.zip", {"service.csv": TABLES["service"]})
    raw = bytearray(path.read_bytes())
    raw[60:70] = b"\xff" * 10
    path.write_bytes(raw)
    source, _ = await read(path)
    assert (codes(source), source.complete) == (["broken_table"], False)


async def test_a_quote_that_never_closes_is_bounded_and_reported(tmp_path: Path) -> None:
    services = "id,name\ns1,Example\n" + 's2,"open\n' + "x" * 100 + "\n" * 200_000
    source, items = await read(package(tmp_path / "feed", {"service": services}))
    assert [item.reason for item in items if item.reason] == ["not_csv"]
    assert (ids(items)[0], codes(source), source.complete) == ("s1", ["not_csv"], False)


async def test_a_row_without_an_end_is_left_off(tmp_path: Path) -> None:
    services = "id,name\ns1,Example\n" + 's2,"a\n",' + '"b\n",' * 1_500_000
    source, items = await read(package(tmp_path / "feed", {"service": services}))
    assert (ids(items), codes(source), source.complete) == (["s1"], ["too_large"], False)


async def test_a_service_of_too_many_rows_is_not_put_together(tmp_path: Path) -> None:
    schedules = "id,service_id\n" + "h,s1\n" * 10_001
    tables = {"service": TABLES["service"], "schedule": schedules}
    _, items = await read(package(tmp_path / "feed", tables))
    assert [(item.reason, item.service_id) for item in items] == [("too_large", "s1"), ("", "")]


async def test_a_package_without_services_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        await open_source(str(package(tmp_path / "feed", {"location": TABLES["location"]})))
    assert error.value.code == "no_services"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"resources": 1}', "\x00"])
async def test_a_description_that_can_t_be_read_is_refused(tmp_path: Path, text: str) -> None:
    folder = package(tmp_path / "feed", {"service": TABLES["service"]})
    (folder / "datapackage.json").write_text(text)
    with pytest.raises(SourceError) as error:
        await open_source(str(folder))
    assert error.value.code == "broken_description"
