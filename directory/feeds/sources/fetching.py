"""Fetches one answer at a time from a feed, politely and within bounds.

Every request has a size it may not pass, a time it must end in, and a few attempts; a publisher that
asks for a pause gets it, from all requests at once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

import httpx

from directory.feeds.sources.connecting import CheckedNetwork, CheckedTransport
from directory.feeds.sources.guard import check_url
from directory.feeds.sources.inflating import BadArchiveError, Inflater
from directory.feeds.sources.source import SourceError, SourceOptions
from directory.feeds.sources.waiting import backoff, retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 47}
_HEADERS = {
    "User-Agent": "Nearby (Open Referral UK directory)",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class FetchError(SourceError):
    """No answer, or none that can be used; `passing` where it may be better later."""

    def __init__(self, code: str, detail: str = "", *, passing: bool = False, wait: float = 0) -> None:
        """Keep how long the publisher asked to be left alone, in seconds."""
        super().__init__(code, detail)
        self.passing = passing
        self.wait = wait


class Fetcher:
    """One polite client; it opens its connections when first asked."""

    def __init__(self, options: SourceOptions, network: CheckedNetwork | None = None) -> None:
        """Take the limits; `network` is for tests about names."""
        self._options = options
        self._network = network or CheckedNetwork(allow_private=options.allow_private)
        self._client: httpx.AsyncClient | None = None
        self._gate = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let the connections go; the next request opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def get(self, url: str, *, limit: int, headers: Mapping[str, str] | None = None) -> Reply:
        """Return the answer of any status that will not pass by itself. Raises FetchError."""
        attempt = 0
        while True:
            attempt += 1
            async with self._gate:
                await self._options.sleep(self._options.delay)
            try:
                return await self._settled(url, limit, headers or {})
            except FetchError as failure:
                if failure.wait > self._options.longest_wait:
                    raise FetchError("asked_to_wait", f"{failure.wait:.0f}") from failure
                if not failure.passing or attempt >= self._options.attempts:
                    raise
                await self._pause(failure.wait or backoff(attempt))

    async def _pause(self, seconds: float) -> None:
        """Wait with the gate shut, so that all other requests wait too."""
        async with self._gate:
            await self._options.sleep(seconds)

    async def _settled(self, url: str, limit: int, headers: Mapping[str, str]) -> Reply:
        try:
            async with asyncio.timeout(self._options.deadline):
                reply = await self._follow(url, limit, headers)
        except TimeoutError as error:
            raise FetchError("too_slow", url, passing=True) from error
        except httpx.TimeoutException as error:
            raise FetchError("too_slow", url, passing=True) from error
        except httpx.TransportError as error:
            raise FetchError("unreachable", url, passing=True) from error
        except httpx.InvalidURL as error:
            raise FetchError("bad_address", url) from error
        if reply.status in _PASSING:
            code = "asked_to_wait" if reply.status == httpx.codes.TOO_MANY_REQUESTS else "failing"
            raise FetchError(code, str(reply.status), passing=True, wait=retry_after(reply.headers))
        return reply

    async def _follow(self, url: str, limit: int, headers: Mapping[str, str]) -> Reply:
        for _ in range(_MAX_REDIRECTS + 1):
            check_url(url, allow_private=self._options.allow_private)
            reply = await self._once(url, limit, headers)
            target = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not target:
                return reply
            url = _joined(url, target)
        raise FetchError("too_many_redirects", url)

    async def _once(self, url: str, limit: int, headers: Mapping[str, str]) -> Reply:
        async with self._open().stream("GET", url, headers=dict(headers)) as response:
            if _int_or_zero(response.headers.get("content-length")) > limit:
                raise FetchError("too_large", url)
            body = bytearray()
            async for piece in _unpacked(response, limit):
                body += piece
                if len(body) > limit:
                    raise FetchError("too_large", url)
            return Reply(response.status_code, response.headers, bytes(body))

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                transport=CheckedTransport(self._network, connections=self._options.concurrency),
                headers=_HEADERS,
                timeout=httpx.Timeout(30, connect=10, pool=None),
                trust_env=False,
                follow_redirects=False,
            )
        return self._client


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise FetchError("bad_address", target) from error


def _int_or_zero(text: str | None) -> int:
    """Read a header that should be a whole number."""
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 20 else 0


async def _unpacked(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """Unpack a body a small piece at a time; httpx would unpack whatever arrived at once."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"identity", ""}:
        async for chunk in response.aiter_raw():
            yield chunk
        return
    if encoding not in _WBITS:
        raise FetchError("unknown_encoding", encoding)
    inflater = Inflater(max_bytes=limit, wbits=_WBITS[encoding])
    try:
        async for chunk in response.aiter_raw():
            for piece in inflater.feed(chunk):
                yield piece
        for piece in inflater.end():
            yield piece
    except BadArchiveError as error:
        raise FetchError("too_large" if error.code == "bomb" else error.code, encoding) from error
