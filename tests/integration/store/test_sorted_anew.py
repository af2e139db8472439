"""A directory is sorted into needs anew when what sorts it has changed, also after an upgrade broke off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bots.app import open_app, upgrade_store
from bots.commands.importing import import_one
from bots.conversation import sorting
from bots.settings import Settings
from directory.examples import SERVICES
from directory.feeds import reprojecting
from directory.search.schema import is_current
from directory.store.engine import StoreError, connect

if TYPE_CHECKING:
    from pathlib import Path


class BrokenOffError(Exception):
    """The upgrade came to no end."""


async def _broken_off(*_given: object) -> int:
    raise BrokenOffError


async def test_an_upgrade_that_broke_off_is_made_again(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a directory is never taken for a whole one."""
    one = tmp_path / "one.jsonl"
    one.write_text(SERVICES.read_text("utf-8").partition("\n")[0], "utf-8")
    settings = Settings(database_url=database_url)
    async with open_app(settings) as app:
        await import_one(app, str(one))
        before = (await app.search.vocabulary()).is_sorted
    with monkeypatch.context() as changed:
        changed.setattr(sorting, "SORTING_VERSION", sorting.SORTING_VERSION + 1)
        changed.setattr(reprojecting, "rebuild", _broken_off)
        store = connect(database_url)
        with pytest.raises(BrokenOffError):
            await upgrade_store(store)
        assert not await is_current(store, sorting.fingerprint())
        await store.close()
    with pytest.raises(StoreError):
        async with open_app(settings):
            pass
    store = connect(database_url)
    await upgrade_store(store)
    await store.close()
    async with open_app(settings) as app:
        assert (await app.search.vocabulary()).is_sorted == before is True
