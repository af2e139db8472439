"""Reading files and folders of JSON as they come."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import SourceError, SourceOptions
from tests.integration.feeds.sources.reading import batches_of, codes, ids, read

if TYPE_CHECKING:
    from pathlib import Path

ONE = b'{"id": "a", "name": "Example"}'
TWO = b'{"id": "b", "name": "Example"}'
BOTH = b"[" + ONE + b"," + TWO + b"]"

fuzz = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("feed.jsonl", ONE + b"\n" + TWO + b"\n"),
        ("feed.jsonl.gz", gzip.compress(ONE + b"\r\n\n" + TWO)),
        ("feed.json", BOTH),
        ("feed.json", b"\xef\xbb\xbf" + BOTH),
        ("feed.json.gz", gzip.compress(b"\xef\xbb\xbf" + BOTH)),
        ("feed.json", gzip.compress(ONE) + gzip.compress(b"\n" + TWO)),
        ("feed.json", b'{"total_items": 9, "contents": ' + BOTH + b"}"),
        ("feed.json", b'{"totalElements": 9, "content": ' + BOTH + b"}"),
        ("feed.data", b" \n" * 2000 + BOTH),
    ],
)
async def test_every_form_of_json_is_read_by_its_content(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    source, items = await read(tmp_path / name)
    assert (source.kind, source.complete, codes(source), ids(items)) == ("file", True, [], ["a", "b"])
    assert source.canonical == str((tmp_path / name).resolve())


async def test_one_service_is_a_feed_of_one(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(json.loads(ONE), indent=2))
    _, items = await read(tmp_path / "one.json")
    assert ids(items) == ["a"]


async def test_a_bad_line_costs_nothing_but_itself(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes(ONE + b"\n{oops\n\n[1]\n" + TWO)
    source, items = await read(tmp_path / "feed.jsonl")
    assert [(item.position, item.reason, item.raw) for item in items if item.reason] == [
        ("line 2", "not_json", b"{oops"),
        ("line 4", "not_an_object", b"[1]"),
    ]
    assert (ids(items), source.complete) == (["a", "b"], True)


async def test_a_broken_archive_gives_what_could_be_read_and_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl.gz").write_bytes(gzip.compress(ONE + b"\n" + TWO + b"\n")[:-8])
    source, items = await read(tmp_path / "feed.jsonl.gz")
    assert (ids(items), codes(source), source.complete) == (["a", "b"], ["broken_gzip"], False)


async def test_a_bomb_is_left_off_and_incomplete(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "feed.jsonl.gz", "wb") as file:
        file.write(ONE + b"\n")
        for _ in range(80):
            file.write(bytes(1 << 20))
    source, items = await read(tmp_path / "feed.jsonl.gz")
    assert (ids(items), codes(source), source.complete) == (["a"], ["bomb"], False)


async def test_a_list_that_stops_in_the_middle_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_bytes(BOTH[:-3])
    source, items = await read(tmp_path / "feed.json")
    assert ([item.reason for item in items], codes(source)) == (["", "not_json"], ["cut_short"])
    assert not source.complete


async def test_a_record_over_the_limit_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    large = b'{"id": "large", "name": "' + b"x" * 5000 + b'"}'
    for name, content in (
        ("feed.jsonl", b"\n".join([ONE, large, TWO])),
        ("feed.json", b"[%s,%s,%s]" % (ONE, large, TWO)),
    ):
        (tmp_path / name).write_bytes(content)
        _, items = await read(tmp_path / name, SourceOptions(max_record_bytes=1000))
        assert [item.reason for item in items] == ["", "too_large", ""]


async def test_a_folder_is_read_by_name_with_its_sub_folders_and_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "outside.json").write_bytes(BOTH)
    (folder / "b.json").write_bytes(TWO)
    (folder / "a.jsonl").write_bytes(ONE)
    (folder / "sub" / "c.json.gz").write_bytes(gzip.compress(ONE))
    (folder / "notes.txt").write_text("not a record")
    (folder / "d.json").write_text("not json")
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    (folder / "elsewhere").symlink_to(tmp_path)
    source, items = await read(folder)
    assert source.kind == "folder"
    assert [item.position for item in items] == ["a.jsonl line 1", "b.json item 1", "sub/c.json.gz item 1"]
    assert [(problem.code, problem.where) for problem in source.problems] == [("unknown_format", "d.json")]
    assert not source.complete


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html>", "unknown_format"),
        (b"\x1f\x8bx", "broken_gzip"),
        (b"PK\x03\x04", "broken_zip"),
    ],
)
async def test_what_is_no_feed_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "feed").write_bytes(content)
    with pytest.raises(SourceError) as error:
        await open_source(str(tmp_path / "feed"))
    assert error.value.code == code


async def test_what_is_not_there_or_never_ends_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    for place, code in (
        ("missing", "not_found"),
        ("pipe", "unreadable_file"),
        ("empty", "empty"),
        ("x\0", "unreadable_file"),
    ):
        with pytest.raises(SourceError) as error:
            await open_source(str(tmp_path / place))
        assert error.value.code == code


async def test_batches_are_small_in_number_and_in_memory(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes((ONE + b"\n") * 250)
    batches = await batches_of(await open_source(str(tmp_path / "feed.jsonl")))
    assert [len(batch.items) for batch in batches] == [100, 100, 50]
    (tmp_path / "feed.jsonl").write_bytes((b'{"name": "' + b"x" * 3_000_000 + b'"}\n') * 7)
    batches = await batches_of(await open_source(str(tmp_path / "feed.jsonl")))
    assert [len(batch.items) for batch in batches] == [3, 3, 1]


async def test_other_tasks_run_while_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes((ONE + b"\n") * 1000)
    source = await open_source(str(tmp_path / "feed.jsonl"))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    batches = await batches_of(source)
    counting.cancel()
    assert turns >= len(batches)


async def test_a_reading_that_is_cancelled_or_left_lets_go(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes((ONE + b"\n") * 1000)
    left = (await open_source(str(tmp_path / "feed.jsonl"))).batches()
    assert isinstance(left, AsyncGenerator)
    assert len((await anext(left)).items) == 100
    await left.aclose()
    cancelled = asyncio.create_task(read(tmp_path / "feed.jsonl"))
    await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled


def test_reading_a_file_loads_no_client() -> None:
    code = (
        "import asyncio, sys; from directory.feeds.sources.opening import open_source\n"
        "from directory.feeds.sources.source import SourceError\n"
        "try: asyncio.run(open_source('/nonexistent'))\n"
        "except SourceError: pass\n"
        "print(sorted({'httpx', 'httpcore', 'sqlalchemy', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@fuzz
@given(raw=st.binary(max_size=400), name=st.sampled_from(["x.jsonl", "x.json", "x.gz", "x.zip", "x"]))
async def test_any_bytes_are_read_or_refused(tmp_path: Path, raw: bytes, name: str) -> None:
    for content in (
        raw,
        b"[" + raw,
        b'{"contents": [' + raw,
        ONE + b"\n" + raw,
        gzip.compress(raw),
        b"PK\x03\x04" + raw,
    ):
        (tmp_path / name).write_bytes(content)
        try:
            source, items = await read(tmp_path / name)
        except SourceError:
            continue
        assert all((item.document is None) == bool(item.reason) for item in items)
        assert source.complete or source.problems


@fuzz
@given(
    cut=st.integers(0, 800), flips=st.lists(st.tuples(st.integers(0, 800), st.integers(0, 255)), max_size=5)
)
@example(cut=0, flips=[(296, 0)])  # a member whose name is gone
async def test_a_damaged_package_is_read_or_refused(
    tmp_path: Path, cut: int, flips: list[tuple[int, int]]
) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", '{"resources": [{"name": "service", "path": "service.csv"}]}')
        archive.writestr("service.csv", "id,name\n" + "".join(f"s{n},Example {n}\n" for n in range(20)))
    raw = bytearray(memory.getvalue())
    for at, byte in flips:
        raw[at % len(raw)] = byte
    (tmp_path / "x.zip").write_bytes(raw[: len(raw) - cut // 20])
    try:
        source, items = await read(tmp_path / "x.zip")
    except SourceError:
        return
    assert source.complete or source.problems
    assert all((item.document is None) == bool(item.reason) for item in items)


@fuzz
@given(
    raw=st.binary(max_size=300), header=st.sampled_from([b"id,name\n", b"id,id,,name\n", b"\xff\xfe", b""])
)
async def test_any_table_is_read_or_reported(tmp_path: Path, raw: bytes, header: bytes) -> None:
    (tmp_path / "service.csv").write_bytes(header + raw)
    (tmp_path / "schedule.csv").write_bytes(header + raw)
    (tmp_path / "datapackage.json").write_text(
        '{"resources": [{"name": "service", "path": "service.csv"}, {"path": "schedule.csv"}]}'
    )
    source, items = await read(tmp_path)
    assert all((item.document is None) == bool(item.reason) for item in items)
    assert source.complete or source.problems


@pytest.mark.shared
async def test_the_library_feed_is_read_whole(shared: Path) -> None:
    source, items = await read(shared / "feeds" / "uk-libraries" / "services.jsonl.gz")
    assert (len(items), source.complete, codes(source)) == (4231, True, [])
    assert all(item.document for item in items)


@pytest.mark.shared
async def test_the_standard_s_own_examples_are_read(shared: Path) -> None:
    examples = shared / "specs" / "oruk-v3" / "examples"
    for name in ("service_full.json", "service_list.json"):
        _, items = await read(examples / name)
        assert ids(items) == ["ac148810-d857-441c-9679-408f346de14b"]
