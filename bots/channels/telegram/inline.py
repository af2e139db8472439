"""What is offered where somebody types our name in any chat: a place each, to be put into that chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bots.channels.telegram import keyboards, markup
from bots.channels.telegram.pieces import blocks
from bots.conversation.message import Kind
from bots.conversation.wording import buttons, facts
from bots.conversation.wording import telegram as words
from bots.conversation.wording.foreign import one_line
from bots.conversation.wording.pieces import Header, Part, Place, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.conversation.message import Answer
    from bots.conversation.wording.pieces import Piece

Json = dict[str, Any]
KEPT_S: Final = 60
"""How long Telegram may give the same answer again to whoever asked."""
_TITLE: Final = 60
_UNDER: Final = 100
_ASKING: Final = (Kind.ASK_NEED, Kind.ASK_PLACE, Kind.HELP)


def results(query: str, answer: Answer, said: Sequence[Piece]) -> Json:
    """The parameters of `answerInlineQuery`."""
    params: Json = {"inline_query_id": query, "cache_time": KEPT_S, "is_personal": True}
    if answer.kind in _ASKING:
        start = keyboards.payload(answer.understood.need or "")
        return params | {"results": [], "button": {"text": words.SAY_MORE, "start_parameter": start}}
    places = [piece for piece in said if isinstance(piece, Place)]
    if answer.kind is Kind.RESULTS and places:
        others = [piece for piece in said if not isinstance(piece, (Place, Header))]
        articles = [_article(f"more:{n}", [piece], *_first(piece)) for n, piece in enumerate(others)]
        heads = [piece for piece in said if isinstance(piece, Header)]
        return params | {"results": [*(_place(n, heads, one) for n, one in enumerate(places)), *articles]}
    return params | {"results": [_article("all", said, *_first(*said))]}


def _place(number: int, heads: Sequence[Piece], place: Place) -> Json:
    name = next((row.text for row in place.rows if row.part is Part.NAME), place.hit.name)
    under = next((row.text for row in place.rows if row.part is Part.WHERE_WHEN), "")
    article = _article(f"hit:{number}", [*heads, place], name, under)
    if url := facts.map_url(place.hit):
        article["reply_markup"] = {"inline_keyboard": [[{"text": buttons.MAP, "url": url}]]}
    return article


def _article(key: str, said: Sequence[Piece], title: str, under: str) -> Json:
    return {
        "type": "article",
        "id": key,
        "title": one_line(title, _TITLE) or buttons.MORE_ABOUT,
        "description": one_line(under, _UNDER),
        "input_message_content": {
            "message_text": markup.messages(blocks(said))[0],
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }


def _first(*said: Piece) -> tuple[str, str]:
    """The first line, and what follows."""
    first, _, rest = plain(said).partition("\n")
    return first, rest
