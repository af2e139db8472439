"""Commands as they are typed where a platform has none of its own: "/settings", and "stop" on any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from bots.channels.port import Command, CommandName

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final[Mapping[str, CommandName]] = {f"/{name}": name for name in get_args(CommandName)}
_STOPPING: Final = frozenset({"stop", "stop all", "unsubscribe", "unsubscribe me"})


def command(text: str) -> Command | None:
    """The command that a message is, if it is one."""
    words = text.split(maxsplit=1)
    if not words:
        return None
    if name := _NAMES.get(words[0].lower()):
        return Command(name, words[1].strip() if len(words) > 1 else "")
    plain = " ".join(text.split()).strip(" .!").lower()
    return Command("stop") if plain in _STOPPING else None
