"""Parsing one record: nothing is lost without a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.decoding import decode

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"a": 1} {}', "not_json"),
        (b'{"a": 1,}', "not_json"),
        (b'{"a": "\xff"}', "not_utf8"),
        (b'{"a": NaN}', "not_a_number"),
        (b'{"a": -Infinity}', "not_a_number"),
        (b'{"a": 1e999}', "not_a_number"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a" : 1, "a" : 2}', "duplicate_key"),
        (b'{"a": {"b": 1, "b": 1}}', "duplicate_key"),
        (b'{"a": "\\ud800"}', "lone_surrogate"),
        (b"[" * 100_000, "too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "too_deep"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "too_deep"),
        (b"1" * 5000, "not_json"),
        ("\ufeff{}".encode(), "not_json"),
        ('{"a": 1}'.encode("utf-16"), "not_utf8"),
    ],
)
def test_what_can_t_be_kept_whole_has_a_reason(raw: bytes, reason: str) -> None:
    assert decode(raw) == (None, reason)


@pytest.mark.parametrize(
    "document",
    [
        {"a": 123_456_789_012_345_678_901_234_567_890},
        {"a": -(2**63) - 1},
        {"a": 2**64},
        {"a": '":":"'},
        {"a": 'x":"y', "b": ":", ":": 1},
        {"phone": "00000000000000000000000000"},
        {"a": 0.1234567890123456789},
    ],
)
def test_large_numbers_and_odd_texts_are_kept_exactly(document: dict[str, Any]) -> None:
    assert decode(json.dumps(document).encode()) == (document, "")


@given(DOCUMENTS)
def test_what_json_can_say_is_read_as_it_was_meant(document: Any) -> None:
    for separators in ((",", ":"), (" , ", " : ")):
        value, reason = decode(json.dumps(document, separators=separators).encode())
        assert (value, reason) == (document, "")


@given(st.binary())
def test_any_bytes_have_a_value_or_a_reason(raw: bytes) -> None:
    value, reason = decode(raw)
    assert value is None or not reason
