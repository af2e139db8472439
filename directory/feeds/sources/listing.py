"""Keeps count of a paged list that may lie: about its end, its total, and whether it moves on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directory.feeds.sources.envelope import Page

_STALE_PAGES = 3


@dataclass(slots=True)
class Listing:
    """What was seen of a list so far. A list is at its end when a page is empty or comes again."""

    before: int = 0
    """Services seen by an earlier reading that this one goes on from."""
    total: int | None = None
    """What the list last said that it holds."""
    ended: bool = False
    repeated: bool = False
    said_last: bool = False
    moved: bool = False
    """Whether the total changed while the list was read: something may have slipped past."""
    _seen: set[int] = field(default_factory=set)
    _pages: set[int] = field(default_factory=set)
    _stale: int = 0
    _most: int | None = None

    @property
    def seen(self) -> int:
        """How many services were seen, those of the earlier reading included."""
        return self.before + len(self._seen)

    @property
    def short(self) -> bool:
        """Whether fewer were seen than the list says there are."""
        return self.total is not None and self.seen < self.total

    def take(self, page: Page) -> list[tuple[int, Any]]:
        """Return the rows not seen before with their number on the page, from 1."""
        self._note_total(page)
        self.said_last = self.said_last or page.last
        keys = [_key(row) for row in page.rows]
        whole = hash(tuple(keys))
        if not page.rows or whole in self._pages:
            self.ended = True
            self.repeated = bool(page.rows)
            return []
        self._pages.add(whole)
        fresh = [
            (number, row)
            for number, (key, row) in enumerate(zip(keys, page.rows, strict=True), 1)
            if self._is_fresh(key)
        ]
        self._note_stale(stale=not fresh)
        return fresh

    def start_again(self) -> None:
        """Go through the list once more: what was seen stays seen."""
        self._most = len(self._pages) + _STALE_PAGES
        self._pages.clear()
        self.ended = self.repeated = self.said_last = self.moved = False

    def _is_fresh(self, key: int) -> bool:
        known = key in self._seen
        self._seen.add(key)
        return not known

    def _note_total(self, page: Page) -> None:
        self.moved = self.moved or (None not in {self.total, page.total} and page.total != self.total)
        self.total = page.total if page.total is not None else self.total

    def _note_stale(self, *, stale: bool) -> None:
        """End a list that gives nothing new; the second time round that is what is expected."""
        self._stale = self._stale + 1 if stale and self._most is None else 0
        if self._stale >= _STALE_PAGES or len(self._pages) == self._most:
            self.ended = self.repeated = True


def row_id(row: object) -> str:
    """Return the published id of a row; "" where it has none."""
    found = row.get("id") if isinstance(row, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _key(row: object) -> int:
    return hash(row_id(row) or json.dumps(row, sort_keys=True))
