"""Sentences that are no results: greetings, questions about us, and a crisis with who to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bots.conversation.message import Answer, Line, Topic
from bots.conversation.wording.card import View, card
from bots.conversation.wording.foreign import one_line
from bots.conversation.wording.pieces import Piece, Rings, Text

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

HELP: Final = (
    "I find help and things to do near you.\n"
    "Tell me what you need and where. You can add a day or a time.\n"
    'For example: "library near LS9 open on Saturday".\n'
    'Then you can say "more", or "what about Sunday?", or a new place.\n'
    "In an emergency, ring 999."
)
TOPICS: Final = {
    Topic.GREETING: 'Hello. What do you need, and where? For example: "food bank near BS5".',
    Topic.THANKS: "You are welcome. Ask me again any time.",
    Topic.GOODBYE: "Goodbye. Come back any time.",
    Topic.START_AGAIN: "All forgotten. What do you need, and where?",
    Topic.PLACE_FORGOTTEN: "I have forgotten where you are. What do you need, and where?",
    Topic.WHO: (
        "I am a computer program, not a person. I look things up in lists of local help.\n"
        "Tell me what you need and where, and I will look."
    ),
    Topic.PRIVACY: (
        "I do not keep what you write. I only hold what you look for and where, so that we can go on.\n"
        'Say "start again" and I will forget that too.'
    ),
    Topic.RUDE: "I am sorry if I was no help. Tell me what you need and where, and I will try again.",
    Topic.LANGUAGE: (
        'I am best at English. Please try a few short English words, like "doctor LS9".\n'
        'You can ask for help in your own language, like "advice in Polish near LS9".'
    ),
    Topic.WELSH: (
        "Helo! I know some Welsh words, but I answer in English.\n"
        'Tell me what you need and where, like "banc bwyd Aberystwyth".'
    ),
    Topic.NO_MORE: "That is all I found. You can try another place or another day.",
    Topic.NEAREST: (
        "I know of none nearer than those. A full postcode helps me to look closer.\n"
        'You can also try "online".'
    ),
    Topic.UNKNOWN_NEED: (
        "I do not know that one. Please say it in other words.\n"
        'Tell me what you need and where, like "food bank near BS5".'
    ),
}
NOT_UNDERSTOOD: Final = (
    "I am sorry, I did not get what you are looking for.\n"
    'Please say it in a few words, like "food bank" or "help with debt".'
)
CRISIS: Final = {
    "suicide": "I am so sorry it is this hard. You matter. Please talk to someone now.",
    "medical": "This sounds like an emergency. Please get help now.",
    "child": "You are right to say this. Please tell someone now.",
    "sexual": "I am sorry. It is not your fault. These people will listen and believe you.",
    "violence": "It is not your fault. You do not have to face it alone. Get somewhere safe if you can.",
    "tonight": "You should not have to sleep outside. These people can help.",
}
CRISIS_ELSE: Final = "Please get help now."
NEAR_YOU: Final = "Near you there is also:"
BESIDE: Final = "If you need to talk to someone now:"
REPORT: Final = "Thank you for telling me. I can not pass that on yet. Please tell them, or tell {council}."
COUNCIL: Final = "{council} may know more. Ask them or a library."


def topic(answer: Answer) -> str:
    """What is said where nothing was looked for."""
    if answer.topic is Topic.REPORT:
        return REPORT.format(council=council(answer.council, start=False))
    return TOPICS.get(answer.topic, HELP) if answer.topic else HELP


def ask_council(name: str | None) -> str:
    """Who else may know."""
    return COUNCIL.format(council=council(name))


def council(name: str | None, *, start: bool = True) -> str:
    """Name the council of a place."""
    if name is None:
        return "Your council" if start else "your council"
    name = one_line(name)
    return name if name.lower().endswith("council") else f"{name} council"


def crisis(answer: Answer, now: datetime, timezone: ZoneInfo) -> list[Piece]:
    """Who to ring or text first, then what is near."""
    said: list[Piece] = [Rings(CRISIS.get(answer.crisis or "", CRISIS_ELSE), _lines(answer))]
    if answer.results:
        view = View.of(answer, now, timezone)
        said += [Text(NEAR_YOU), *(card(hit, view, short=True) for hit in answer.results)]
    return said


def beside(answer: Answer) -> list[Piece]:
    """Lines named with ordinary results."""
    return [Rings(BESIDE, tuple((line, _line(line)) for line in answer.lines))] if answer.lines else []


def _lines(answer: Answer) -> tuple[tuple[Line, str], ...]:
    own = f"Ring {council(answer.council, start=False)}" if answer.council else ""
    return tuple(
        (line, f"{own} {line.about}." if own and line.id == "council" else _line(line))
        for line in answer.lines
    )


def _line(line: Line) -> str:
    """One line: "Ring 116 123: Samaritans, to talk to someone, free. Open day and night."."""
    if line.name == "999" or line.id == "council":
        return f"{line.how} {line.about}."
    return f"{line.how}: {line.name}, {line.about}. Open {line.hours}."
