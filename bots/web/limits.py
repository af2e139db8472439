"""How much one visitor, and one address, may say: generous to people, and an end to machines.

Counted in this process's memory alone, so that no address is ever written down.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

MOST_KNOWN: Final = 20_000
"""How many are remembered; the one that was quiet longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and then one each so many seconds."""

    at_once: int
    each_s: float


ROOM: Final = Allowance(at_once=15, each_s=2.0)
ADDRESS: Final = Allowance(at_once=150, each_s=0.5)
"""Of many people, perhaps: a library, a hostel or a telephone network has one address."""


class Visitors:
    """Who said how much lately."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, who: str, now: datetime) -> float:
        """Count one more; gives 0, or for how many seconds it is too much."""
        moment, allowed = now.timestamp(), self._allowance
        free = max(self._full_at.pop(who, 0.0), moment)
        wait = free - moment - (allowed.at_once - 1) * allowed.each_s
        self._full_at[who] = free if wait > 0 else free + allowed.each_s
        if len(self._full_at) > MOST_KNOWN:
            self._full_at.popitem(last=False)
        return max(0.0, wait)


def household(address: str) -> str:
    """An address as it is counted: of IPv6 the half that one household has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
