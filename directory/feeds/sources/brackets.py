"""Finds where a JSON object or list ends, in pieces, without parsing what is inside.

It goes on where a parser would give up: a bad number or a missing bracket in one record must not
cost the records after it.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{}"]', re.DOTALL)
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+("?)', re.DOTALL)
_QUOTE, _OPEN_LIST, _OPEN_OBJECT = b'"[{'
_OPENERS = {b"]"[0]: _OPEN_LIST, b"}"[0]: _OPEN_OBJECT}
_QUICK_CLOSES = 400


class Brackets:
    """Reads on until all that was opened is closed; holds no text, only what is still open."""

    def __init__(self, opened: bytes = b"") -> None:
        """Begin before the first bracket, or inside of those already opened."""
        self._open = bytearray(opened)
        self._in_string = False
        self.at = 0
        """Up to where the buffer was read when no end was found in it."""

    def find_end(self, buffer: bytes, start: int) -> int:
        """Return the index after the bracket that closes the outermost one, or -1 to go on at `at`."""
        if self._in_string:
            start = self._leave_string(buffer, start)
        if not self._in_string:
            for token in _TOKEN.finditer(buffer, start):
                first = buffer[token.start()]
                if first != _QUOTE:
                    if self._closes(first):
                        return token.end()
                elif token.end() - token.start() == 1:
                    self._in_string = True
                    self._leave_string(buffer, token.end())
                    return -1
            self.at = len(buffer)
        return -1

    def _leave_string(self, buffer: bytes, start: int) -> int:
        rest = _STRING_REST.match(buffer, start)
        self.at = rest.end() if rest else start
        self._in_string = not (rest and rest.group(1))
        return self.at

    def _closes(self, bracket: int) -> bool:
        """Count a bracket; one that closes an outer one closes all that was left open in it."""
        opener = _OPENERS.get(bracket)
        if opener is None:
            self._open.append(bracket)
            return False
        if opener in self._open:
            del self._open[self._open.rindex(opener) :]
        return not self._open


def guess_end(buffer: bytes, start: int) -> int:
    """Return where an object probably ends, by counting braces wherever they stand; -1 for no guess.

    Ten times faster than reading it properly, and right unless a text holds a lone brace: whoever
    uses it parses the result, and falls back on `Brackets`.
    """
    opened, at = 0, start
    for closed in range(1, _QUICK_CLOSES):
        close = buffer.find(b"}", at) + 1
        if not close:
            return -1
        opened += buffer.count(b"{", at, close)
        if opened == closed:
            return close
        at = close
    return -1
