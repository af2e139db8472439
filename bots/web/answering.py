"""Answers a request in the form that was asked for: a page for people, JSON for the script."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from bots.conversation.wording import web as words
from bots.web import pages

if TYPE_CHECKING:
    from starlette.types import Scope

    from bots.web.problems import ProblemError

NOT_KEPT: Final = {"Cache-Control": "no-store"}
ANYWHERE: Final = {"Access-Control-Allow-Origin": "*"}
"""The widget may ask from any page: there is no cookie that another page could borrow."""


def page(content: str, status: int = 200) -> Response:
    """A page that no browser or proxy keeps."""
    return HTMLResponse(content, status, headers=NOT_KEPT)


def data(content: dict[str, Any], status: int = 200) -> Response:
    """The same for the script."""
    return JSONResponse(content, status, headers=NOT_KEPT | ANYWHERE)


def refused(scope: Scope, problem: ProblemError) -> Response:
    """Say what went wrong, in the form that was asked for."""
    headers = Headers(scope=scope)
    wants_json = "application/json" in (headers.get("accept", "") + headers.get("content-type", ""))
    if wants_json:
        answer = data({"problem": words.PROBLEMS[problem.code], "code": problem.code}, problem.status)
    else:
        answer = page(pages.problem(problem.code), problem.status)
    if problem.wait_s is not None:
        answer.headers["Retry-After"] = str(math.ceil(problem.wait_s))
    return answer
