"""From a turn to what is said back: a command is obeyed, anything else is answered by the conversation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from bots.channels import typed
from bots.conversation.finding import understood
from bots.conversation.message import Answer, Kind, Message, State
from bots.conversation.respond import respond
from bots.conversation.wording import people as words
from bots.delivery import remembering
from bots.delivery.notices import State as Fate
from bots.delivery.tables import notice
from bots.people import choosing, store
from bots.people.person import Person, Settings
from bots.people.reach import Within
from directory.store.writing import look

if TYPE_CHECKING:
    from bots.channels.port import Body, Channel, Command, CommandName, Turn
    from bots.conversation.ports import Ports
    from bots.delivery.outbox import Outbox

Effect = Callable[[sa.Connection], object]
"""What a command changes, in the transaction that settles its event."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said back, what is remembered (None: nothing is kept), and what is changed."""

    said: Answer | str
    state: State | None
    effect: Effect | None = None

    def bodies(self, channel: Channel, turn: Turn, ports: Ports) -> list[Body]:
        """As messages of the channel."""
        if isinstance(self.said, str):
            return channel.say(self.said, turn)
        return channel.render(self.said, turn, ports.now, ports.timezone)


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn with all that is known of who asks."""

    turn: Turn
    state: State
    person: Person | None
    address: store.Address
    ports: Ports
    outbox: Outbox

    @property
    def settings(self) -> Settings:
        """What they chose."""
        return self.person.settings if self.person else Settings()


async def reply(asked: Asked) -> Reply:
    """Answer a turn. One that stands alone is no command, and nothing is remembered of it."""
    if asked.turn.alone:
        return Reply((await respond(asked.turn.message, State(), asked.ports))[0], None)
    command = asked.turn.command or typed.command(asked.turn.message.text)
    if command is None:
        return await _answer(asked, asked.turn.message)
    if command.name in _PERSONAL and not asked.turn.room.private:
        return Reply(words.PRIVATE_ONLY, asked.state)
    return await _OBEYED[command.name](asked, command)


async def _near(asked: Asked, command: Command) -> Reply:
    return await _answer(asked, replace(asked.turn.message, text=command.text))


async def _help(asked: Asked, _command: Command) -> Reply:
    return Reply(Answer(Kind.HELP), asked.state)


async def _start(asked: Asked, command: Command) -> Reply:
    """Say hello; or answer at once what a link to us asks."""
    effect = _stopping(asked, stopped=False)
    if not command.text:
        return Reply(words.START, asked.state, effect)
    answered = await _answer(asked, replace(asked.turn.message, text=command.text))
    return replace(answered, effect=effect)


async def _stop(asked: Asked, _command: Command) -> Reply:
    return Reply(words.STOPPED, asked.state, _stopping(asked, stopped=True))


async def _forget(asked: Asked, _command: Command) -> Reply:
    return Reply(words.FORGOTTEN, None, _forgetting(asked))


async def _answer(asked: Asked, message: Message) -> Reply:
    """Let the conversation answer, from home where no place was named, and as far as the person goes.

    Where others read along, home is not theirs to see.
    """
    state, ports, chosen = asked.state, asked.ports, asked.settings
    if state.place is None and chosen.home is not None and asked.turn.room.private:
        state = replace(state, place=chosen.home)
    if chosen.far_m is not None:
        ports = replace(ports, search=Within(ports.search, chosen.far_m))
    answer, after = await respond(message, state, ports)
    return Reply(answer, after)


def _stopping(asked: Asked, *, stopped: bool) -> Effect:
    def effect(connection: sa.Connection) -> None:
        keys, now = asked.outbox.keys, asked.ports.now
        store.stop(connection, keys, asked.address, now if stopped else None)
        if stopped:
            whos = store.addresses(connection, keys, asked.address)
            asked.outbox.give_up(
                connection, Fate.SUPPRESSED, "stopped", notice.c.who.in_(whos), notice.c.priority > 0
            )

    return effect


def _forgetting(asked: Asked) -> Effect:
    def effect(connection: sa.Connection) -> None:
        keys, now = asked.outbox.keys, asked.ports.now
        whos = store.addresses(connection, keys, asked.address)
        asked.outbox.give_up(connection, Fate.CANCELLED, "forgotten", notice.c.who.in_(whos))
        asked.outbox.scrub(connection, whos)
        remembering.forget(connection, whos)
        store.erase(connection, keys, asked.address, now.astimezone(asked.ports.timezone).date())

    return effect


async def _settings(asked: Asked, command: Command) -> Reply:
    """Show what is set, or set one thing."""
    now = asked.settings
    if not command.text.strip():
        return Reply(words.settings(*_shown(now)), asked.state)
    chosen = choosing.read(command.text)
    state = asked.state
    match chosen.name:
        case "home" if chosen.text:
            found = await asked.ports.places.find(chosen.text)
            if len(found) != 1:
                return Reply(words.SEVERAL_HOMES if found else words.UNKNOWN_HOME, state)
            now = replace(now, home=found[0])
            state = replace(state, place=found[0], options=(), pending=None, offset=0)
        case "home":
            now = replace(now, home=None)
        case "far":
            now = replace(now, far_m=chosen.far_m)
        case "language":
            now = replace(now, language=chosen.language)
        case _:
            return Reply(f"{words.UNCLEAR}\n\n{words.HOW_TO_SET}", state)

    def effect(connection: sa.Connection) -> None:
        store.save(connection, asked.outbox.keys, asked.address, now, asked.ports.now)

    return Reply(words.saved(*_shown(now)), state, effect)


async def _my_data(asked: Asked, _command: Command) -> Reply:
    """Everything that is held of who asks, in words."""

    def read(connection: sa.Connection) -> str:
        keys, now, person = asked.outbox.keys, asked.ports.now, asked.person
        whos = store.addresses(connection, keys, asked.address)
        state = remembering.latest(connection, keys, whos, now)
        return words.my_data(
            settings=words.lines(*_shown(person.settings)) if person else (),
            since=person.created if person else None,
            stopped=person.stopped if person else None,
            channels=person.channels if person else (),
            understood=understood(state) if state and state != State() else None,
            waiting=asked.outbox.waiting(connection, whos),
            forgotten=store.erased(connection, keys, asked.address),
        )

    return Reply(await look(asked.outbox.store, read), asked.state)


def _shown(settings: Settings) -> tuple[str | None, int | None, str]:
    return settings.home.name if settings.home else None, settings.far_m, settings.language


_PERSONAL: Final = frozenset({"settings", "mydata"})
_OBEYED: Final[dict[CommandName, Callable[[Asked, Command], Awaitable[Reply]]]] = {
    "near": _near,
    "help": _help,
    "start": _start,
    "stop": _stop,
    "forget": _forget,
    "mydata": _my_data,
    "settings": _settings,
}
