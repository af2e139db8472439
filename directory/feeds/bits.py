"""A set of whole numbers as bits: which of a million records an import met takes 125 kB."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Bits:
    """Numbers from 0 up, and how many there are."""

    __slots__ = ("_bits", "count")

    def __init__(self, packed: bytes = b"") -> None:
        """Start empty, or from what `pack` gave."""
        self._bits = bytearray(zlib.decompress(packed)) if packed else bytearray()
        self.count = sum(byte.bit_count() for byte in self._bits)

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] >> (number & 7) & 1)

    def add(self, number: int) -> None:
        """Put the number in, whether or not it is there."""
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1024 - len(self._bits)))
        if not self._bits[place] & bit:
            self._bits[place] |= bit
            self.count += 1

    def pack(self, more: Iterable[int] = ()) -> bytes:
        """As bytes to be stored, with some more numbers in them."""
        copy = Bits()
        copy._bits = bytearray(self._bits)
        for number in more:
            copy.add(number)
        return zlib.compress(copy._bits, 1)
