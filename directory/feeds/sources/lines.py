"""JSON lines: one record a line, a bad line costs nothing but itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.feeds.sources.decoding import decode
from directory.feeds.sources.source import RAW_BYTES, Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_lines(chunks: Iterable[bytes], *, max_record_bytes: int, prefix: str = "") -> Iterator[Item]:
    """Give an item for each line that is not blank; no more than one line is held in memory."""
    for number, line, size in _lines(chunks, max_record_bytes):
        position = f"{prefix}line {number}"
        if size > max_record_bytes:
            yield Item(position, None, "too_large", raw=line[:RAW_BYTES], size=size)
        elif line and not line.isspace():
            yield to_item(position, line)


def to_item(position: str, raw: bytes) -> Item:
    """Parse what should be one service."""
    document, reason = decode(raw)
    if not reason and not isinstance(document, dict):
        reason = "not_an_object"
    if reason:
        return Item(position, None, reason, raw=raw[:RAW_BYTES], size=len(raw))
    return Item(position, document, size=len(raw))


def _lines(chunks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes, int]]:
    """Give (number, line, size); of a line over the limit only the start is kept."""
    number = 1
    rest, size = b"", 0
    for chunk in chunks:
        first, newline, after = chunk.partition(b"\n")
        size += len(first)
        rest += first if size <= limit else first[: max(0, RAW_BYTES - len(rest))]
        if not newline:
            continue
        yield number, rest, size
        *whole, rest = after.split(b"\n")
        for line in whole:
            number += 1
            yield number, line, len(line)
        number += 1
        size = len(rest)
    if size:
        yield number, rest, size
