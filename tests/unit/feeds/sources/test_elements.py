"""Cutting lists, envelopes and lines into records, however the bytes arrive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.elements import read_elements
from directory.feeds.sources.lines import read_lines
from directory.feeds.sources.recognising import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.feeds.sources.source import Item, Problem

TEXT = st.text(st.sampled_from('{}[]",:\\ax é\n'), max_size=12)
RECORDS = st.lists(
    st.dictionaries(st.text(max_size=3), TEXT | st.lists(TEXT | st.integers(), max_size=3), max_size=3),
    max_size=6,
)
LIMIT = 1000


def pieces(raw: bytes, size: int) -> Iterator[bytes]:
    """The bytes in chunks of one size."""
    return (raw[start : start + size] for start in range(0, len(raw), size))


def elements(raw: bytes, size: int = 1 << 20, limit: int = LIMIT) -> tuple[list[Item], list[str]]:
    """The items of a stream, and the codes of its problems."""
    problems: list[Problem] = []
    items = list(read_elements(pieces(raw, size), problems.append, max_record_bytes=limit))
    return items, [problem.code for problem in problems]


def outcome(items: list[Item]) -> list[Any]:
    """The document of each item, or its reason."""
    return [item.reason or item.document for item in items]


@given(RECORDS, st.integers(1, 40), st.sampled_from([None, 2]))
def test_a_list_gives_its_records_however_it_is_cut_and_laid_out(
    records: list[dict[str, Any]], size: int, indent: int | None
) -> None:
    items, problems = elements(json.dumps(records, indent=indent, ensure_ascii=False).encode(), size)
    assert (outcome(items), problems) == (records, [])


@given(RECORDS, st.integers(1, 40), st.sampled_from(["contents", "content", "services"]))
def test_an_envelope_gives_its_rows(records: list[dict[str, Any]], size: int, key: str) -> None:
    document = {
        "total_items": 1,
        "links": {"contents": [{"no": 1}]},
        "note": "[{",
        key: records,
        "after": [1, {}],
    }
    items, problems = elements(json.dumps(document).encode(), size)
    assert (outcome(items), problems) == (records, [])


@given(RECORDS, st.integers(1, 40))
def test_records_that_follow_each_other_without_a_list_are_read(
    records: list[dict[str, Any]], size: int
) -> None:
    records = [{"id": "example", **record} for record in records]
    raw = "\n".join(json.dumps(record, indent=1) for record in records).encode()
    assert outcome(elements(raw, size)[0]) == records


@given(RECORDS, st.integers(1, 40))
def test_lines_give_a_record_each_however_they_are_cut(records: list[dict[str, Any]], size: int) -> None:
    raw = "\r\n\n".join(json.dumps(record) for record in records).encode()
    items = list(read_lines(pieces(raw, size), max_record_bytes=LIMIT))
    assert outcome(items) == records
    assert [item.position for item in items] == [f"line {1 + 2 * n}" for n in range(len(records))]


@given(st.binary(max_size=300), st.integers(1, 40), st.integers(1, 400))
def test_any_bytes_give_items_or_problems_alike_however_they_are_cut(
    raw: bytes, size: int, limit: int
) -> None:
    whole = list(read_lines([raw], max_record_bytes=limit))
    assert outcome(list(read_lines(pieces(raw, size), max_record_bytes=limit))) == outcome(whole)
    items, _ = elements(raw, size, limit)
    assert all((item.document is None) == bool(item.reason) for item in items)
    assert recognise(raw, "example.json")


@given(st.text(st.sampled_from('{}[]",:\\1 \n'), max_size=60), st.integers(1, 9))
def test_any_brackets_give_items_or_problems(text: str, size: int) -> None:
    raw = text.encode()
    items, _ = elements(raw, size, limit=20)
    assert all((item.document is None) == bool(item.reason) for item in items)


def test_one_service_is_one_record_whatever_lists_it_holds() -> None:
    service = {"id": "example", "services": [{"id": "x"}], "contents": [{"id": "y"}]}
    assert outcome(elements(json.dumps(service).encode())[0]) == [service]


@pytest.mark.parametrize(
    ("middle", "reason"),
    [
        (b'{"a": NaN}', "not_a_number"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": [1, 2}', "not_json"),
        (b'{"a": "\xff"}', "not_utf8"),
        (b'{"a" 1}', "not_json"),
        (b"7", "not_an_object"),
        (b'"text {"', "not_an_object"),
        (b"null", "not_an_object"),
        (b'[{"a": 1}]', "not_an_object"),
        (b"garbage", "not_json"),
        (b'{"a": "' + b"x" * 2000 + b'"}', "too_large"),
        (b'{"a": ' + b"[" * 2000 + b"]" * 2000 + b"}", "too_large"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_a_bad_record_in_a_list_costs_nothing_but_itself(middle: bytes, reason: str, size: int) -> None:
    items, problems = elements(b'[{"id": 1},\n' + middle + b',\n{"id": 2}]', size)
    assert (outcome(items), problems) == ([{"id": 1}, reason, {"id": 2}], [])


def test_nesting_without_end_is_a_reason_and_not_a_crash() -> None:
    items, _ = elements(b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", limit=1 << 20)
    assert outcome(items) == ["too_deep"]


@pytest.mark.parametrize(
    "raw", [b'[{"id": 1}, {"id"', b'[{"id": 1},', b'{"contents": [{"id": 1}', b'[{"id": 1}']
)
def test_a_list_that_stops_in_the_middle_says_so(raw: bytes) -> None:
    items, problems = elements(raw)
    assert outcome(items)[0] == {"id": 1}
    assert problems == ["cut_short"]


def test_a_line_over_the_limit_is_skipped_to_its_end() -> None:
    raw = b'{"id": 1}\n{"a": "' + b"x" * 200_000 + b'"}\n{"id": 2}'
    items = list(read_lines(pieces(raw, 64), max_record_bytes=LIMIT))
    assert outcome(items) == [{"id": 1}, "too_large", {"id": 2}]
    assert 0 < len(items[1].raw) <= 64 * 1024


@pytest.mark.parametrize(
    ("head", "name", "shape"),
    [
        (b'{"id": 1}\n{"id": 2}', "x.json", "lines"),
        (b'{"id": 1}', "x.jsonl", "lines"),
        (b'{"id": 1}', "x.json", "elements"),
        (b'{\n"id": 1}', "x.json", "elements"),
        (b'[\n{"id": 1}\n]', "x.jsonl", "elements"),
        (b'[{"id": 1}]', "x.jsonl", "elements"),
        (b'  \n[{"id": 1},', "x", "elements"),
        (b'{"contents": [{"id": 1}]}\n', "x.jsonl", "elements"),
        (b'broken\n{"id": 2}\n', "x.json", "lines"),
        (b"broken\nbroken", "x.jsonl.gz", "lines"),
        (b"{broken\n" + b'{"id": 2}', "x.jsonl", "lines"),
        (b"[broken\n" + b'{"id": 2}', "x.jsonl", "lines"),
        (b"broken", "x.json", "unknown_format"),
        (b"<html>", "x.json", "unknown_format"),
        (b"7", "x.json", "unknown_format"),
        (b" \n ", "x.json", "empty"),
    ],
)
def test_what_a_file_holds_is_told_by_its_content(head: bytes, name: str, shape: str) -> None:
    assert recognise(head, name) == shape
