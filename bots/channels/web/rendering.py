"""An answer as a page shows it: blocks of plain text and links, as JSON, which hold no markup at all.

    body   {"blocks": [block, ...], "choices": [{"id", "label"}, ...]}
    block  {"is": "text" | "header" | "rings" | "named" | "place", "rows": [row, ...],
            "number", "links": [link, ...], "choice": {"id", "label", "about"}}
    row    {"part": what it is about, "text": the sentence, "first": what stands before it and stands out,
            "link": the address that it leads to}
    link   {"is": "ring" | "web" | "email" | "map", "label", "about": the place's name, "to": address}

The server's template and the page's script each make elements of it, and both escape everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bots.channels.steps import mark, pick, steps
from bots.channels.web import links
from bots.conversation.wording import buttons, facts
from bots.conversation.wording import web as words
from bots.conversation.wording.english import pieces
from bots.conversation.wording.foreign import one_line
from bots.conversation.wording.pieces import Header, Named, Options, Part, Piece, Place, Rings, WayOn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body
    from bots.conversation.message import Answer, Choice, Line
    from directory.search.query import Hit

Block = dict[str, Any]
Link = dict[str, str]

_REACHING = frozenset({Part.CONTACT, Part.PHONE, Part.WEB, Part.EMAIL, Part.MAP})
"""Rows that become links."""


def answer(answer: Answer, now: datetime, timezone: ZoneInfo) -> Body:
    """Render an answer."""
    said = [piece for piece in pieces(answer, now, timezone) if not isinstance(piece, WayOn)]
    return {"blocks": _blocks(said, mark(answer)), "choices": _choices(steps(answer))}


def sentences(text: str, choices: Sequence[Choice] = ()) -> Body:
    """Render plain sentences."""
    return {"blocks": [_text("text", text)], "choices": _choices(choices)}


def _blocks(said: Sequence[Piece], known: str) -> list[Block]:
    blocks, index = [], 0
    for piece in said:
        if isinstance(piece, Place):
            blocks.append(_place(piece, pick(index, known) if known else None))
            index += 1
        else:
            blocks.append(_sentences(piece))
    return blocks


def _sentences(piece: Piece) -> Block:
    match piece:
        case Rings(lead, lines):
            rows = [_ring(line, text) for line, text in lines]
            return {"is": "rings", "rows": [{"part": "lead", "text": lead}, *map(_filled, rows)]}
        case Named(lead, hits):
            rows = [{"part": "named", "text": text, "link": _first(hit)} for hit, text in hits]
            return {"is": "named", "rows": [{"part": "lead", "text": lead}, *map(_filled, rows)]}
        case Options(question):
            return _text("text", question)
        case Header():
            return _text("header", piece.text)
        case _:
            return _text("text", piece.plain)


def _ring(line: Line, text: str) -> dict[str, str | None]:
    """Whom to ring or text; what to do stands first."""
    first, rest = line.how, text.removeprefix(line.how)
    if rest == text:
        first, rest = "", text
    return {"part": "ring", "first": first, "text": rest.lstrip(": "), "link": links.dial(line.how)}


def _text(kind: str, text: str) -> Block:
    return {"is": kind, "rows": [{"part": "text", "text": line} for line in text.splitlines() if line]}


def _place(place: Place, tap: Choice | None) -> Block:
    found, unlinked = _links(place)
    kept = [row for row in place.rows if row.part not in _REACHING or row.part in unlinked]
    rows = [{"part": str(row.part), "text": row.text} for row in kept]
    block: Block = {"is": "place", "rows": rows, "links": found}
    if place.number:
        block["number"] = place.number
    if tap is not None:
        block["choice"] = {"id": tap.id, "label": tap.label, "about": place.hit.name}
    return block


def _links(place: Place) -> tuple[list[Link], set[Part]]:
    """Ways to reach a place, as many as its rows name; and the parts in which one can't be tapped."""
    hit, parts = place.hit, {row.part for row in place.rows}
    by_mail_only = Part.CONTACT in parts and not (hit.phone or hit.url)
    ways = (
        (
            "ring",
            words.RING.format(phone=hit.phone),
            hit.phone,
            links.tel,
            parts & {Part.CONTACT, Part.PHONE},
        ),
        ("web", words.WEBSITE, hit.url, links.web, parts & {Part.CONTACT, Part.WEB}),
        (
            "email",
            words.EMAIL,
            hit.email,
            links.mail,
            parts & {Part.EMAIL} or (by_mail_only and {Part.CONTACT}),
        ),
        ("map", buttons.MAP, facts.map_url(hit), links.web, parts & {Part.MAP, Part.ADDRESS}),
    )
    found: list[Link] = []
    unlinked: set[Part] = set()
    for kind, label, value, link, named in ways:
        if not named or not value:
            continue
        if to := link(value):
            found.append({"is": kind, "label": label, "about": hit.name, "to": to})
        else:
            unlinked |= named
    return found, unlinked


def _first(hit: Hit) -> str | None:
    """The one way to reach a service that is only named."""
    return links.tel(hit.phone) if hit.phone else links.web(hit.url)


def _filled(row: dict[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in row.items() if value}


def _choices(choices: Sequence[Choice]) -> list[dict[str, str]]:
    return [{"id": choice.id, "label": one_line(choice.label)} for choice in choices]
