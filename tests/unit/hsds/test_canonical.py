"""JSON is written so that equal documents are equal bytes, and read back without loss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds.canonical import NotJson, content_hash, dumps, loads, same

if TYPE_CHECKING:
    import random

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same, with the order of keys and of list members changed."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    if isinstance(value, list):
        members = [shuffled(member, chance) for member in value]
        chance.shuffle(members)
        return members
    return value


@given(JSON)
def test_what_is_written_is_read_back_exactly(value: object) -> None:
    back = loads(dumps(value))
    assert json.dumps(back, sort_keys=True) == json.dumps(value, sort_keys=True)
    assert dumps(back) == dumps(value)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_the_order_of_keys_does_not_change_the_hash(value: dict[str, object]) -> None:
    assert content_hash(dict(reversed(value.items()))) == content_hash(value)


@given(JSON, st.randoms(use_true_random=False))
def test_the_order_of_keys_and_members_is_no_difference(value: object, chance: random.Random) -> None:
    assert same(value, shuffled(value, chance))


@given(JSON, JSON)
def test_what_differs_is_not_the_same(one: object, other: object) -> None:
    if same(one, other):
        assert same([one, 1], [1, other])
    else:
        assert content_hash(one) != content_hash(other)


@pytest.mark.parametrize(
    ("one", "other"), [([1], [1, 1]), (True, 1), ({"a": None}, {}), ("1", 1), ([[1], [2]], [[1, 2]]), (0, -1)]
)
def test_a_difference_is_seen(one: object, other: object) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    "written",
    [b"123456789012345678901234567890", b'{"a":-9999999999999999999}', b'"\\ud800"', b"18446744073709551615"],
)
def test_long_numbers_and_half_characters_survive(written: bytes) -> None:
    assert dumps(loads(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"NaN",
        b"[1e]",
        b"\xff",
        b"Infinity",
        b"[NaN,1234567890123456789]",
        b"1e400",
        b"[1e999,1234567890123456789]",
    ],
)
def test_what_is_no_json_is_said_to_be_none(written: bytes) -> None:
    with pytest.raises(NotJson) as caught:
        loads(written)
    assert caught.value.reason == "not_json"


def test_nesting_without_end_is_too_deep() -> None:
    with pytest.raises(NotJson) as caught:
        loads(b"[" * 100_000 + b"]" * 100_000)
    assert caught.value.reason == "too_deep"
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(NotJson) as caught:
        dumps(deep)
    assert caught.value.reason == "too_deep"


def test_nesting_past_what_is_fast_is_written_all_the_same() -> None:
    written = b"[" * 400 + b"]" * 400
    assert dumps(loads(written)) == written
    assert same(loads(written), loads(written))


def test_what_json_has_no_word_for_is_refused() -> None:
    for value in (object(), {"a": {1, 2}}, {"a": b"bytes"}):
        with pytest.raises(NotJson):
            dumps(value)
