"""Nothing goes out to a web page: it fetches its notices, and whoever tries to send one is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.channels.port import RefusedError

if TYPE_CHECKING:
    from bots.channels.port import Body, Room


async def deliver(room: Room, body: Body) -> str:
    """Refuse.

    Raises:
        RefusedError: always; a page pulls.
    """
    del room, body
    raise RefusedError("pulled_by_the_page")
