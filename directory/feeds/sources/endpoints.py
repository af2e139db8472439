"""The two questions that are asked of an ORUK API: a page of its list, and one service."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from directory.feeds.sources.decoding import decode
from directory.feeds.sources.envelope import Page, Profile, read_page
from directory.feeds.sources.fetching import Fetcher, FetchError, Reply
from directory.feeds.sources.lines import to_item
from directory.feeds.sources.listing import row_id
from directory.feeds.sources.source import Item, SourceError, SourceOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

_OK = 200
_FORBIDDEN = frozenset({401, 403})
_GONE = frozenset({404, 410})


class Endpoints:
    """An API at one address."""

    def __init__(self, base: str, options: SourceOptions, fetcher: Fetcher) -> None:
        """Take the canonical address; a query in it goes with every request."""
        self._base = base
        self._options = options
        self._fetcher = fetcher
        self.sized = True
        """Whether to say how many rows a page should have."""

    async def list(
        self, number: int, headers: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None
    ) -> Reply:
        """Ask for a page of the list, from 1; the answer may have any status. Raises SourceError."""
        size = {"per_page": str(self._options.page_size)} if self.sized else {}
        query = {"page": str(number), **size, **(more or {})}
        url = self._url("/services", query)
        return await self._fetcher.get(url, limit=self._options.max_response_bytes, headers=headers)

    async def service(self, service_id: str, position: str) -> Item:
        """Fetch one service whole. Raises SourceError where it may be there but can't be had."""
        url = self._url(f"/services/{_quoted(service_id)}", {})
        try:
            reply = await self._fetcher.get(url, limit=self._options.max_record_bytes)
        except FetchError as error:
            if error.code != "too_large":
                raise
            return Item(position, None, "too_large", service_id=service_id)
        if reply.status in _GONE:
            return Item(position, None, "not_found", service_id=service_id)
        check_status(reply)
        item = to_item(position, reply.body)
        item.service_id = service_id
        if item.document is not None and row_id(item.document) != service_id:
            return Item(position, None, "wrong_id", "/id", reply.body[:200], service_id=service_id)
        return item

    async def profile(self) -> Profile:
        """Ask the root which version this is; v1 has no root, and v3 must have one."""
        try:
            reply = await self._fetcher.get(self._url("/", {}), limit=self._options.max_record_bytes)
        except SourceError:
            return "api-v3"
        document, _ = decode(reply.body)
        version = document.get("version") if isinstance(document, dict) else None
        return "api-v1" if version is None or str(version).startswith("1") else "api-v3"

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        parts = urlsplit(self._base)
        joined = "&".join(part for part in (parts.query, urlencode(query)) if part)
        return urlunsplit((parts.scheme, parts.netloc, parts.path + path, joined, ""))


def page_of(reply: Reply) -> Page:
    """Read an answer as a page of a list. Raises SourceError."""
    check_status(reply)
    document, reason = decode(reply.body)
    page = None if reason else read_page(document)
    if page is None:
        raise SourceError("not_an_api", reason or "no_list")
    return page


def check_status(reply: Reply) -> None:
    """Raise SourceError unless the answer is a 200."""
    if reply.status in _FORBIDDEN:
        raise SourceError("forbidden", str(reply.status))
    if reply.status != _OK:
        raise SourceError("refused", str(reply.status))


def _quoted(service_id: str) -> str:
    """Make one path segment of any id, `..` included."""
    quoted = quote(service_id, safe="", errors="replace")
    return quoted.replace(".", "%2E") if quoted in {".", ".."} else quoted
