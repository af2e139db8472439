"""A conversation in a terminal: what is typed is a message, a number picks what was numbered.

Nothing is written down meanwhile: whoever types and what answers are one process, so nothing can get lost on
a way between them, and a question need not wait for an import, nor PostgreSQL for keys (see docs/decisions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.channels import typed
from bots.channels.port import RoomGoneError
from bots.channels.terminal import TerminalChannel, inbound
from bots.conversation.message import Answer, Kind, Message, State, Topic
from bots.conversation.respond import respond
from bots.conversation.wording import terminal as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bots.channels.port import Body, Turn
    from bots.channels.terminal.outbound import Write
    from bots.conversation.ports import Ports

    Read = Callable[[], Awaitable[str | None]]
    """Gives the next line, or None at the end."""

PERSON = "you"
_LEAVING = frozenset({"bye", "quit", "exit", "q", ":q"})


async def converse(ports: Callable[[], Ports], read: Read, write: Write) -> None:
    """Talk until the person leaves. `ports` is called for each message, so that its `now` is fresh."""
    channel, state, number = TerminalChannel(write), State(), 0
    write(words.WELCOME)
    while (text := await read()) is not None:
        if text.strip().lower() in _LEAVING:
            break
        number += 1
        turn = channel.parse(inbound.event(PERSON, number, text))
        if turn is None:
            continue
        bodies, state, over = await _answer(channel, turn, state, ports())
        try:
            for body in bodies:
                await channel.deliver(turn.room, body)
        except RoomGoneError:
            return
        if over:
            return
    write(words.GOODBYE)


async def _answer(
    channel: TerminalChannel, turn: Turn, state: State, ports: Ports
) -> tuple[list[Body], State, bool]:
    """What to show, what to remember, and whether that was goodbye."""
    command = typed.command(turn.message.text)
    if command is not None and command.name not in ("near", "help", "start"):
        return channel.say(words.NOTHING_KEPT, turn), state, False
    if command is not None and command.name != "near":
        return channel.render(Answer(Kind.HELP), turn, ports.now, ports.timezone), state, False
    message = Message(command.text) if command else turn.message
    answer, state = await respond(message, state, ports)
    rendered = channel.render(answer, turn, ports.now, ports.timezone)
    return rendered, state, answer.topic is Topic.GOODBYE


async def samples(ports: Ports, write: Write, questions: Sequence[str] = words.SAMPLES) -> None:
    """Answer sample questions where nobody is there to type, and say how to go on."""
    channel = TerminalChannel(write)
    for question in questions:
        turn = channel.parse(inbound.event(PERSON, 0, question))
        if turn is not None:
            (body,), _, _ = await _answer(channel, turn, State(), ports)
            write(f"> {question}\n\n{body['text']}\n")
    write(words.GO_ON)
