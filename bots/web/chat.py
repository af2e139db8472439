"""The chat: what a visitor says goes into the inbox, is taken, and what waits in the room comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from bots.channels.web import inbound
from bots.channels.web.rendering import sentences
from bots.conversation.wording import web as words
from bots.web import answering, limits, pages, reading
from bots.web.problems import ProblemError
from bots.web.rooms import new_room

if TYPE_CHECKING:
    from bots.channels.port import Body
    from bots.web.reading import Post
    from bots.web.rooms import Visit
    from bots.web.site import Site


def chat_routes(site: Site) -> APIRouter:
    """`GET /`, `GET /chat`, `POST /chat`."""
    router = APIRouter()
    rooms, addresses = limits.Visitors(limits.ROOM), limits.Visitors(limits.ADDRESS)

    @router.api_route("/", methods=["GET", "HEAD"])
    @router.api_route("/chat", methods=["GET", "HEAD"])
    async def welcome() -> Response:
        room = site.rooms.token(new_room())
        return answering.page(pages.chat(room=room, nonce=reading.new_nonce(), examples=site.examples))

    @router.post("/chat")
    async def say(request: Request) -> Response:
        _count(addresses, limits.household(request.client.host if request.client else ""))
        post = await reading.post(request)
        visit = site.rooms.visit(post.room)
        _count(rooms, visit.room)
        token, bodies = await _asked(site, post, visit)
        if reading.kind(request) == reading.JSON:
            return answering.data({"room": token, "notices": bodies})
        return answering.page(
            pages.chat(
                room=token,
                nonce=reading.new_nonce(),
                said=post.text.strip(),
                bodies=bodies,
                examples=site.examples,
            )
        )

    @router.options("/chat")
    async def may_say() -> Response:
        allowed = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}
        return Response(
            status_code=204, headers=answering.ANYWHERE | allowed | {"Access-Control-Max-Age": "86400"}
        )

    def _count(visitors: limits.Visitors, who: str) -> None:
        if wait := visitors.wait_s(who, site.clock()):
            raise ProblemError("too_fast", 429, wait_s=wait)

    return router


async def _asked(site: Site, post: Post, visit: Visit) -> tuple[str, list[Body]]:
    """Put what was said into the inbox; give a fresh token, and what waits in the room."""
    lost: list[Body] = [sentences(words.LOST_ROOM)] if visit.lost else []
    if not post.says_nothing:
        nonce = post.nonce or reading.new_nonce()
        await site.mailbox.put(inbound.event(visit.room, nonce, post.message))
    waiting = await site.mailbox.fetch(visit.room, visit.seen)
    seen = max((key for key, _ in waiting), default=visit.seen)
    return site.rooms.token(visit.room, seen), [*lost, *(body for _, body in waiting)]
