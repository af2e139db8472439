"""Telegram's HTML as Telegram reads it: a few tags, four named escapes, and no mistake is forgiven."""

from __future__ import annotations

import re
from typing import Final

TAGS: Final = frozenset({"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "strong", "u"})
_TOKEN: Final = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-z-]+)(?P<attributes>[^<>]*)>|&(?P<name>#?\w+);|(?P<char>[^<&])", re.DOTALL
)
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HREF: Final = re.compile(r' href="[^"<>]*"')


class MarkupError(Exception):
    """Telegram would answer "can't parse entities"."""


def read(text: str) -> str:
    """What is shown of a text in HTML.

    Raises:
        MarkupError: where Telegram would refuse it.
    """
    shown: list[str] = []
    opened: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise MarkupError(at)
        at = found.end()
        if found["tag"]:
            _tag(found, opened)
        else:
            shown.append(found["char"] or _character(found["name"]))
    if opened:
        raise MarkupError(opened)
    return "".join(shown).strip()


def _tag(found: re.Match[str], opened: list[str]) -> None:
    tag, attributes = found["tag"], found["attributes"]
    if tag not in TAGS or (attributes and (found["close"] or tag != "a" or not _HREF.fullmatch(attributes))):
        raise MarkupError(tag)
    if not found["close"]:
        opened.append(tag)
    elif not opened or opened.pop() != tag:
        raise MarkupError(tag)


def _character(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if name.startswith("#") and name[1:].isdigit():
        return chr(int(name[1:]))
    raise MarkupError(name)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
