"""The export gives back what was published, or of it what everybody may see."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from directory.feeds.tables import feed, publication
from directory.hsds.canonical import content_hash, dumps, loads
from directory.publishing import exporting
from directory.publishing.exporting import export_oruk
from directory.store.engine import connect
from directory.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from directory.store.engine import Store

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def example(number: int) -> dict[str, Any]:
    """A made-up service."""
    return {
        "id": f"example-{number}",
        "name": "Example \u2603",
        "status": "active",
        "assurer_email": "assurer@example.org",
        "long": 123456789012345678901234567890,
    }


OLD: dict[str, Any] = {
    "id": "old",
    "name": "Example",
    "organization": {"id": "o"},
    "regular_schedules": [{"id": "s"}],
}


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store of seven services: six of v3, of which one was withdrawn, and one of v1."""
    opened = connect(database_url)
    await upgrade(opened)
    async with opened.begin() as connection:
        await connection.execute(
            feed.insert().values(id=1, canonical="example", kind="file", cadence="never", added=NOW)
        )
        rows = [_row(example(number), "v3", withdrawn=number == 2) for number in range(6)]
        await connection.execute(publication.insert(), [*rows, _row(OLD, "v1", withdrawn=False)])
    yield opened
    await opened.close()


def _row(document: dict[str, Any], profile: str, *, withdrawn: bool) -> dict[str, Any]:
    return {
        "feed_id": 1,
        "service_id": document["id"],
        "profile": profile,
        "content_hash": content_hash(document).hex(),
        "first_seen": NOW,
        "harvested": NOW,
        "last_modified": "",
        "position": 1,
        "origin": "line 1",
        "active": True,
        "withdrawn_at": NOW if withdrawn else None,
        "body": zlib.compress(dumps(document), 1),
    }


def lines(path: Path) -> list[Any]:
    """What stands in an exported file."""
    return [loads(line) for line in path.read_bytes().splitlines()]


def exported(folder: Path) -> list[str]:
    """Names of the files that exports left there."""
    return [path.name for path in folder.iterdir() if path.suffix in {".jsonl", ".part"}]


async def test_every_service_comes_back_as_it_was_published(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_BATCH", 2)
    out = tmp_path / "out.jsonl"
    assert await export_oruk(store, out) == 6
    assert lines(out) == [*(example(number) for number in range(6) if number != 2), OLD]
    assert out.stat().st_mode & 0o077 == 0, "it names people: for its owner's eyes only"


async def test_what_was_withdrawn_comes_when_it_is_asked_for(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert await export_oruk(store, out, withdrawn=True) == 7
    assert [line["id"] for line in lines(out)] == [*(f"example-{number}" for number in range(6)), "old"]


async def test_the_public_export_is_v3_and_names_nobody(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert await export_oruk(store, out, public=True) == 6
    assert b"assurer" not in out.read_bytes()
    assert lines(out)[0]["long"] == example(0)["long"]
    assert lines(out)[-1]["status"] == "active"
    assert lines(out)[-1]["schedules"] == [{"id": "s"}]


async def test_a_name_that_ends_in_gz_is_compressed(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl.gz"
    await export_oruk(store, out)
    assert len(gzip.decompress(out.read_bytes()).splitlines()) == 6


async def test_a_file_that_is_there_is_replaced_only_when_all_went_well(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    monkeypatch.setattr(exporting, "_write", _fail)
    with pytest.raises(OSError, match="full"):
        await export_oruk(store, out)
    assert exported(tmp_path) == ["out.jsonl"]
    assert out.read_text() == "before"
    monkeypatch.undo()
    await export_oruk(store, out)
    assert out.read_text() != "before"


def _fail(*_: object, **__: object) -> None:
    raise OSError("full")


async def test_a_place_that_can_not_be_written_to_is_an_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await export_oruk(store, tmp_path / "nowhere" / "out.jsonl")
