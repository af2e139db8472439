"""What a question asks of an offer besides need and place, as numbers that an index can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from directory.search.access import FLAGS
from directory.search.languages import language_mask
from directory.search.offer import Flag, authority_number
from directory.search.opening import stretch_mask

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from directory.search.query import Conditions, Query

_ACCESS = {name: (int(Flag[name.upper()]), int(Flag[f"NO_{name.upper()}"])) for name in FLAGS}
_OTHER_GENDER = {"women": int(Flag.FOR_MEN), "men": int(Flag.FOR_WOMEN)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of one question. What is not known of an offer passes each of them."""

    forbidden: int = 0
    """Flags that an offer may not have."""
    wished: tuple[int, ...] = ()
    """For each condition the flags of which one says that it is met; without, it is not known."""
    weeks: tuple[int, int, int] | None = None
    age: tuple[int, int] | None = None
    language: str | None = None
    language_bit: int = 0
    lad: int = 0
    """Number of the authority that an offer must lie in; 0 for anywhere."""

    @property
    def kind(self) -> tuple[int, bool, bool, bool, bool]:
        """Which filters there are: how far one must look for enough depends on it."""
        return (
            self.forbidden,
            self.weeks is not None,
            self.age is not None,
            self.language_bit != 0,
            self.lad != 0,
        )

    def known(self, flags: int, *, speaks: bool | None) -> float:
        """From 0.5 (nothing of what was asked is stated) to 1 (all of it is)."""
        asked = len(self.wished) + (self.language is not None)
        if not asked:
            return 1.0
        met = sum(1 for bits in self.wished if flags & bits) + (speaks is True)
        return 0.5 + 0.5 * met / asked


def wanted(query: Query, timezone: ZoneInfo) -> Wanted:
    """The filters that follow from a question."""
    conditions = query.conditions
    forbidden, wished = _flags(conditions)
    lad = query.where.lad if query.where else None
    return Wanted(
        forbidden=forbidden,
        wished=wished,
        weeks=stretch_mask(query.when, timezone) if query.when else None,
        age=conditions.age,
        language=conditions.language.lower() if conditions.language else None,
        language_bit=language_mask((conditions.language.lower(),)) if conditions.language else 0,
        lad=authority_number(lad) if lad else 0,
    )


@lru_cache
def _flags(conditions: Conditions) -> tuple[int, tuple[int, ...]]:
    forbidden, wished = 0, []
    if conditions.free:
        forbidden |= Flag.PAID
        wished.append(int(Flag.FREE))
    for wish in dict.fromkeys((*(("wheelchair",) if conditions.wheelchair else ()), *conditions.access)):
        if wish in _ACCESS:
            present, absent = _ACCESS[wish]
            forbidden |= absent
            wished.append(present)
    if conditions.no_referral:
        forbidden |= Flag.REFERRAL_NEEDED
        wished.append(int(Flag.NO_REFERRAL))
    if conditions.age:
        wished.append(int(Flag.AGES_KNOWN))
    forbidden |= _OTHER_GENDER.get(conditions.gender or "", 0)
    return int(forbidden), tuple(wished)
