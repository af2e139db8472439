"""Around every request: headers that keep a browser safe, a figure, and a line in the log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog
from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bots.web.measures import Measures

log = structlog.get_logger(__name__)

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SECURE: Final = {"Strict-Transport-Security": "max-age=31536000"}


class Guarded:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, measures: Measures, *, secure: bool) -> None:
        self._app = app
        self._measures = measures
        self._headers = HEADERS | (_SECURE if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            log.error("request_failed", error=type(error).__name__, where=_where(error))  # noqa: TRY400 - see _where
            if not status:
                raise
        finally:
            self._noted(scope, status, time.perf_counter() - began)

    def _noted(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self._measures.requests.labels(route, str(status)).inc()
        self._measures.request_seconds.labels(route).observe(seconds)
        log.info("request", route=route, status=status, ms=round(seconds * 1000, 1))


def _where(error: Exception) -> str:
    """The innermost place of ours in which it arose: no text of the error itself, which may hold anything."""
    found, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith(("bots", "directory", "scheduler")):
            found = f"{module}.{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
