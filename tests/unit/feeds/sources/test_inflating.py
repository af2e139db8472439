"""Unpacking within bounds."""

from __future__ import annotations

import gzip
import zlib
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.inflating import PIECE, BadArchiveError, inflate

MUCH = 1 << 30


def unpack(*chunks: bytes, most: int = MUCH) -> bytes:
    """All that the chunks unpack to."""
    return b"".join(inflate(chunks, max_bytes=most))


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4), st.integers(1, 50))
def test_members_that_follow_each_other_are_one_content(parts: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(part) for part in parts) + b"\0\0"
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert unpack(*chunks) == b"".join(parts)


@given(st.binary(max_size=200))
def test_any_bytes_unpack_or_are_said_to_be_broken(raw: bytes) -> None:
    for data in (raw, gzip.compress(raw)[:-1], b"\x1f\x8b\x08" + raw):
        with pytest.raises(BadArchiveError):
            unpack(data)


def test_what_could_be_read_before_the_break_is_given() -> None:
    packed = gzip.compress(bytes(range(256)) * 4000, compresslevel=0)
    pieces = inflate([packed[:500_000]], max_bytes=MUCH)
    assert len(next(pieces)) == PIECE
    with pytest.raises(BadArchiveError, match="broken_gzip"):
        list(pieces)


def test_a_bomb_is_left_off_and_never_held_whole() -> None:
    packer = zlib.compressobj(wbits=31)
    packed = b"".join(map(packer.compress, repeat(bytes(1 << 20), 100))) + packer.flush()
    sizes: list[int] = []
    pieces = inflate([packed], max_bytes=MUCH)
    with pytest.raises(BadArchiveError, match="bomb"):
        sizes.extend(map(len, pieces))
    assert max(sizes) <= PIECE
    assert sum(sizes) <= 65 << 20


def test_more_than_allowed_is_left_off() -> None:
    with pytest.raises(BadArchiveError, match="bomb"):
        unpack(gzip.compress(b"x" * 1001), most=1000)
