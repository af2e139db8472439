"""The Bot API as we use it: a method with parameters goes out, its result or a typed error comes back.

It is spoken by httpx, one small client of our own (see docs/decisions).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import httpx
import structlog

from bots.channels.port import (
    AccessRevokedError,
    DeliveryError,
    LostError,
    RefusedError,
    RoomGoneError,
    TryLaterError,
)

if TYPE_CHECKING:
    from bots.channels.port import Body, Room

Json = dict[str, Any]

_TIMEOUT: Final = httpx.Timeout(20.0, connect=5.0)
_LIMITS: Final = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=20.0)
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_GONE: Final = ("chat not found", "group chat was deleted", "user is deactivated", "peer_id_invalid")
_NO_SUCH: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_STATUSES: Final[dict[int, type[DeliveryError]]] = {
    200: LostError,  # it can't be read
    401: AccessRevokedError,
    404: AccessRevokedError,  # there is no bot of this token
    504: LostError,  # it went on, and nobody knows how far
}
_SAME: Final = "message is not modified"

log = structlog.get_logger("nearby.telegram")


class SaidNoError(Exception):
    """Telegram did not do what was asked.

    Args:
        status: of HTTP.
        about: its reason in lower case; it may name a chat, and is written nowhere.
        retry_after: for how many seconds it asks to wait.
        moved_to: the group is a supergroup now, of this id.
    """

    def __init__(
        self, status: int, about: str, retry_after: float | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(status)
        self.status = status
        self.about = about
        self.retry_after = retry_after
        self.moved_to = moved_to


class Client:
    """One bot's connection to the Bot API."""

    def __init__(self, token: str, url: str) -> None:
        self._base = f"{url.rstrip('/')}/bot{token}/"
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=_LIMITS, follow_redirects=False)

    async def call(self, method: str, params: Json | None = None, *, wait_s: float = 0) -> Any:
        """Call a method; gives its result.

        Args:
            method: of the Bot API.
            params: its parameters.
            wait_s: how much longer than usual the answer may take.

        Raises:
            SaidNoError: it was not done.
            httpx.TransportError: it did not get there, or no answer came.
        """
        timeout = httpx.Timeout(20.0 + wait_s, connect=5.0)
        answered = await self._http.post(self._base + method, json=params or {}, timeout=timeout)
        try:
            said = answered.json()
        except (ValueError, RecursionError):
            said = {}
        if not isinstance(said, dict):
            said = {}
        if answered.status_code == httpx.codes.OK and said.get("ok") is True:
            return said.get("result")
        raise _no(answered.status_code, said)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()


def _no(status: int, said: Json) -> SaidNoError:
    more = said.get("parameters")
    more = more if isinstance(more, dict) else {}
    after, moved = more.get("retry_after"), more.get("migrate_to_chat_id")
    return SaidNoError(
        status,
        str(said.get("description", "")).lower(),
        float(after) if isinstance(after, (int, float)) else None,
        moved if isinstance(moved, int) else None,
    )


class Outbound:
    """Delivers bodies, and says what became of them in the words of the port."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked: tuple[str, float] = ("", 0.0)
        """The room that was asked to wait last, and until when."""

    async def deliver(self, room: Room, body: Body) -> str:
        """Send one message, or change one in place; gives its id.

        Raises:
            DeliveryError: of the port.
        """
        params = dict(body["params"])
        if body["method"] != "answerInlineQuery":
            params["chat_id"] = int(room.id)
        if "tap" in body:
            await self._acknowledge(body["tap"])
        try:
            return await self._send(body["method"], params)
        except SaidNoError as error:
            raise self._verdict(room, error) from error
        except _NOT_SENT as error:
            raise TryLaterError from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise LostError from error

    async def _send(self, method: str, params: Json) -> str:
        try:
            result = await self._client.call(method, params)
        except SaidNoError as error:
            if _SAME in error.about:
                return str(params["message_id"])
            if method == "editMessageText" and any(part in error.about for part in _NO_SUCH):
                return await self._send("sendMessage", _anew(params))
            if error.moved_to is not None and params.get("chat_id") != error.moved_to:
                return await self._send(method, params | {"chat_id": error.moved_to})
            raise
        receipt = result.get("message_id") if isinstance(result, dict) else params.get("inline_query_id")
        return str(receipt or "")

    async def _acknowledge(self, tap: str) -> None:
        """End the waiting that a button shows; where that fails (too late), the answer comes all the same."""
        try:
            await self._client.call("answerCallbackQuery", {"callback_query_id": tap})
        except (SaidNoError, httpx.TransportError, httpx.DecodingError) as error:
            log.info("tap_not_acknowledged", error=type(error).__name__)

    def _verdict(self, room: Room, error: SaidNoError) -> DeliveryError:
        if error.status == httpx.codes.TOO_MANY_REQUESTS:
            return self._asked_to_wait(room, error)
        if error.status == httpx.codes.FORBIDDEN or any(part in error.about for part in _GONE):
            return RoomGoneError()
        if error.status in _STATUSES:
            return _STATUSES[error.status]()
        if error.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            return TryLaterError()
        return RefusedError(_code(error.status, error.about))

    def _asked_to_wait(self, room: Room, error: SaidNoError) -> TryLaterError:
        """The wait is the room's; where two rooms are asked to wait at once, it is the whole bot's."""
        now, wait = asyncio.get_running_loop().time(), error.retry_after
        before, until = self._asked
        self._asked = (room.id, now + (wait or 1.0))
        return TryLaterError(wait, counted=False, everywhere=before != room.id and now < until)


def _anew(params: Json) -> Json:
    """What was to take a message's place, as a message of its own."""
    return {name: value for name, value in params.items() if name != "message_id"}


def _code(status: int, about: str) -> str:
    """Why Telegram refuses, in a word of ours: its own sentence may name a chat."""
    known = {
        "can't parse entities": "bad_markup",
        "is too long": "too_long",
        "text is empty": "empty",
        "not enough rights": "no_rights",
        "query is too old": "too_late",
        "button": "bad_button",
    }
    return next((code for part, code in known.items() if part in about), f"status_{status}")
