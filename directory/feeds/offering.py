"""Makes offers of HSDS rows, with the postcodes and authorities of the package."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from directory.places.atlas import Atlas
from directory.places.names import fold
from directory.places.postcode_text import normalise_outcode, normalise_postcode
from directory.places.postcodes import Postcodes
from directory.search.projecting import project
from directory.search.sorting import unsorted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from directory.hsds.record import Row
    from directory.search.offer import Offer
    from directory.search.sorting import Sort


def offers_of(sort: Sort = unsorted) -> Callable[[Mapping[str, Sequence[Row]]], list[Offer]]:
    """What makes offers of the rows of one service; the tables of places are read here, once.

    `sort` says which needs a service serves; without it services are found by their terms and words.
    """
    postcodes = Postcodes()
    postcodes.authority_near(51.5, -0.12)
    atlas = Atlas()

    @lru_cache(4096)
    def authority_named(name: str) -> str | None:
        code = name.strip().upper()
        return code if code in atlas.authorities else atlas.authority_names.get(fold(name))

    @lru_cache(4096)
    def outcode_authorities(text: str) -> tuple[str, ...]:
        halves = (normalise_outcode(half) for half in (text, *text.split()[:1], text.strip()[:-3]))
        outcodes = ((normalise_postcode(text) or "")[:-4], *halves)
        row = next((atlas.outcodes[outcode] for outcode in outcodes if outcode in atlas.outcodes), None)
        return tuple(filter(None, row[4].split("|"))) if row else ()

    authority_named("")
    outcode_authorities("")
    making = partial(
        project,
        postcodes=postcodes.find,
        authority_near=postcodes.authority_near,
        authority_named=authority_named,
        outcode_authorities=outcode_authorities,
        sort=sort,
    )
    return _Offering(making, sort)


class _Offering:
    """What makes offers; pickled it is how it is made, so that another process reads the tables itself."""

    def __init__(self, making: Callable[[Mapping[str, Sequence[Row]]], list[Offer]], sort: Sort) -> None:
        self._making = making
        self._sort = sort

    def __call__(self, rows: Mapping[str, Sequence[Row]]) -> list[Offer]:
        return self._making(rows)

    def __reduce__(self) -> tuple[object, ...]:
        return offers_of, (self._sort,)
