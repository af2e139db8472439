"""Telegram's HTML: lines that are escaped once, packed in messages no longer than one may be."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bots.channels.splitting import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST: Final = 4_096
"""Of a message after its markup was read, in UTF-16 units: at least as many as Telegram counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: as it is read, and as HTML."""

    plain: str
    html: str


def size(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text(plain: str) -> Line:
    """A line that is nothing but text."""
    return Line(plain, html.escape(plain, quote=False))


def bold(plain: str) -> Line:
    """A line that stands out."""
    return Line(plain, f"<b>{text(plain).html}</b>")


def link(plain: str, url: str) -> Line:
    """A line that leads somewhere."""
    return Line(plain, f'<a href="{html.escape(url)}">{text(plain).html}</a>')


def messages(blocks: Sequence[Sequence[Line]], longest: int = LONGEST) -> list[str]:
    """Pack blocks of lines in as few messages as hold them, cut between blocks, else lines, else words."""
    packed: list[str] = []
    room = 0
    for chunk in (chunk for block in blocks for chunk in _chunks(block, longest)):
        needed = size(chunk.plain) + 2
        if packed and needed <= room:
            packed[-1] += f"\n\n{chunk.html}"
            room -= needed
        else:
            packed.append(chunk.html)
            room = longest - size(chunk.plain)
    return packed


def _chunks(block: Sequence[Line], longest: int) -> Iterator[Line]:
    """A block whole where it fits in a message, else in parts that do."""
    whole: list[Line] = []
    room = longest
    for line in (part for whole_line in block for part in _cut(whole_line, longest)):
        needed = size(line.plain) + 1
        if whole and needed > room:
            yield _joined(whole)
            whole, room = [], longest
        whole.append(line)
        room -= needed
    if whole:
        yield _joined(whole)


def _cut(line: Line, longest: int) -> Iterator[Line]:
    """A line whole where it fits in a message, else in parts that are nothing but text."""
    if size(line.plain) <= longest:
        yield line
        return
    yield from map(text, split(line.plain, longest, size))


def _joined(lines: Sequence[Line]) -> Line:
    return Line("\n".join(line.plain for line in lines), "\n".join(line.html for line in lines))
