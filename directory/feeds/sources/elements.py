"""Cuts a stream of JSON into its records: a list of any length, an envelope page, one service.

Only the record at hand is held in memory, and each is parsed by itself, so a list of a million is as
light as a list of one and a bad record in its middle is lost alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.feeds.sources.brackets import Brackets, guess_end
from directory.feeds.sources.decoding import decode
from directory.feeds.sources.lines import to_item
from directory.feeds.sources.source import RAW_BYTES, Item, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROW_KEYS = ("contents", "content", "services")
"""Where an envelope keeps its records: ORUK v3, v1, and a bare collection."""

_GAP = re.compile(rb"[\s,]*+")
_SCALAR = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|"|[^][{},\s"]+|.', re.DOTALL)
_QUOTE = b'"'[0]
_KEY = re.compile(rb'"([^"\\]*+)"\s*+:\s*+(\[?)|"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{}"]', re.DOTALL)


def read_elements(
    chunks: Iterable[bytes], report: Callable[[Problem], None], *, max_record_bytes: int, prefix: str = ""
) -> Iterator[Item]:
    """Give an item for each record in the stream, wherever its brackets stand."""
    return _Elements(_Window(iter(chunks)), report, max_record_bytes, prefix).read()


class _Window:
    """The part of the stream that is in memory: from `at` on it is still to be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.buffer = b""
        self.at = 0

    def more(self) -> bool:
        """Read another chunk behind what is there; False at the end of the stream."""
        chunk = next(self._chunks, b"")
        if chunk:
            self.buffer = self.buffer[self.at :] + chunk
            self.at = 0
        return bool(chunk)

    def next_byte(self) -> bytes:
        """Go to the next byte that is neither space nor comma and return it; empty at the end."""
        while True:
            gap = _GAP.match(self.buffer, self.at)
            self.at = gap.end() if gap else self.at
            if self.at < len(self.buffer):
                return self.buffer[self.at : self.at + 1]
            if not self.more():
                return b""

    def skip(self, brackets: Brackets) -> bool:
        """Drop all up to where the brackets close; False when the stream ends before."""
        while (end := brackets.find_end(self.buffer, self.at)) < 0:
            self.at = brackets.at
            if not self.more():
                self.at = len(self.buffer)
                return False
        self.at = end
        return True


class _Elements:
    def __init__(self, window: _Window, report: Callable[[Problem], None], limit: int, prefix: str) -> None:
        self._window = window
        self._report = report
        self._limit = limit
        self._prefix = prefix
        self._count = 0
        self._is_cut = False

    def read(self) -> Iterator[Item]:
        window = self._window
        while byte := window.next_byte():
            if byte == b"[":
                window.at += 1
                yield from self._rows()
            elif byte == b"{" and (rows := self._find_rows()):
                window.at = rows
                yield from self._rows()
                if not window.skip(Brackets(b"{")):
                    self._cut_short()
            else:
                yield self._element(byte)

    def _rows(self) -> Iterator[Item]:
        """Read the members of a list up to its closing bracket."""
        while byte := self._window.next_byte():
            if byte == b"]":
                self._window.at += 1
                return
            yield self._element(byte)
        self._cut_short()

    def _element(self, first: bytes) -> Item:
        self._count += 1
        position = f"{self._prefix}item {self._count}"
        if first == b"{":
            end = guess_end(self._window.buffer, self._window.at)
            raw = self._window.buffer[self._window.at : end] if end > 0 else b""
            if raw and len(raw) <= self._limit:
                document, reason = decode(raw)
                if not reason:
                    self._window.at = end
                    return Item(position, document, size=len(raw))
        return self._element_exactly(first, position)

    def _element_exactly(self, first: bytes, position: str) -> Item:
        window = self._window
        if first not in b"[{":
            return self._scalar(position)
        while True:
            brackets = Brackets()
            end = brackets.find_end(window.buffer, window.at)
            size = (end if end > 0 else len(window.buffer)) - window.at
            if size > self._limit:
                return self._too_large(position)
            if end < 0 and window.more():
                continue
            return self._cut(position, end)

    def _cut(self, position: str, end: int) -> Item:
        window = self._window
        if end < 0:
            self._cut_short()
            end = len(window.buffer)
        raw = window.buffer[window.at : end]
        window.at = end
        return to_item(position, raw)

    def _too_large(self, position: str) -> Item:
        window = self._window
        item = Item(position, None, "too_large", raw=window.buffer[window.at : window.at + RAW_BYTES])
        if not window.skip(Brackets()):
            self._cut_short()
        return item

    def _scalar(self, position: str) -> Item:
        """Pass over what is neither object nor list, up to what could begin one."""
        window = self._window
        while True:
            found = _SCALAR.match(window.buffer, window.at)
            end = found.end() if found else window.at + 1
            is_whole = end < len(window.buffer) and (end - window.at > 1 or window.buffer[end - 1] != _QUOTE)
            if is_whole or len(window.buffer) - window.at > self._limit or not window.more():
                break
        raw = window.buffer[window.at : end]
        window.at = end
        return to_item(position, raw)

    def _find_rows(self) -> int:
        """Return where the rows of an envelope begin; 0 where the object is a record of its own."""
        window = self._window
        while True:
            rows, decided = find_rows(window.buffer, window.at)
            if decided or len(window.buffer) - window.at > self._limit or not window.more():
                return rows

    def _cut_short(self) -> None:
        if not self._is_cut:
            self._report(Problem("cut_short", self._prefix.strip(), partial=True))
        self._is_cut = True


def find_rows(buffer: bytes, start: int) -> tuple[int, bool]:
    """Look through the keys of the object at `start` for a list of rows.

    Returns (index after the opening bracket of the rows, or 0; whether that is certain). An object
    with an id is a record, whatever else it holds.
    """
    depth = 0
    for token in _KEY.finditer(buffer, start):
        first = buffer[token.start() : token.start() + 1]
        if first in b"{[":
            depth += 1
        elif first in b"}]":
            depth -= 1
            if depth == 0:
                return 0, True
        elif token.group(1) is not None:
            key, is_list = token.group(1).decode("latin-1"), bool(token.group(2))
            if depth == 1 and key == "id":
                return 0, True
            if depth == 1 and is_list and key in ROW_KEYS:
                return token.end(), True
            depth += is_list
        elif token.end() - token.start() == 1:
            break  # a text that is not complete yet
    return 0, False
