"""A conversation in a terminal: what is typed is a message, a number picks what was numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.channels.terminal.rendering import render
from bots.conversation.message import Message, State, Topic
from bots.conversation.respond import respond
from bots.conversation.wording import terminal as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bots.conversation.ports import Ports

    Read = Callable[[], Awaitable[str | None]]
    """Gives the next line, or None at the end."""
    Write = Callable[[str], None]

_LEAVING = frozenset({"bye", "quit", "exit", "q", ":q"})


async def converse(ports: Callable[[], Ports], read: Read, write: Write) -> None:
    """Talk until the person leaves. `ports` is called for each message, so that its `now` is fresh."""
    state = State()
    write(words.WELCOME)
    while (text := await read()) is not None:
        if text.strip().lower() in _LEAVING:
            break
        if text.strip():
            at = ports()
            answer, state = await respond(Message(text), state, at)
            write(render(answer, at.now, at.timezone))
            if answer.topic is Topic.GOODBYE:
                return
    write(words.GOODBYE)


async def samples(ports: Ports, write: Write, questions: Sequence[str] = words.SAMPLES) -> None:
    """Answer sample questions where nobody is there to type, and say how to go on."""
    for question in questions:
        answer, _ = await respond(Message(question), State(), ports)
        write(f"> {question}\n\n{render(answer, ports.now, ports.timezone)}\n")
    write(words.GO_ON)
