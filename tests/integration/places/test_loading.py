"""Loading what an operator has, on both databases. The rows are made up unless the name says otherwise."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from directory.places.archives import LoadError
from directory.places.gazetteer import Gazetteer
from directory.places.loading import load
from directory.places.place import Kind
from directory.places.tables import loaded_place, loaded_postcode
from directory.store.engine import connect
from directory.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from directory.store.engine import Store

HEADER = "pcds,doterm,oslaua,osward,oscty,lat,long\n"
GONE = "ZZ1 1AA,199606,S12000033,S13002843,S99999999,57.1,-2.2\n"
NORTHERN = "BT1 5GS,,N09000003,N08000310,,54.6,-5.93\n"
CODE_POINT = '"ZZ11AB",10,394235,806529,"S92000003","","S08000020","","S12000033","S13002483"\n'


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An upgraded store."""
    it = connect(database_url)
    await upgrade(it)
    yield it
    await it.close()


async def count(store: Store, table: sa.Table) -> int:
    """Rows of a table."""
    async with store.read() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


async def test_a_postcode_out_of_use_is_known_once_loaded(store: Store, tmp_path: Path) -> None:
    """And one of Northern Ireland, exactly."""
    file = tmp_path / "onspd.csv"
    file.write_text(HEADER + GONE + NORTHERN + "nonsense,,,,,1,2\n")
    loaded = await load(store, file)
    assert (loaded.kind, loaded.taken, loaded.skipped, loaded.problems) == ("onspd", 2, 1, {"no_position": 1})
    (place,) = await Gazetteer(store).find("zz11aa")
    assert (place.name, place.lat, place.lad) == ("ZZ1 1AA", 57.1, "S12000033")
    (mention,) = await Gazetteer(store).scan("food bank near bt1 5gs")
    assert (mention.places[0].kind, mention.places[0].lad) == (Kind.POSTCODE, "N09000003")


async def test_loading_again_replaces_the_source_and_no_other(store: Store, tmp_path: Path) -> None:
    """What the newer file lacks is gone; the same file changes nothing."""
    onspd, code_point = tmp_path / "a.csv", tmp_path / "b.csv"
    onspd.write_text(HEADER + GONE + NORTHERN)
    code_point.write_text(CODE_POINT)
    await load(store, code_point)
    for expected in (3, 3):
        await load(store, onspd)
        assert await count(store, loaded_postcode) == expected
    onspd.write_text(HEADER + NORTHERN)
    await load(store, onspd)
    assert await count(store, loaded_postcode) == 2
    assert await Gazetteer(store).find("ZZ1 1AA") == ()
    assert len(await Gazetteer(store).find("ZZ1 1AB")) == 1


async def test_a_zip_of_tables_is_read_and_its_documents_are_counted(store: Store, tmp_path: Path) -> None:
    """Code-Point Open comes as a zip with a table for each area."""
    with zipfile.ZipFile(tmp_path / "codepo.zip", "w") as archive:
        archive.writestr("Doc/headers.csv", "PC,PQ,EA\nPostcode,Quality,Eastings\n")
        archive.writestr("Data/zz.csv", CODE_POINT)
        archive.writestr("Data/zy.csv", CODE_POINT.replace("ZZ11AB", "ZY11AB"))
    loaded = await load(store, tmp_path / "codepo.zip")
    assert (loaded.kind, loaded.taken, loaded.problems) == ("code-point-open", 2, {"table_not_recognised": 1})


async def test_what_cannot_be_loaded_changes_nothing(store: Store, tmp_path: Path) -> None:
    """It is told by a code."""
    (tmp_path / "a.csv").write_text("name,telephone\nexample,1\n")
    (tmp_path / "empty.csv").write_text("")
    for name, code in (("a.csv", "not_recognised"), ("empty.csv", "not_recognised"), ("absent", "not_found")):
        with pytest.raises(LoadError) as caught:
            await load(store, tmp_path / name)
        assert caught.value.code == code
    assert await count(store, loaded_postcode) == 0


@pytest.mark.shared
async def test_the_sample_of_os_open_names_brings_streets_and_hamlets(store: Store, shared: Path) -> None:
    """One tile of Orkney; twice loaded is once there."""
    file = shared / "data/places/os_open_names_HY20_sample.csv"
    first = await load(store, file)
    held = await count(store, loaded_place)
    again = await load(store, file)
    assert (first.kind, first.taken) == ("os-open-names", again.taken)
    assert await count(store, loaded_place) == held == first.taken
    assert first.problems["postcode"] == 1580
    gazetteer = Gazetteer(store)
    (hamlet,) = await gazetteer.find("Clestrain")
    assert (hamlet.name, hamlet.kind, hamlet.lad) == ("Clestrain", Kind.SETTLEMENT, "S12000023")
    (street,) = await gazetteer.find("Netherbrough Road")
    assert street.kind == Kind.STREET
    (mention,) = await gazetteer.scan("somewhere to walk near Clestrain")
    assert mention.places == (hamlet,)
