"""What an answer is said in, piece by piece: the sentences, and beside them the facts they were made of.

A channel that has no more than text joins them (`plain`); one that can do more shows each in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.conversation.message import Line
    from directory.search.query import Hit


class Part(StrEnum):
    """What a row of a place is about."""

    NAME = "name"
    ABOUT = "about"
    NOTE = "note"
    """What must be known before going there."""
    WHERE_WHEN = "where_when"
    WEEK = "week"
    COST = "cost"
    FOR_WHOM = "for_whom"
    ADDRESS = "address"
    MAP = "map"
    CONTACT = "contact"
    """How to reach it: telephone and web, else e-mail. A channel with links makes them from the fields."""
    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    UNKNOWN = "unknown"
    """How to reach it, where the record does not say."""
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a place."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """One service: its rows, and the record they are from, its texts made harmless."""

    hit: Hit
    rows: tuple[Row, ...]
    number: int | None = None

    @property
    def plain(self) -> str:
        """A row a line, the name first with its number."""
        first = f"{self.number}. " if self.number else ""
        return first + "\n".join(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or some; lines end with a newline."""

    text: str

    @property
    def plain(self) -> str:
        """The text."""
        return self.text


class Header(Text):
    """What was understood, above what was found."""


class WayOn(Text):
    """What can be typed next: needless where that can be tapped."""


@dataclass(frozen=True, slots=True)
class Rings:
    """Who to ring or text: each with its sentence."""

    lead: str
    lines: tuple[tuple[Line, str], ...]

    @property
    def plain(self) -> str:
        """A line each."""
        return "\n".join((self.lead, *(text for _, text in self.lines)))


@dataclass(frozen=True, slots=True)
class Named:
    """Further services, by name and how to reach them only."""

    lead: str
    hits: tuple[tuple[Hit, str], ...]
    """Each with the sentence that names it."""

    @property
    def plain(self) -> str:
        """A line each."""
        return "\n".join((self.lead, *(text for _, text in self.hits)))


@dataclass(frozen=True, slots=True)
class Options:
    """A question with answers to choose from; they stand in the answer's choices, in this order."""

    question: str
    labels: tuple[str, ...]

    @property
    def plain(self) -> str:
        """Numbered, to be picked by number."""
        return "\n".join((self.question, *(f"{n}. {label}" for n, label in enumerate(self.labels, 1))))


Piece = Text | Place | Rings | Named | Options


def plain(pieces: Sequence[Piece]) -> str:
    """All of it as text without markup; pieces stand apart."""
    return "\n\n".join(piece.plain for piece in pieces)
