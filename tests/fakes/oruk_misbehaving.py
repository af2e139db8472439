"""What real feeds do wrong, and what a hostile one would: rules for the fake ORUK API."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable, Mapping

from tests.fakes.oruk_api import JSON, OrukApi, Request, Response, Rule, json_response, listed


def on(path: str, rule: Rule) -> Rule:
    """Apply a rule to one path only."""
    return lambda request: rule(request) if request.path == f"/api{path}" else None


def always(response: Response) -> Rule:
    """Answer everything alike."""
    return lambda _: response


def first(times: int, response: Response) -> Rule:
    """Answer so the first few times, and let the others pass."""
    left = [times]

    def rule(_: Request) -> Response | None:
        left[0] -= 1
        return response if left[0] >= 0 else None

    return rule


def asks_to_wait(retry_after: str, **headers: str) -> Response:
    """429, with what it says about when to come back."""
    return json_response({"error": "slow down"}, status=429, Retry_After=retry_after, **headers)


def says_it_is_last(api: OrukApi) -> Rule:
    """Every page claims to be the last."""
    return on(
        "/services", lambda request: json_response({**api.envelope(request.page, 50), "last_page": True})
    )


def same_page_for_ever(api: OrukApi) -> Rule:
    """Pays no heed to the number of the page, and never says that it is the last."""
    return on("/services", lambda _: json_response({**api.envelope(1, 50), "last_page": False}))


def total_of_what_is_left(api: OrukApi) -> Rule:
    """The total is that of the page and those after it."""

    def rule(request: Request) -> Response:
        page = api.envelope(request.page, 50)
        return json_response({**page, "total_items": max(0, len(api.services) - 50 * (request.page - 1))})

    return on("/services", rule)


def new_pages_for_ever(request: Request) -> Response | None:
    """A list without an end, every service new."""
    if request.path != "/api/services":
        return None
    rows = [listed({"id": f"endless-{request.page}-{number}", "name": "Example"}) for number in range(5)]
    return json_response({"contents": rows, "total_items": 5, "last_page": False})


def slips_by_one(api: OrukApi) -> Rule:
    """Once the second page was asked for, the first service is gone and the rest move up."""
    slipped: list[bool] = []

    def rule(request: Request) -> Response | None:
        if request.page == 2 and not slipped:
            slipped.append(True)
            api.services.pop(0)
        return None

    return on("/services", rule)


def one_page(page: Mapping[str, object]) -> Rule:
    """A list of the given first page, and nothing after it."""

    def rule(request: Request) -> Response | None:
        return json_response(page if request.page == 1 else {**page, "contents": []})

    return on("/services", rule)


def redirect(target: str) -> Rule:
    """Send everybody elsewhere."""
    return always(Response(302, {"Location": target}))


def moved(old: str, new: str) -> Rule:
    """Everything under one path is now under another."""

    def rule(request: Request) -> Response | None:
        if not request.path.startswith(old + "/"):
            return None
        return Response(301, {"Location": new + request.target.removeprefix(old)})

    return rule


def html_error_page() -> Response:
    """A page for people, with a status that says all is well."""
    return Response(200, {"Content-Type": "text/html"}, b"<html><body>Down for maintenance</body></html>")


def endless_body() -> Response:
    """Two gigabytes of JSON that never closes its first text."""

    async def body() -> AsyncIterator[bytes]:
        yield b'{"contents": ["'
        for _ in range(2 * 1024):
            yield b"x" * 1024 * 1024

    return Response(200, JSON, body())


def bomb() -> Response:
    """Forty kilobytes of gzip that unpack to forty megabytes."""
    packed = gzip.compress(b"[" + b" " * (40 * 1024 * 1024))
    return Response(200, {**JSON, "Content-Encoding": "gzip"}, packed)


def packed(document: object) -> Response:
    """An honest answer in gzip."""
    return Response(200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(json.dumps(document).encode()))


def stall() -> Response:
    """The beginning of an answer, and then nothing."""

    async def body() -> AsyncIterator[bytes]:
        yield b'{"contents": ['
        await asyncio.Event().wait()

    return Response(200, JSON, body())


def drip() -> Response:
    """A byte at a time, each in time, for ever."""

    async def body() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    return Response(200, JSON, body())


def with_etags(api: OrukApi) -> Rule:
    """Mark each page of the list with what it holds, and know it again."""

    def rule(request: Request) -> Response:
        page = api.envelope(request.page, int(request.query["per_page"]))
        tag = f'"{hash(json.dumps(page))}"'
        if request.headers.get("if-none-match") == tag:
            return Response(304, {"ETag": tag})
        return json_response(page, ETag=tag)

    return on("/services", rule)


Slow = Callable[[], Response]
