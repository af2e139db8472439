"""A visitor's room, held by the visitor: a signed token that expires, in the page and never in a cookie."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer

LASTS_S: Final = 2 * 60 * 60
"""How long a talk may pause. Each answer brings a fresh token."""
LONGEST: Final = 300
"""Characters of a token."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A room, and what of it has arrived."""

    room: str
    seen: int = 0
    """The newest notice that stood on the page whose token this is."""
    lost: bool = False
    """Its token had expired, or was none of ours: the room is a new one."""


class Rooms:
    """Signs and reads tokens."""

    def __init__(self, key: str, lasts_s: int = LASTS_S) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="nearby web room")
        self._lasts_s = lasts_s

    def token(self, room: str, seen: int = 0) -> str:
        """A token for a page on which `seen` was the newest notice."""
        signed = self._signer.dumps([room, seen])
        return signed if isinstance(signed, str) else signed.decode()

    def visit(self, token: str) -> Visit:
        """The room of a token; a new room where there is none, or one that can't be used."""
        if not token:
            return Visit(new_room())
        try:
            room, seen = self._signer.loads(token[:LONGEST], max_age=self._lasts_s)
        except (BadData, TypeError, ValueError):
            return Visit(new_room(), lost=True)
        return Visit(str(room), int(seen))


def new_room() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(18)
