"""An ORUK API of version 3 or 1: lists its services page by page and fetches each one whole.

Pages are read until one is empty or comes again, whatever the totals say, because totals and last
flags are often wrong and a service that was missed would count as vanished.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from directory.feeds.sources.endpoints import Endpoints, page_of
from directory.feeds.sources.fetching import Fetcher
from directory.feeds.sources.guard import canonical_url, check_url
from directory.feeds.sources.listing import Listing, row_id
from directory.feeds.sources.revalidating import Validators, conditions
from directory.feeds.sources.source import (
    BATCH_ITEMS,
    Batch,
    Item,
    Kind,
    Problem,
    SourceError,
    SourceOptions,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from directory.feeds.sources.envelope import Page
    from directory.feeds.sources.fetching import Reply

_NOT_MODIFIED = 304
_REFUSALS = range(400, 500)
_MINDED = frozenset({400, 406, 413, 416, 422})
_GIVE_UP_AFTER = 10


async def open_api(url: str, options: SourceOptions, fetcher: Fetcher | None = None) -> ApiSource:
    """Recognise the API at an address. Raises SourceError."""
    canonical = canonical_url(url)
    check_url(canonical, allow_private=options.allow_private)
    source = ApiSource(canonical, options, fetcher or Fetcher(options))
    await source.recognise()
    return source


class ApiSource:
    """One API, read once."""

    def __init__(self, canonical: str, options: SourceOptions, fetcher: Fetcher) -> None:
        """Keep the address as the feed is known by it."""
        self.canonical = canonical
        self.kind: Kind = "api-v3"
        self.complete = False
        self.not_modified = False
        self.problems: list[Problem] = []
        self.validators: dict[str, Any] = {}
        self.options = options
        self._fetcher = fetcher
        self._endpoints = Endpoints(canonical, options, fetcher)
        self._more = {"modified_after": options.modified_after} if options.modified_after else {}
        self._held = Validators.kept(options)
        self._noted = Validators()
        self._first: Reply | None = None
        self._failed = 0
        self._halted = False

    async def recognise(self) -> None:
        """Ask for the first page to learn the version, unless the last reading told it."""
        if self._held.pages:
            self.kind = self._held.profile
            return
        async with self._fetcher:
            reply = await self._list(1)
            self.kind = page_of(reply).profile or await self._endpoints.profile()
            self._first = reply

    async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Give the services in the order of the list, each fetched by its id."""
        listing = _listing(resume or {})
        async with self._fetcher:
            try:
                if not resume and await self._is_unchanged():
                    self.not_modified = self.complete = True
                    self.validators = self.options.conditional or {}
                    return
                async for batch in self._read(listing, resume or {}):
                    yield batch
            except SourceError as error:
                self._report(error.code, "list", error.detail)
                return
        self.complete = not self.options.modified_after and not any(
            problem.partial for problem in self.problems
        )
        if self.complete and not resume:
            self.validators = self._noted.as_json(self.kind, self.options.page_size)

    async def _is_unchanged(self) -> bool:
        """Ask each page of last time whether it is still the same; one that is not is enough."""
        for number, marks in enumerate(self._held.pages, 1):
            reply = await self._endpoints.list(number, conditions(marks))
            if reply.status != _NOT_MODIFIED:
                return False
        return bool(self._held.pages)

    async def _read(self, listing: Listing, resume: dict[str, Any]) -> AsyncIterator[Batch]:
        start = _whole(resume.get("page")) or 1
        async for batch in self._pass(listing, start, _whole(resume.get("row"))):
            yield batch
        if listing.repeated and not listing.said_last:
            self._report("repeated_page", "list", partial=listing.total is None or listing.short)
        elif resume and (listing.short or listing.moved):
            self._report("moved_while_read", "list")
        elif not self._halted and (listing.short or listing.moved):
            self._noted.usable = False
            before = listing.seen
            listing.start_again()
            async for batch in self._pass(listing, 1, 0):
                yield batch
            self._judge_second(listing, grown=listing.seen > before)

    def _judge_second(self, listing: Listing, *, grown: bool) -> None:
        """What is still missing after a second look was never there, unless the list moves on and on."""
        if listing.moved:
            self._report("moved_while_read", "list", partial=grown)
        elif listing.short:
            self._report("fewer_than_said", "list", str(listing.total), partial=False)

    async def _pass(self, listing: Listing, number: int, skip: int) -> AsyncIterator[Batch]:
        """Read pages from one on to the end of the list."""
        while not self._halted:
            if number > self.options.max_pages or listing.seen > self.options.max_records:
                self._report("too_many_pages", f"page {number}")
                return
            before = listing.seen
            page = await self._page(number, listing)
            fresh = [row for row in listing.take(page) if row[0] > skip] if page else []
            if page is None or listing.ended:
                return
            for start in range(0, len(fresh), BATCH_ITEMS):
                rows = fresh[start : start + BATCH_ITEMS]
                items = await self._items(number, rows)
                if not items:
                    return
                whole = start + BATCH_ITEMS >= len(fresh)
                place = {"page": number + whole, "row": 0 if whole else rows[-1][0]}
                seen = listing.seen if whole else before
                yield Batch(items, {**place, "seen": seen, "total": listing.total})
            number, skip = number + 1, 0

    async def _page(self, number: int, listing: Listing) -> Page | None:
        """Read one page; None where the list has no such page. Raises SourceError."""
        first, self._first = self._first, None
        reply = first if first and number == 1 else await self._list(number)
        if number > 1 and (reply.status == 404 or (listing.said_last and reply.status in _REFUSALS)):
            return None
        page = page_of(reply)
        self.kind = page.profile or self.kind
        self._noted.note(reply.headers, page)
        return page

    async def _list(self, number: int) -> Reply:
        """Ask for a page, and the first one again more plainly where the API minds how it was asked."""
        reply = await self._endpoints.list(number, more=self._more)
        if number == 1 and reply.status in _MINDED and self._more:
            self._more = {}
            reply = await self._endpoints.list(number)
        if number == 1 and reply.status in _MINDED:
            self._endpoints.sized = False
            reply = await self._endpoints.list(number)
        return reply

    async def _items(self, number: int, rows: list[tuple[int, Any]]) -> list[Item]:
        """Fetch a few services at a time; nothing where the reading had to stop among them."""
        gate = asyncio.Semaphore(self.options.concurrency)

        async def fetch(row_number: int, row: object) -> Item:
            async with gate:
                return await self._item(f"page {number}, row {row_number}", row)

        items = await asyncio.gather(*(fetch(*row) for row in rows))
        return [] if self._halted else list(items)

    async def _item(self, position: str, row: object) -> Item:
        service_id = row_id(row)
        if not service_id:
            return Item(position, None, "no_id" if isinstance(row, dict) else "not_an_object", "/id")
        item = Item(position, None, "unreachable", service_id=service_id)
        if not self._halted:
            try:
                item = await self._endpoints.service(service_id, position)
                self._failed = 0
            except SourceError as error:
                self._note_failure(error, position)
        return item

    def _note_failure(self, error: SourceError, position: str) -> None:
        """Go on after one service, and stop after many in a row or when asked to."""
        self._failed += 1
        self._report(error.code, position, error.detail)
        if error.code == "asked_to_wait" or self._failed >= _GIVE_UP_AFTER:
            self._halted = True
            self._report("gave_up", position, error.code)

    def _report(self, code: str, where: str, detail: str = "", *, partial: bool = True) -> None:
        """Note a trouble once, however often it comes."""
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(code, where, detail, partial))


def _listing(resume: dict[str, Any]) -> Listing:
    total = resume.get("total")
    return Listing(before=_whole(resume.get("seen")), total=total if isinstance(total, int) else None)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
