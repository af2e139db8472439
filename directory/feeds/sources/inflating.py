"""Unpacks gzip within bounds: never more than a piece at a time, and never a bomb."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 256 * 1024
_SUSPICIOUS_AFTER = 64 * 1024 * 1024
_MAX_RATIO = 250
"""JSON of services packs 10 to 40 times; a mebibyte of zeros packs 1,000 times."""


class BadArchiveError(Exception):
    """Packed data that is broken, or unpacks to more than it may."""

    def __init__(self, code: str) -> None:
        """Keep the code: `broken_gzip` or `bomb`."""
        super().__init__(code)
        self.code = code


def inflate(chunks: Iterable[bytes], *, max_bytes: int) -> Iterator[bytes]:
    """Unpack gzip members that follow each other; raises BadArchiveError after what could be read."""
    inflater = Inflater(max_bytes=max_bytes)
    for chunk in chunks:
        yield from inflater.feed(chunk)
    yield from inflater.end()


class Inflater:
    """The same, fed by hand: for a body that arrives asynchronously.

    `wbits` is zlib's: 31 for gzip, 15 for zlib, 47 for either.
    """

    def __init__(self, *, max_bytes: int, wbits: int = 31) -> None:
        """Start before the first member."""
        self._wbits = wbits
        self._max_bytes = max_bytes
        self._stream = zlib.decompressobj(wbits)
        self._taken = 0
        self._given = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Give what the chunk unpacks to, at most 256 KiB at a time."""
        self._taken += len(chunk)
        data = chunk
        while data:
            if self._stream.eof:
                data = data.lstrip(b"\0")  # padding after a member is usual on tapes and harmless
                if not data:
                    return
                self._stream = zlib.decompressobj(self._wbits)
            yield from self._counted(self._unpack(data))
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def end(self) -> Iterator[bytes]:
        """Give what was held back; raise when the data stopped before its end."""
        yield from self._counted(self._stream.flush())
        if not self._stream.eof:
            raise BadArchiveError("broken_gzip")

    def _unpack(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, PIECE)
        except zlib.error as error:
            raise BadArchiveError("broken_gzip") from error

    def _counted(self, piece: bytes) -> Iterator[bytes]:
        self._given += len(piece)
        swollen = self._given > _SUSPICIOUS_AFTER and self._given > _MAX_RATIO * self._taken
        if swollen or self._given > self._max_bytes:
            raise BadArchiveError("bomb")
        if piece:
            yield piece
