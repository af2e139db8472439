"""For whoever watches the program: is it alive, can it work, how does it fare."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bots.web.answering import NOT_KEPT
from bots.web.measures import TYPE
from bots.web.problems import ProblemError

if TYPE_CHECKING:
    from bots.web.site import Site


def health_routes(site: Site) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter()

    @router.get("/healthz")
    async def alive() -> Response:
        return PlainTextResponse("ok\n", headers=NOT_KEPT)

    @router.get("/readyz")
    async def ready() -> Response:
        parts = await site.ready()
        good = all(parts.values())
        return JSONResponse({"ready": good, "parts": parts}, 200 if good else 503, headers=NOT_KEPT)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        if not _may_see(site, request.headers.get("authorization", "")):
            raise ProblemError("not_found", 404)
        return Response(await site.figures(), media_type=TYPE, headers=NOT_KEPT)

    return router


def _may_see(site: Site, authorization: str) -> bool:
    if not site.metrics_token:
        return site.metrics_open
    scheme, _, token = authorization.partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(
        token.strip().encode(), site.metrics_token.encode()
    )
