"""What is said about somebody's own settings, about stopping, and about what is held of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bots.conversation.wording.foreign import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bots.conversation.message import Understood

START: Final = (
    "Hello. I find help and things to do near you.\n"
    'Tell me what you need and where. For example: "food bank near BS5".\n'
    "In an emergency, ring 999.\n\n"
    "Write /settings to tell me where home is. Write /help to see what I can do."
)
STOPPED: Final = (
    "Done. I will send you nothing, unless you write to me first.\n"
    "You can still ask me things. Write /start to turn messages on again."
)
FORGOTTEN: Final = (
    "Done. I have forgotten you: your settings, what you asked, and what waited to be sent.\n"
    "I keep one line that says somebody was forgotten today. It does not say who.\n"
    "You can write to me again at any time. We then start afresh."
)
PRIVATE_ONLY: Final = "I can only show that to you alone. Please write to me in a private chat."
SORRY: Final = "Sorry, something went wrong on my side. Please ask me again in other words."
HOW_TO_SET: Final = (
    "To change them, write one of these:\n"
    "/settings home SE24\n"
    "/settings far 5 miles\n"
    "/settings language English\n"
    'Write "none" to clear one: /settings home none\n'
    "Write /mydata to see all I hold, or /forget to erase it."
)
UNCLEAR: Final = "I did not understand that. Nothing was changed."
UNKNOWN_HOME: Final = "I do not know that place. Please try a postcode, like SE24 9QJ."
SEVERAL_HOMES: Final = "There is more than one place of that name. Please use a postcode."
NOTHING_HELD: Final = "I hold nothing about you but this message, and that goes when I have sent my answer."
LANGUAGES: Final = {"en": "English"}


def settings(home: str | None, far_m: int | None, language: str) -> str:
    """What is set, and how to change it."""
    return "\n".join(["Your settings", *lines(home, far_m, language), "", HOW_TO_SET])


def saved(home: str | None, far_m: int | None, language: str) -> str:
    """What is set now."""
    way_back = "Write /settings to change them, or /forget to erase them."
    return "\n".join(["Saved. Your settings now", *lines(home, far_m, language), "", way_back])


def my_data(
    *,
    settings: Sequence[str],
    since: datetime | None,
    stopped: datetime | None,
    channels: Sequence[str],
    understood: Understood | None,
    waiting: int,
    forgotten: date | None,
) -> str:
    """All that is held of somebody.

    Args:
        settings: their `lines`; none where nothing was chosen.
        since: since when they are known.
        stopped: since when they want nothing sent.
        channels: where they can be reached.
        understood: what the last question was understood as.
        waiting: how many messages wait for them.
        forgotten: when they asked to be forgotten.
    """
    said = ["This is all I hold about you."]
    if since:
        said += [*settings, f"Since: {since:%d %B %Y}.", f"You write to me by: {', '.join(channels)}."]
    if stopped:
        said.append(f"Messages are off since {stopped:%d %B %Y}.")
    if understood:
        asked = [understood.need, understood.place, understood.when, *understood.conditions]
        about = ", ".join(one_line(part) for part in asked if part)
        said.append(f"Your last question was about: {about or 'nothing yet'}. I forget that after a day.")
    if waiting:
        said.append(f"Messages that wait to be sent to you: {waiting}.")
    if len(said) == 1:
        said = [NOTHING_HELD]
    if forgotten:
        said.append(f"You asked me to forget you on {forgotten:%d %B %Y}, and I did.")
    if said[0] == NOTHING_HELD:
        return "\n".join(said)
    return "\n".join([*said, "", "Write /forget and I will erase it all."])


def lines(home: str | None, far_m: int | None, language: str) -> list[str]:
    """The settings, a line each."""
    return [
        f"Home: {one_line(home) if home else 'not set'}",
        f"How far: {_far(far_m)}",
        f"Language: {LANGUAGES.get(language, language)}",
    ]


def _far(far_m: int | None) -> str:
    if far_m is None:
        return "not set"
    miles = round(far_m / 1_609, 1)
    return f"up to {miles:g} {'mile' if miles == 1 else 'miles'}"
