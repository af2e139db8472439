"""A long text in several messages, cut where a reader would: between paragraphs, else lines, else words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CUTS: Final = ("\n\n", "\n", " ")
"""Where to cut, best first."""


def split(text: str, most: int, size: Callable[[str], int] = len) -> list[str]:
    """Cut a plain text into parts of which none is larger than `most`.

    Args:
        text: plain; what a platform wants escaped is escaped afterwards, so that no escape is cut.
        most: how large a part may be; enough for one character.
        size: how the platform measures (for instance in UTF-16 units, or after escaping); at least as much
            for a text as for a part of it.
    """
    return list(_parts(text.strip(), most, size))


def _parts(text: str, most: int, size: Callable[[str], int]) -> Iterator[str]:
    while text and size(text) > most:
        end = _longest(text, most, size)
        cut = next((at for mark in _CUTS if (at := text.rfind(mark, end // 3, end + len(mark))) > 0), end)
        if part := text[:cut].strip():
            yield part
        text = text[cut:].strip()
    if text:
        yield text


def _longest(text: str, most: int, size: Callable[[str], int]) -> int:
    """How many characters from the start fit; one at least."""
    low, high = 1, min(len(text), most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= most else (low, middle - 1)
    return low
