"""What the web application is given by the composition root; it builds none of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bots.web.mailbox import Mailbox
    from bots.web.measures import Measures
    from bots.web.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Site:
    """All that the routes use."""

    mailbox: Mailbox
    rooms: Rooms
    clock: Callable[[], datetime]
    measures: Measures
    ready: Callable[[], Awaitable[dict[str, bool]]]
    """What this process needs in order to work, and whether it is there."""
    figures: Callable[[], Awaitable[bytes]]
    """What `/metrics` shows."""
    chat: bool = True
    """Whether this process has the role `web`."""
    examples: bool = False
    """Whether the places are invented ones."""
    secure: bool = False
    """Whether it is reached by https."""
    metrics_token: str = ""
    metrics_open: bool = True
    """Whether figures are shown without a token, where none is set."""
