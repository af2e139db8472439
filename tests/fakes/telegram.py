"""A Bot API on 127.0.0.1: real HTTP over a real socket, for what we use of it, and troubles on request.

Every request, and every answer of its own, is held against the specification where that is at hand; what is
wrong is kept in `wrong`, and leaving the `async with` fails where there is anything. It keeps Telegram's
rules besides: lengths, escapes, buttons, who may be asked for a location.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from tests.fakes.telegram_markup import MarkupError, read, units
from tests.fakes.telegram_specification import specification

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Example",
    "username": "example_nearby_bot",
    "supports_inline_queries": True,
}
TOKEN = "4242:example-token-of-the-tests"
DATE = 1_790_000_000


class NoError(Exception):
    """What Telegram answers in place of a result."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body: Json = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.status = status


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong at a request."""

    status: int = 0
    """0: the connection is cut."""
    description: str = ""
    retry_after: int | None = None
    after_all: bool = False
    """It is done all the same; only its answer is another one, or lost."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came."""

    method: str
    params: Json


def private(person: int) -> Json:
    """The private chat with somebody."""
    return {"id": person, "type": "private", "first_name": "Example"}


def group(chat: int = -1001, kind: str = "supergroup") -> Json:
    """A group."""
    return {"id": chat, "type": kind, "title": "Example group"}


def somebody(person: int) -> Json:
    """A person."""
    return {"id": person, "is_bot": False, "first_name": "Example"}


@dataclass
class TelegramApi:
    """`async with TelegramApi() as api:` and speak to `api.url` with `TOKEN`."""

    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    """What was sent, as it stands now, by chat and message."""
    inline: dict[str, Json] = field(default_factory=dict)
    """Answers to inline queries."""
    acknowledged: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    webhook: Json = field(
        default_factory=lambda: {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    )
    shown: Json = field(default_factory=dict)
    """Commands and descriptions."""
    updates: list[Json] = field(default_factory=list)
    """What was not confirmed yet."""
    troubles: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    moves: dict[int, int] = field(default_factory=dict)
    """Groups that are supergroups now, by what they were."""
    before: Callable[[Call], None] | None = None
    bot: Json = field(default_factory=lambda: dict(BOT))
    _authors: dict[tuple[int, int], Json] = field(default_factory=dict)
    """Who wrote what."""
    _ids: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: asyncio.Event = field(default_factory=asyncio.Event)
    """A request came."""
    _polls: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        return self

    async def __aexit__(self, *raised: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)
        assert raised[0] is not None or not self.wrong, self.wrong

    @property
    def url(self) -> str:
        """The address of the API."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def will(self, trouble: Trouble, method: str = "sendMessage", times: int = 1) -> None:
        """Have the next requests of a method meet this trouble."""
        self.troubles[method].extend([trouble] * times)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened; it is looked for whenever a request comes."""
        async with asyncio.timeout(60):
            while not happened():
                self._seen.clear()
                await self._seen.wait()

    def called(self, method: str) -> list[Json]:
        """The parameters of all requests of a method."""
        return [call.params for call in self.calls if call.method == method]

    def texts(self, chat: int | None = None) -> list[str]:
        """What stands in a chat (or all), as people see it, in order."""
        return [message["text"] for (where, _), message in self.messages.items() if chat in (None, where)]

    def buttons(self, chat: int) -> list[Json]:
        """The buttons under the last message of a chat."""
        last = [message for (where, _), message in self.messages.items() if where == chat][-1]
        return [button for row in last.get("reply_markup", {}).get("inline_keyboard", []) for button in row]

    # What people do: each makes an update, put among those that wait, and gives it back.

    def write(self, text: str, person: int = 7, chat: Json | None = None, **more: Any) -> Json:
        """Somebody writes."""
        return self._happens("message", self.message(person, chat, text=text, **more))

    def send(self, person: int = 7, chat: Json | None = None, **more: Any) -> Json:
        """Somebody sends something else than text."""
        return self._happens("message", self.message(person, chat, **more))

    def edit(self, text: str, person: int = 7, chat: Json | None = None, **more: Any) -> Json:
        """Somebody changes what they wrote."""
        return self._happens(
            "edited_message", self.message(person, chat, text=text, edit_date=DATE + 9, **more)
        )

    def tap(self, label: str, chat: int = 7, person: int | None = None) -> Json:
        """Somebody taps a button of the last message that has it."""
        for (where, number), message in reversed(self.messages.items()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if where == chat and button["text"] == label and "callback_data" in button:
                        return self.tapped(button["callback_data"], message, person or chat, number)
        raise AssertionError(label)

    def tapped(self, data: str, message: Json, person: int, number: int) -> Json:
        """A tap, made by hand."""
        shown = {name: value for name, value in message.items() if name != "reply_markup"}
        query = {"id": f"tap-{self._next()}", "from": somebody(person), "data": data}
        return self._happens(
            "callback_query", query | {"chat_instance": "1", "message": shown | {"message_id": number}}
        )

    def ask_inline(self, text: str, person: int = 7) -> Json:
        """Somebody types our name and a question in some chat."""
        query = {"id": f"inline-{self._next()}", "from": somebody(person), "query": text, "offset": ""}
        return self._happens("inline_query", query)

    def leave(self, chat: Json, status: str = "kicked") -> Json:
        """Somebody blocks us, or puts us out of a group."""
        now: Json = {"status": status, "user": self.bot} | ({"until_date": 0} if status == "kicked" else {})
        change = {"chat": chat, "from": somebody(7), "date": DATE, "new_chat_member": now}
        return self._happens(
            "my_chat_member", change | {"old_chat_member": {"status": "member", "user": self.bot}}
        )

    def message(self, person: int, chat: Json | None, **more: Any) -> Json:
        """A message of somebody."""
        where = chat or private(person)
        made: Json = {
            "message_id": self._next(),
            "date": DATE,
            "chat": where,
            "from": somebody(person),
        } | more
        self._authors[where["id"], made["message_id"]] = made["from"]
        return made

    def _happens(self, kind: str, what: Json) -> Json:
        update = {"update_id": 100_000 + self._next(), kind: what}
        if held := specification():
            self.wrong += held.update(update)
        self.updates.append(update)
        self._news.set()
        return update

    def _next(self) -> int:
        self._ids += 1
        return self._ids

    # HTTP.

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
                }
                content = await reader.readexactly(int(headers.get("content-length", "0")))
                status, body = await self._answered(first.split(" ")[1], content)
                if not status:
                    writer.transport.abort()
                    return
                answer = json.dumps(body).encode()
                writer.write(f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n".encode())
                writer.write(f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer)
                await writer.drain()
        self._open.discard(writer)
        writer.close()

    async def _answered(self, target: str, content: bytes) -> tuple[int, object]:
        _, bot, method = target.split("/", 2)
        if bot != f"bot{TOKEN}":
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        call = Call(method, json.loads(content or b"{}"))
        self.calls.append(call)
        self._seen.set()
        if self.before:
            self.before(call)
        held = specification()
        if held:
            self.wrong += held.request(method, call.params)
        waiting = self.troubles[method]
        trouble = waiting.popleft() if waiting else None
        if trouble is not None and not trouble.after_all:
            return self._troubled(trouble)
        try:
            result = await getattr(self, f"_{method}")(**call.params)
        except NoError as error:
            return error.status, error.body
        if trouble is not None:
            return self._troubled(trouble)
        if held:
            self.wrong += held.answer(method, result)
        return 200, {"ok": True, "result": result}

    def _troubled(self, trouble: Trouble) -> tuple[int, object]:
        if not trouble.status:
            return 0, None
        after = {} if trouble.retry_after is None else {"retry_after": trouble.retry_after}
        return trouble.status, NoError(trouble.status, trouble.description, **after).body

    # Methods.

    async def _getMe(self) -> Json:  # noqa: N802 - named as Telegram names them
        return self.bot

    async def _getUpdates(self, timeout: int = 0, offset: int = 0, **_: Any) -> list[Json]:  # noqa: ASYNC109, N802
        if self.webhook["url"]:
            raise NoError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
            )
        self._polls += 1
        mine = self._polls
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        self._seen.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not self.updates and mine == self._polls:
                    self._news.clear()
                    await self._news.wait()
        if mine != self._polls:
            raise NoError(409, "Conflict: terminated by other getUpdates request")
        return self.updates[:100]

    async def _setWebhook(self, **params: Any) -> bool:  # noqa: N802
        self.webhook |= {"url": params["url"], "allowed_updates": params["allowed_updates"]}
        return True

    async def _deleteWebhook(self) -> bool:  # noqa: N802
        self.webhook["url"] = ""
        return True

    async def _getWebhookInfo(self) -> Json:  # noqa: N802
        return self.webhook

    async def _getMyCommands(self) -> list[Json]:  # noqa: N802
        found: list[Json] = self.shown.get("commands", [])
        return found

    async def _setMyCommands(self, commands: list[Json]) -> bool:  # noqa: N802
        assert all(len(one["command"]) <= 32 and 1 <= len(one["description"]) <= 256 for one in commands)
        self.shown["commands"] = commands
        return True

    async def _getMyDescription(self) -> Json:  # noqa: N802
        return {"description": self.shown.get("description", "")}

    async def _setMyDescription(self, description: str) -> bool:  # noqa: N802
        assert len(description) <= 512
        self.shown["description"] = description
        return True

    async def _getMyShortDescription(self) -> Json:  # noqa: N802
        return {"short_description": self.shown.get("short_description", "")}

    async def _setMyShortDescription(self, short_description: str) -> bool:  # noqa: N802
        assert len(short_description) <= 120
        self.shown["short_description"] = short_description
        self._seen.set()
        return True

    async def _answerCallbackQuery(self, callback_query_id: str) -> bool:  # noqa: N802
        if callback_query_id in self.acknowledged:
            raise NoError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.acknowledged.append(callback_query_id)
        return True

    async def _answerInlineQuery(self, **params: Any) -> bool:  # noqa: N802
        ids = [one["id"] for one in params["results"]]
        if len(ids) > 50 or len(set(ids)) < len(ids) or not all(1 <= len(key.encode()) <= 64 for key in ids):
            raise NoError(400, "Bad Request: RESULT_ID_INVALID")
        for one in params["results"]:
            _shown(one["input_message_content"]["message_text"])
            _markup(one.get("reply_markup"), private=False)
        self.inline[params["inline_query_id"]] = params
        return True

    async def _sendMessage(self, **params: Any) -> Json:  # noqa: N802
        number = self._next()
        chat = params["chat_id"]
        if chat in self.moves:
            moved = "Bad Request: group chat was upgraded to a supergroup chat"
            raise NoError(400, moved, migrate_to_chat_id=self.moves[chat])
        where = private(chat) if chat > 0 else group(chat)
        message: Json = {"message_id": number, "date": DATE, "chat": where, "from": self.bot}
        message |= {"text": _shown(params["text"])} | _markup(params.get("reply_markup"), private=chat > 0)
        if asked := params.get("reply_parameters"):
            to = {"message_id": asked["message_id"], "date": DATE, "chat": where}
            message["reply_to_message"] = to | {
                "from": self._authors.get((chat, asked["message_id"]), somebody(7))
            }
        self.messages[chat, number] = message
        return message

    async def _editMessageText(self, **params: Any) -> Json:  # noqa: N802
        key = params["chat_id"], params["message_id"]
        if key not in self.messages:
            raise NoError(400, "Bad Request: message to edit not found")
        now = {"text": _shown(params["text"])} | _markup(params.get("reply_markup"), private=key[0] > 0)
        before = self.messages[key]
        if {name: before.get(name) for name in ("text", "reply_markup")} == {"reply_markup": None} | now:
            raise NoError(
                400, "Bad Request: message is not modified: specified new message content is the same"
            )
        self.messages[key] = {name: value for name, value in before.items() if name != "reply_markup"} | now
        return self.messages[key] | {"edit_date": DATE + 1}


def _shown(text: str) -> str:
    """A text as people see it; refused where Telegram refuses it."""
    try:
        shown = read(text)
    except MarkupError as error:
        raise NoError(400, "Bad Request: can't parse entities") from error
    if not shown:
        raise NoError(400, "Bad Request: message text is empty")
    if units(shown) > 4096:
        raise NoError(400, "Bad Request: message is too long")
    return shown


def _markup(markup: Json | None, *, private: bool) -> Json:
    """Buttons; refused where Telegram refuses them. Of a message only inline ones are shown again."""
    if markup is None:
        return {}
    for button in (button for row in markup.get("inline_keyboard", []) for button in row):
        data, kinds = button.get("callback_data"), button.keys() - {"text"}
        if len(kinds) != 1 or not button["text"] or (data is not None and not 1 <= len(data.encode()) <= 64):
            raise NoError(400, "Bad Request: BUTTON_DATA_INVALID")
    for button in (button for row in markup.get("keyboard", []) for button in row):
        if button.get("request_location") and not private:
            raise NoError(400, "Bad Request: location can be requested in private chats only")
    return {"reply_markup": markup} if "inline_keyboard" in markup else {}
