"""Values that are made when they are looked at."""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import asdict, dataclass, replace

import pytest

from directory.search.late import Late


@dataclass(frozen=True, slots=True)
class _Pair(Late):
    one: int
    other: str = "x"


def _counted(made: list[int]) -> _Pair:
    made.append(1)
    return _Pair(1, "y")


def test_it_is_made_once_when_a_field_is_read() -> None:
    """And not before."""
    made: list[int] = []
    pair = _Pair.later(_counted, made)
    assert made == []
    assert (pair.other, pair.one, made) == ("y", 1, [1])


def test_it_is_like_one_made_at_once() -> None:
    """Equal, shown, copied, replaced and written out alike."""
    now, late = _Pair(1, "y"), _Pair.later(_counted, [])
    assert late == now
    assert now == _Pair.later(_counted, [])
    assert repr(_Pair.later(_counted, [])) == repr(now)
    assert asdict(_Pair.later(_counted, [])) == asdict(now)
    assert replace(_Pair.later(_counted, []), one=2) == _Pair(2, "y")
    assert copy(_Pair.later(_counted, [])) == deepcopy(late) == now
    assert hash(_Pair.later(_counted, [])) == hash(now)


def test_what_is_no_field_is_missing() -> None:
    """On one that was made, and on one that was not."""
    for pair in (_Pair(1), _Pair.later(_counted, [])):
        with pytest.raises(AttributeError):
            pair.third  # type: ignore[attr-defined]  # noqa: B018
