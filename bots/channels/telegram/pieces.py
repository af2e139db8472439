"""The pieces of an answer as lines of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.channels.telegram.markup import Line, bold, link, text
from bots.conversation.wording import facts
from bots.conversation.wording.pieces import Header, Options, Part, Piece, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.conversation.wording.pieces import Row


def blocks(pieces: Sequence[Piece]) -> list[list[Line]]:
    """A block of lines for each piece."""
    return [lines(piece) for piece in pieces]


def lines(piece: Piece) -> list[Line]:
    """A piece, a line a row; what can be chosen are the buttons."""
    match piece:
        case Place():
            return [_row(row, piece) for row in piece.rows]
        case Header():
            return [bold(piece.text)]
        case Options(question):
            return [text(question)]
        case _:
            return [text(line) for line in piece.plain.split("\n")]


def _row(row: Row, place: Place) -> Line:
    if row.part is Part.NAME:
        return bold(f"{place.number}. {row.text}" if place.number else row.text)
    if row.part is Part.ADDRESS and (url := facts.map_url(place.hit)):
        return link(row.text, url)
    return text(row.text)
