"""Tells JSON lines from a list or an envelope by looking at the content."""

from __future__ import annotations

from typing import Literal

from directory.feeds.sources.decoding import decode
from directory.feeds.sources.elements import find_rows

Shape = Literal["lines", "elements", "empty", "unknown_format"]

_LINES_LOOKED_AT = 20


def recognise(head: bytes, name: str) -> Shape:
    """Judge by the first chunk; the name only decides where the content does not."""
    start = head.lstrip()
    if not start:
        return "empty"
    line, _, rest = start.partition(b"\n")
    first = line.rstrip()
    value, reason = decode(first)
    if not reason:
        return _by_first_line(first, value, rest, name)
    if first == b"[" or (start.startswith(b"[") and not (_is_named_lines(name) and _holds_record(rest))):
        return "elements"
    if _is_named_lines(name) or _holds_record(rest):
        return "lines"
    return "elements" if start.startswith(b"{") else "unknown_format"


def _by_first_line(line: bytes, value: object, rest: bytes, name: str) -> Shape:
    if isinstance(value, dict):
        is_page = bool(find_rows(line, 0)[0])
        return "lines" if not is_page and (rest.strip() or _is_named_lines(name)) else "elements"
    if isinstance(value, list) and not _is_named_lines(name):
        return "elements"
    if isinstance(value, list) and not rest.strip():
        return "elements"
    return "lines" if _is_named_lines(name) or _holds_record(rest) else "unknown_format"


def _is_named_lines(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def _holds_record(text: bytes) -> bool:
    """Whether one of the next lines is a whole JSON object."""
    lines = text.split(b"\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    return any(isinstance(decode(line)[0], dict) for line in lines if line.lstrip().startswith(b"{"))
