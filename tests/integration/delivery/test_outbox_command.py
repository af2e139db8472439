"""An operator sees what could not be sent, and has it sent again."""

from __future__ import annotations

import json

import pytest

from bots.app import clock, upgrade_store
from bots.channels.port import LostError, RefusedError
from bots.commands.outbox import run_outbox, run_retry
from bots.commands.running import UsageError
from bots.settings import Settings
from tests.integration.delivery.conftest import House


@pytest.fixture
async def settings(house: House, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two dead notices, one sent, one waiting; and the settings that lead to them."""
    monkeypatch.setenv("DATABASE_URL", house.store.url)
    platform = house.channel.platform
    platform.will(RefusedError("chat not found"), room="ann")
    platform.will(LostError(), room="bob")
    for room in ("ann", "bob", "cat"):
        await house.post("secret words", room=room)
    await house.sender.send_waiting()
    await house.post("later", room="dan")
    await upgrade_store(house.store)
    return Settings()


async def test_what_waits_and_what_is_dead_a_line_each(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason, and how many there are of each; nothing that was written."""
    assert await run_outbox(settings, dead=False, as_json=False) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0].startswith("1  fake  could not be sent  chat not found")
    assert lines[1].startswith("2  fake  may have arrived, nobody knows  no answer came")
    assert lines[2].startswith("4  fake  waits")
    assert "        1  fake: sent" in lines
    assert "secret" not in out


async def test_as_json_the_dead_alone(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each: id, source, state, reason, when."""
    await run_outbox(settings, dead=True, as_json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["source"], row["state"], row["reason"]) for row in rows] == [
        (1, "fake", "permanent", "chat not found"),
        (2, "fake", "unknown", "no_answer"),
    ]
    assert all(row["when"].endswith("+00:00") for row in rows)


async def test_one_is_sent_again_by_hand(
    house: House, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one that may have arrived: a person has decided that."""
    assert await run_retry(settings, [2], dead=False) == 0
    assert capsys.readouterr().out == "1 message waits to be sent again.\n"
    later = House(house.store, house.channel, clock)
    await later.sender.send_waiting()
    assert house.channel.platform.texts("bob") == ["secret words"]


async def test_all_that_were_refused_are_sent_again(house: House, settings: Settings) -> None:
    """But none that may have arrived."""
    assert await run_retry(settings, [], dead=True) == 0
    later = House(house.store, house.channel, clock)
    await later.sender.send_waiting()
    assert await house.states() == ["sent", "unknown", "sent", "sent"]


async def test_what_is_not_dead_is_not_sent_again(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it is said which."""
    assert await run_retry(settings, [1, 3, 99], dead=False) == 1
    said = capsys.readouterr()
    assert "Message 3 can't be sent again" in said.err
    assert "Message 99 can't be sent again" in said.err
    assert said.out == "1 message waits to be sent again.\n"
    with pytest.raises(UsageError):
        await run_retry(settings, [], dead=False)
