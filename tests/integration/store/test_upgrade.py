"""A store is brought to this program's version from whatever version it is of."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import directory
from directory.store.engine import StoreError, connect
from directory.store.metadata import metadata
from directory.store.upgrade import REVISIONS, _config, upgrade, version

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = (None, *REVISIONS[:-1])


def _load_all_tables() -> None:
    for package in ("directory", "forum_sync", "scheduler", "bots"):
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if found.name.endswith("tables"):
                importlib.import_module(found.name)


def _differences(connection: sa.Connection) -> list[object]:
    def ours(_object: object, name: str | None, kind: str, *, reflected: bool, compare_to: object) -> bool:
        made_elsewhere = {"spatial_ref_sys"}  # PostGIS
        return not (kind == "table" and reflected and compare_to is None and name in made_elsewhere)

    def include(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:  # noqa: FBT001
        return ours(item, name, kind, reflected=reflected, compare_to=compare_to)

    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True, "include_object": include}
    )
    return list(compare_metadata(context, metadata))


def test_revisions() -> None:
    """The revisions this program names are the migrations there are."""
    script = ScriptDirectory.from_config(_config())
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == REVISIONS
    assert script.get_current_head() == REVISIONS[-1]


@pytest.mark.parametrize("start", STEPS)
async def test_from_any_version(database_url: str, start: str | None) -> None:
    """From empty and from every earlier version, the migrations lead to the tables of all packages."""
    _load_all_tables()
    store = connect(database_url)
    try:
        assert (await version(store)).state == "empty"
        if start is not None:
            assert (await upgrade(store, start)).state == "older"
            assert (await version(store)).current == start
        assert (await upgrade(store)).state == "same"
        assert (await version(store)).state == "same"
        async with store.read() as connection:
            assert await connection.run_sync(_differences) == []
    finally:
        await store.close()


async def test_up_to_date(database_url: str) -> None:
    """An upgrade of a store that is up to date changes nothing."""
    store = connect(database_url)
    try:
        first = await upgrade(store)
        assert await upgrade(store) == first
    finally:
        await store.close()


async def test_two_at_once(database_url: str) -> None:
    """Two upgrades at once wait for each other."""
    stores = [connect(database_url), connect(database_url)]
    try:
        versions = await asyncio.gather(*(upgrade(store) for store in stores))
        assert {found.state for found in versions} == {"same"}
    finally:
        for store in stores:
            await store.close()


async def test_made_by_a_later_program(database_url: str) -> None:
    """A store made by a later program is told, and left alone."""
    store = connect(database_url)
    try:
        await upgrade(store)
        async with store.begin() as connection:
            await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        assert (await version(store)).state == "newer"
        with pytest.raises(StoreError) as caught:
            await upgrade(store)
        assert (caught.value.code, caught.value.detail) == ("newer", "9999")
    finally:
        await store.close()


async def test_failing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that fails leaves the store as it was."""
    store = connect(database_url)
    try:
        from alembic import command

        real: Callable[..., None] = command.upgrade

        def failing(*arguments: object) -> None:
            real(*arguments)
            raise RuntimeError("cut off")

        monkeypatch.setattr(command, "upgrade", failing)
        with pytest.raises(RuntimeError):
            await upgrade(store)
        assert (await version(store)).state == "empty"
    finally:
        await store.close()


def test_cheap() -> None:
    """Looking up the version loads no alembic."""
    code = "import sys, directory.store.upgrade; sys.exit('alembic' in sys.modules)"
    root = Path(directory.__file__).resolve().parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


async def test_no_database(tmp_path: Path) -> None:
    """A file that is no database is told."""
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a database, and long enough to be read as a header.\n" * 20)
    store = connect(f"sqlite:///{path}")
    with pytest.raises(StoreError) as caught:
        await version(store)
    await store.close()
    assert caught.value.code == "not_a_file"


async def test_no_server() -> None:
    """A server that does not answer is told."""
    store = connect("postgresql://nobody@127.0.0.1:1/nothing")
    try:
        with pytest.raises(StoreError) as caught:
            await version(store)
        assert caught.value.code == "no_server"
    finally:
        await store.close()
