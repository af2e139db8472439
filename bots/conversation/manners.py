"""What people say that asks for nothing: greetings, thanks, questions about us; and the words that steer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bots.conversation.lexicon import data
from bots.conversation.words import folded


class Move(Enum):
    """What a whole message does to the conversation."""

    GREETING = auto()
    THANKS = auto()
    GOODBYE = auto()
    HELP = auto()
    WHO = auto()
    PRIVACY = auto()
    RUDE = auto()
    LANGUAGE = auto()
    WELSH = auto()
    REPORT = auto()
    FORGET_PLACE = auto()
    START_AGAIN = auto()
    MORE = auto()
    BACK = auto()
    NEARER = auto()
    FURTHER = auto()
    PICK = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """A move, and which one is picked (from 0; -1 is the last)."""

    move: Move
    index: int = 0


_ORDINALS = (
    ("first", "1st", "one", "1"),
    ("second", "2nd", "two", "2"),
    ("third", "3rd", "three", "3"),
    ("fourth", "4th", "four", "4"),
    ("fifth", "5th", "five", "5"),
    ("sixth", "6th", "six", "6"),
    ("seventh", "7th", "seven", "7"),
    ("eighth", "8th", "eight", "8"),
)
WHICH = r"(?:the |#|number |no |option )*(?P<which>\w+)(?: one| place| option)*"
"""A pattern for one of those shown."""
_PICK = re.compile(
    r"(?:(?:tell me(?: more)?(?: about)?|more (?:info |information |details )?(?:about|on|for)|what about"
    r"|details (?:of|for|on|about)|info (?:on|about)|show me|choose|pick|option|number|no\.?|it'?s|about) )*"
    r"(?:the |#)?(?P<which>\w+)(?: one| place| please| option)*"
)
_LONGEST = 120
_MOST_OF_A_MOOD = 12
"""Words of a message that is nothing but thanks, a greeting or rudeness."""


def find(text: str) -> Said | None:
    """What the whole of a cleaned message does, if it is nothing but that."""
    if len(text) > _LONGEST:
        return None
    low = flat(text) or ("?" if text.strip(" !.,") == "?" else "")
    held = _spelt(low)
    for move, pattern in _moves():
        if pattern.fullmatch(low) or pattern.fullmatch(held):
            return Said(move)
    if mood := _mood(low):
        return Said(mood)
    picked = _PICK.fullmatch(low)
    index = ordinal(picked["which"]) if picked else None
    return None if index is None else Said(Move.PICK, index)


def flat(text: str) -> str:
    """Lower case, without marks, one space between words."""
    return re.sub(r"[!.,?;:\s]+", " ", folded(text)).strip()


def ordinal(word: str) -> int | None:
    """Which one a word picks, from 0; -1 is the last."""
    if word in ("last", "bottom"):
        return -1
    if word == "top":
        return 0
    return next((index for index, names in enumerate(_ORDINALS) if word in names), None)


def _spelt(low: str) -> str:
    """Text-speak as the patterns have it: "wot can u do" is "what can you do"."""
    spellings = _spellings()
    return " ".join(spellings.get(word, word) for word in low.split())


@cache
def _spellings() -> dict[str, str]:
    held: dict[str, str] = data("manners.toml")["spellings"]
    return held


def _mood(low: str) -> Move | None:
    """What a short message is that has no words but those of a mood: "cheers ur a star"."""
    said = {word.strip("'*()-") for word in low.split()} - {""}
    moods = _moods()
    if not said or len(low.split()) > _MOST_OF_A_MOOD or not said <= moods["any"]:
        return None
    about_self, thanks = said & moods["self"], said & moods["thanks"]
    rude = said & moods["rude"] or (thanks and said & moods["negative"] and not said & moods["thanking"])
    if rude or (said & moods["swearing"] and not thanks):
        return None if about_self else Move.RUDE
    if thanks:
        return None if about_self and said & moods["negative"] else Move.THANKS
    names = {"goodbye": Move.GOODBYE, "greeting": Move.GREETING}
    return next((move for name, move in names.items() if said & moods[name]), None)


@cache
def _moods() -> dict[str, frozenset[str]]:
    """The words of each mood, and all of them together."""
    moods = {name: frozenset(words.split()) for name, words in data("manners.toml")["moods"].items()}
    return {**moods, "any": frozenset().union(*moods.values())}


@cache
def _moves() -> tuple[tuple[Move, re.Pattern[str]], ...]:
    """The moves of the data file, each as one pattern for a whole message."""
    held = data("manners.toml")
    polite, lead = "|".join(held["polite"]), "|".join(held["lead"])
    return tuple(
        (Move[name.upper()], re.compile(f"(?:(?:{lead}) )*?(?:{'|'.join(patterns)})(?: (?:{polite}))*"))
        for name, patterns in held["moves"].items()
    )
