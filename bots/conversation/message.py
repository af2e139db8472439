"""What comes in and what goes out: a message, and an answer made of facts, free of any platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bots.conversation.state import NOW, Shown, State, Stretch, Wanted
from directory.search.query import Conditions

if TYPE_CHECKING:
    from directory.search.query import Hit, When

__all__ = [
    "NOW",
    "Answer",
    "Aspect",
    "Choice",
    "Kind",
    "Line",
    "Message",
    "Shown",
    "State",
    "Stretch",
    "Topic",
    "Understood",
    "Wanted",
]


class Kind(StrEnum):
    """What sort of answer it is."""

    RESULTS = "results"
    NONE = "none"
    ASK_PLACE = "ask_place"
    ASK_NEED = "ask_need"
    CRISIS = "crisis"
    HELP = "help"
    OTHER = "other"


class Topic(StrEnum):
    """What an answer of kind `other` is about, or why nothing is shown."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    START_AGAIN = "start_again"
    NO_MORE = "no_more"
    """All there is has been shown."""
    NEAREST = "nearest"
    """What was shown is the nearest there is."""
    PLACE_FORGOTTEN = "place_forgotten"
    WHO = "who"
    """Who are you, are you a robot."""
    PRIVACY = "privacy"
    RUDE = "rude"
    LANGUAGE = "language"
    """Another language than English."""
    WELSH = "welsh"
    REPORT = "report"
    """Something is wrong with what was shown."""
    UNKNOWN_NEED = "unknown_need"
    """Nothing anywhere has these words."""


class Aspect(StrEnum):
    """What is asked about a place that was shown."""

    COST = "cost"
    HOURS = "hours"
    PHONE = "phone"
    WEB = "web"
    WAY = "way"
    ACCESS = "access"
    AGES = "ages"
    LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a person, whatever channel it came by."""

    text: str = ""
    location: tuple[float, float] | None = None
    """Latitude and longitude that the platform sent."""
    choice: str | None = None
    """The id of a choice that was tapped."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap; a channel without buttons numbers them."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """Who to ring in a crisis."""

    id: str
    name: str
    how: str
    """What to do: `Ring 999`, `Text SHOUT to 85258`."""
    about: str
    """For whom, in a few words."""
    hours: str
    nations: tuple[str, ...] = ()
    """First letters of the authority codes where it serves; empty: everywhere."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood, in words that can be shown."""

    need: str | None = None
    place: str | None = None
    when: str | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Facts for an answer; `wording` makes sentences of them."""

    kind: Kind
    understood: Understood = field(default_factory=Understood)
    results: tuple[Hit, ...] = ()
    alternatives: tuple[Hit, ...] = ()
    """Where nothing is near: the nearest there is."""
    other_times: bool = False
    """The alternatives are near, and open at other times than was asked."""
    wider: str | None = None
    """The alternatives are near, and for this wider need: its label."""
    apart: tuple[Hit, ...] = ()
    """What comes to you, covers the area, is online, or has no known place."""
    choices: tuple[Choice, ...] = ()
    topic: Topic | None = None
    crisis: str | None = None
    """The sort of crisis, for instance `suicide`."""
    lines: tuple[Line, ...] = ()
    """Who to ring: in a crisis, or beside what was found where the question is about one."""
    unknown_place: str | None = None
    """A place that was named and is not known."""
    within: bool = False
    """The place is an area that the results lie in, not a point that they are near."""
    when: When | None = None
    offset: int = 0
    more: bool = False
    details: bool = False
    """One place, with all that is held of it."""
    aspect: Aspect | None = None
    """The one thing that was asked about what had been shown."""
    rough: bool = False
    """Distances are from the middle of a town or a postcode district: only about so far."""
    council: str | None = None
    """The local authority of the place, by name: who else may know."""
    conditions: Conditions = field(default_factory=Conditions)
    words: tuple[str, ...] = ()
    """What was asked for, in the stems of words that a description may have."""
