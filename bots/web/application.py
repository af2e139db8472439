"""The web application: the chat and the widget where this process has the role, and how it fares always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bots.web import answering, pages, widget
from bots.web.chat import chat_routes
from bots.web.guarding import Guarded
from bots.web.health import health_routes
from bots.web.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp

    from bots.web.site import Site

Routes = APIRouter
"""Of a channel that comes by webhook."""

_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_AN_HOUR: Final = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
_CODES: Final = {404: "not_found", 405: "not_found"}


def web_app(site: Site, routers: Sequence[Routes] = ()) -> ASGIApp:
    """Build it.

    Args:
        site: what the routes use.
        routers: of channels that come by webhook.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(health_routes(site))
    if site.chat:
        app.include_router(chat_routes(site))
        app.include_router(_files())
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)
    return Guarded(app, site.measures, secure=site.secure)


def _files() -> APIRouter:
    router = APIRouter()

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        if name not in pages.TYPES:
            raise ProblemError("not_found", 404)
        return Response(pages.content(name), media_type=pages.TYPES[name], headers=_FOREVER)

    @router.get("/widget.js")
    async def script() -> Response:
        return Response(widget.script(), media_type=pages.TYPES["talk.js"], headers=_AN_HOUR)

    return router


async def _problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):  # registered for these alone
        raise error
    return answering.refused(request.scope, error)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    problem = ProblemError(_CODES.get(error.status_code, "unreadable"), error.status_code)
    answer = answering.refused(request.scope, problem)
    answer.headers.update(error.headers or {})
    return answer


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of ours, or a store that is gone for a moment; what it was is in the log."""
    gone = isinstance(error, (SQLAlchemyError, OSError))
    problem = ProblemError("late", 503, wait_s=5) if gone else ProblemError("broken", 500)
    return answering.refused(request.scope, problem)
