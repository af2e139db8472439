"""A large import has its lines worked out in another process, and comes to the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from directory.feeds import ahead, workshop
from directory.feeds.sources.source import Item
from directory.feeds.workshop import Workshop
from directory.store.engine import connect
from tests.fakes.feeds import FakeProjector, FakeSource, example_service, example_services
from tests.integration.feeds.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from directory.feeds.verdicts import Incoming

LINES: tuple[Any, ...] = (
    *example_services(range(8)),
    example_service(3, name="Another Name"),
    {"id": "s90"},
    example_service(9, email="not an address"),
    Item("line 12", None, "not_json", raw=b"{"),
    *example_services(range(12, 20)),
)
CHANGED: tuple[Any, ...] = (*LINES[:2], example_service(2, name="A New Name"), *LINES[3:-1])


@pytest.fixture
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "LARGE", 4)


async def _import_both(path: Path) -> tuple[list[Any], dict[str, list[Any]]]:
    store = connect(f"sqlite:///{path}")
    try:
        desk = Desk(store)
        outcomes = [(await desk.take(list(lines))).counts() for lines in (LINES, CHANGED, CHANGED)]
        return outcomes, await desk.everything()
    finally:
        await store.close()


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """The lines that came back from the other process."""
    found: list[Incoming] = []
    work_out = Workshop.work_out

    async def noted(self: Workshop, lines: Sequence[Incoming]) -> None:
        await work_out(self, lines)
        found.extend(line for line in lines if line.worked)

    monkeypatch.setattr(Workshop, "work_out", noted)
    return found


@pytest.fixture
def files(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Two empty stores of this program's version."""
    made = [tmp_path / name for name in ("here.db", "there.db")]
    for file in made:
        shutil.copy(request.getfixturevalue("_upgraded_file"), file)
    return made


async def test_the_other_process_comes_to_the_same(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, worked: list[Incoming]
) -> None:
    """What is in the store, and what is told, is the same whoever worked it out."""
    here = await _import_both(files[0])
    assert not worked
    monkeypatch.setattr(workshop, "LARGE", 4)
    assert await _import_both(files[1]) == here
    assert len(worked) > len(LINES) // 2


@pytest.mark.usefixtures("_two_at_once")
async def test_a_process_that_dies(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the other process is ended from outside, the import goes on without it."""
    get = workshop._get
    ended: list[Any] = []

    async def killed(process: Any) -> Any:
        if not ended:
            process.kill()
            ended.append(process)
        return await get(process)

    monkeypatch.setattr(workshop, "_get", killed)
    assert (await desk.take(example_services(range(20)))).taken == 20
    assert [process.returncode for process in ended] == [-9]


@pytest.mark.usefixtures("_two_at_once")
async def test_an_import_that_is_cut_off(desk: Desk, worked: list[Incoming]) -> None:
    """The next one takes the rest, what was only worked out included."""
    lines = example_services(range(30))
    with pytest.raises(SystemExit):
        await desk.take(FakeSource(lines, crashes_after=10))
    assert worked
    outcome = await desk.take(lines)
    assert (outcome.taken + outcome.unchanged, len(await desk.documents())) == (30, 30)


async def test_transactions_that_take_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite a batch is written in smaller parts where writing takes long, and nothing is lost between."""
    sizes = []

    class Counting(FakeProjector):
        async def replace(self, connection: Any, service_keys: Any, offers: Any) -> None:
            sizes.append(len(offers))
            await super().replace(connection, service_keys, offers)

    monkeypatch.setattr(ahead, "_LONG_S", -1.0)
    desk.projector = Counting()
    lines = example_services(range(200))
    assert (await desk.take(FakeSource(lines, size=100))).taken == 200
    assert sizes == ([100, 50, 25, 25] if desk.store.dialect == "sqlite" else [100, 100])
    assert len(await desk.documents()) == 200
