"""postcodes.io as a helper that is never needed: what it does not answer at once is not known.

Asked only for a postcode that no table has (it may have gone out of use: a 404 that carries its
position) and for a name that nobody knows. `POSTCODES_IO_URL` names the server; empty means off.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import httpx
import structlog

from directory.places.place import Kind, Place

if TYPE_CHECKING:
    from types import TracebackType

log = structlog.get_logger(__name__)
TIMEOUT_S = 1.5
MOST_BYTES = 256 << 10
MOST_HELD = 2_000
MOST_PLACES = 10


class Remote:
    """One server of that kind, and what it has said so far."""

    def __init__(self, url: str, client: httpx.AsyncClient | None = None) -> None:
        self._url = url.rstrip("/")
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False)
        self._held: OrderedDict[str, tuple[Place, ...]] = OrderedDict()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def postcode(self, name: str) -> Place | None:
        """A postcode that no table has, `SE24 0AB`: live or gone out of use."""
        answer = await self._ask(f"/postcodes/{quote(name)}")
        return next(iter(answer), None)

    async def places(self, name: str) -> tuple[Place, ...]:
        """Settlements of a name, whole names only."""
        found = await self._ask(f"/places?q={quote(name)}&limit={MOST_PLACES}")
        return tuple(place for place in found if place.name.casefold() == name.casefold())

    async def _ask(self, path: str) -> tuple[Place, ...]:
        if path in self._held:
            self._held.move_to_end(path)
            return self._held[path]
        try:
            found = read(await self._get(path))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError) as error:
            log.debug("postcodes_io_unavailable", error=type(error).__name__)
            return ()
        self._held[path] = found
        if len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        return found

    async def _get(self, path: str) -> Any:
        """The JSON of an answer, within the limits of time and size.

        Raises:
            ValueError: too large, or no JSON.
        """
        import asyncio  # noqa: PLC0415  the limit is on the whole answer, not on each piece of it

        body = bytearray()
        async with asyncio.timeout(TIMEOUT_S), self._client.stream("GET", self._url + path) as response:
            if response.status_code not in (200, 404):
                raise ValueError(response.status_code)
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise ValueError(len(body))
        return json.loads(body)


def read(answer: Any) -> tuple[Place, ...]:
    """Places of an answer: a postcode, one out of use, or a list of settlements."""
    if not isinstance(answer, dict):
        return ()
    found = answer.get("result") or answer.get("terminated") or ()
    return tuple(filter(None, map(place_of, found if isinstance(found, list) else [found])))


def place_of(it: Any) -> Place | None:
    """One of them; coordinates may be null."""
    if not isinstance(it, dict):
        return None
    lat, lon = it.get("latitude"), it.get("longitude")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    codes = it.get("codes")
    lad = codes.get("admin_district") if isinstance(codes, dict) else None
    if isinstance(name := it.get("postcode"), str):
        return Place(name, Kind.POSTCODE, float(lat), float(lon), 0, lad if isinstance(lad, str) else None)
    name, within = (
        it.get("name_1"),
        it.get("county_unitary") or it.get("district_borough") or it.get("country"),
    )
    return (
        Place(name, Kind.SETTLEMENT, float(lat), float(lon), 1_000, None, within)
        if isinstance(name, str)
        else None
    )
