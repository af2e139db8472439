"""Opens a file as a run of byte chunks: packed or not, with or without a byte order mark."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from directory.feeds.sources.inflating import inflate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


def read_chunks(path: Path, *, max_unpacked_bytes: int) -> Iterator[bytes]:
    """Give the content of a file, unpacked where its first bytes say gzip.

    Raises BadArchiveError (after the chunks that could be read) and OSError.
    """
    content = _content(path)
    first = next(content, b"")
    content = chain([first], content)
    if first.startswith(_GZIP):
        content = inflate(content, max_bytes=max_unpacked_bytes)
    return _without_bom(content)


def peek(content: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first chunk that is not blank, and the content again from its start."""
    blank: list[bytes] = []
    for chunk in content:
        blank.append(chunk)
        if not chunk.isspace() and chunk:
            return chunk, chain(blank, content)
        if len(blank) > 64:
            break
    return b"", chain(blank, content)


def _content(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _without_bom(content: Iterator[bytes]) -> Iterator[bytes]:
    yield next(content, b"").removeprefix(_BOM)
    yield from content
