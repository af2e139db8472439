"""Onto the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bots.channels.port import RoomGoneError

if TYPE_CHECKING:
    from bots.channels.port import Body

Write = Callable[[str], None]
"""Shows a text, and ends the line."""


def show(write: Write, body: Body) -> str:
    """Show one message; the receipt says only that it was shown.

    Raises:
        RoomGoneError: nobody reads any more (a closed pipe).
    """
    try:
        write(body["text"])
    except (BrokenPipeError, ValueError) as error:  # ValueError: the file was closed
        raise RoomGoneError from error
    return "shown"
