"""`nearby check` says what is amiss with a running installation, and what to do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bots.app import upgrade_store
from bots.commands.checking import run_check
from bots.delivery.tables import event, notice
from bots.settings import Settings
from directory.feeds.tables import feed
from directory.store.engine import connect
from directory.store.writing import transact
from scheduler.tables import lease

if TYPE_CHECKING:
    import pytest
    import sqlalchemy as sa

NOW = datetime.now(UTC)  # noqa: TID251 - the command reads the clock: it is an entry point
LONG_AGO = NOW - timedelta(hours=1)
KEY = "k" * 40


async def _checked(
    url: str, capsys: pytest.CaptureFixture[str], *rows: sa.Insert, **setting: str
) -> dict[str, tuple[bool, str]]:
    """The findings by part, over a store that holds these rows."""
    store = connect(url)
    await upgrade_store(store)
    for row in rows:
        await transact(store, lambda connection, row=row: connection.execute(row))  # type: ignore[misc]
    await store.close()
    given = {"secret_key": KEY, "identity_key": KEY, "database_url": url} | setting
    await run_check(Settings(_env_file=None, **given), as_json=True)  # type: ignore[call-arg, arg-type]
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return {line["part"]: (line["good"], line["text"]) for line in lines}


async def test_an_installation_at_rest_has_nothing_amiss_but_its_emptiness(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = await _checked(database_url, capsys)
    assert [part for part, (good, _) in found.items() if not good] == ["records"]
    assert set(found) == {
        "store", "places", "records", "keys", "clock", "leases", "inbox", "outbox", "public", "crisis",
    }  # fmt: skip


async def test_what_was_left_lying_is_said(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A lease that ran out, a message that waits, a notice that is dead, a clock that went back."""
    waiting = {"channel": "web", "key": "k", "conversation": "c", "received": LONG_AGO, "payload": b"x"}
    dead = {
        "channel": "web", "room": "r", "private": True, "priority": 0, "state": "permanent",
        "created": LONG_AGO, "due": LONG_AGO, "settled": LONG_AGO,
    }  # fmt: skip
    future = {
        "canonical": "x", "kind": "file", "added": LONG_AGO, "last_finished": NOW + timedelta(days=1),
    }  # fmt: skip
    found = await _checked(
        database_url,
        capsys,
        lease.insert().values(name="example", holder="h", until=LONG_AGO),
        event.insert().values(waiting),
        notice.insert().values(dead),
        feed.insert().values(future),
    )
    assert {part for part, (good, _) in found.items() if not good} == {
        "records", "clock", "leases", "inbox", "outbox",
    }  # fmt: skip
    assert "nearby serve --roles channels" in found["inbox"][1]
    assert "nearby outbox" in found["outbox"][1]
    assert "example" in found["leases"][1]


async def test_settings_that_do_not_go_together_are_said(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = await _checked(database_url, capsys, public_url="https://nearby.example.org", secret_key="short")
    assert found["public"] == (True, "People reach this at https://nearby.example.org")
    assert (found["proxies"][0], found["keys"][0]) == (False, False)
    assert "SECRET_KEY" in found["keys"][1]
