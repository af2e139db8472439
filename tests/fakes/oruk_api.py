"""A small ORUK API on 127.0.0.1 that serves v3 and v1 feeds, and misbehaves on request.

It speaks real HTTP over a real socket, so that the client's own code is what is tested.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Request:
    """What came over the wire."""

    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """The path as it was sent, still quoted."""
        return urlsplit(self.target).path

    @property
    def page(self) -> int:
        """The page asked for, 1 where none is."""
        return int(self.query.get("page", "1"))

    @property
    def query(self) -> dict[str, str]:
        """The query, the first value of each name."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back; a body may be a stream without an end."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: dict(JSON))
    body: bytes | AsyncIterator[bytes] = b""


Rule = Callable[[Request], Response | None]
"""Answers a request in place of the API, or lets it pass with None."""


@dataclass
class OrukApi:
    """`async with OrukApi(services) as api:` and read from `api.url`."""

    services: list[dict[str, Any]]
    profile: Literal["v3", "v1"] = "v3"
    page_size: int = 50
    rules: list[Rule] = field(default_factory=list)
    total: int | None = None
    """What the envelope says in place of the true total."""
    requests: list[Request] = field(default_factory=list)
    sent: int = 0
    """Bytes of bodies handed to the network."""
    busiest: int = 0
    """The most requests that were answered at the same time."""
    _server: asyncio.Server | None = None
    _busy: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def port(self) -> int:
        """The port it listens on."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """The address of the API."""
        return f"http://127.0.0.1:{self.port}/api"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path under `/api`, as it was sent."""
        return [request for request in self.requests if request.path == f"/api{path}"]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = _parse(await reader.readuntil(b"\r\n\r\n"))
            self.requests.append(request)
            await self._send(writer, self._answer(request))
        self._busy -= 1
        self._open.discard(writer)
        writer.close()

    async def _send(self, writer: asyncio.StreamWriter, response: Response) -> None:
        lines = [f"HTTP/1.1 {response.status} Said", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        if isinstance(response.body, bytes) and response.status != 304:
            lines.append(f"Content-Length: {len(response.body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        async for piece in _pieces(response.body):
            writer.write(piece)
            await writer.drain()
            self.sent += len(piece)
        await writer.drain()

    def _answer(self, request: Request) -> Response:
        for rule in self.rules:
            if (response := rule(request)) is not None:
                return response
        path = request.path.removeprefix("/api")
        if path == "/":
            return json_response({"version": "3.0", "profile": "https://example.org/profile"})
        if path == "/services":
            return json_response(self.envelope(request.page, int(request.query.get("per_page", "50"))))
        return self._one(unquote(path.removeprefix("/services/")))

    def _one(self, service_id: str) -> Response:
        for service in self.services:
            if str(service["id"]) == service_id:
                return json_response(service)
        return json_response({"error": "not found"}, status=404)

    def envelope(self, page: int, per_page: int) -> dict[str, Any]:
        """One page of the list, rows without what only the full service has."""
        size = min(per_page, self.page_size)
        rows = [listed(service) for service in self.services[(page - 1) * size : page * size]]
        total = len(self.services) if self.total is None else self.total
        pages = -(-total // size)
        facts = (total, pages, page, len(rows), page == 1, page >= pages, not rows)
        return dict(zip(_NAMES[self.profile], (*facts, rows), strict=True))


_NAMES = {
    "v3": (
        *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"),
        "contents",
    ),
    "v1": ("totalElements", "totalPages", "number", "size", "first", "last", "empty", "content"),
}
_NOT_LISTED = frozenset({"schedules", "service_at_locations", "cost_options", "attributes"})


def listed(service: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a service in a list."""
    return {name: value for name, value in service.items() if name not in _NOT_LISTED}


def example_services(count: int) -> list[dict[str, Any]]:
    """Made-up services, marked as examples."""
    return [
        {
            "id": f"example-{number}",
            "name": f"Example service {number}",
            "status": "active",
            "last_modified": "2026-01-02T03:04:05Z",
            "schedules": [{"id": f"example-schedule-{number}", "opens_at": "09:00", "closes_at": "17:00"}],
        }
        for number in range(1, count + 1)
    ]


def json_response(document: object, status: int = 200, **headers: str) -> Response:
    """A JSON answer; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {**JSON, **named}, json.dumps(document).encode())


async def _pieces(body: bytes | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    async for piece in body:
        yield piece


def _parse(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
