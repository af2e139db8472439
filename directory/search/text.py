"""One way to compare words, and one way to show what publishers wrote.

Term names, words asked for and words indexed all pass through `normalise`, so that they meet;
descriptions pass through `plain`, so that no markup and no invisible character reaches anybody.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

_APART = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'\u2018\u2019\u02bc`\u00ad"),
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    },
)
"""Apostrophes are dropped; letters that do not come apart into a letter and an accent are named."""
_ASCII_FOLDED = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else ord(" ") for byte in range(256)
)
"""What `normalise` makes of each ASCII character; apostrophes are dropped."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]",
)
_MARKS = "<&*_[#`\\~|>"
_MARKED = re.compile(f"[{re.escape(_MARKS)}]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>?|<!--")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|hr)\b", re.IGNORECASE)
_ITEM = re.compile(r"<li\b", re.IGNORECASE)
_MARKDOWN = (
    ("-*_", re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]{0,3}){3,}$", re.MULTILINE), ""),  # a rule across the page
    ("#>", re.compile(r"^[ \t]{0,8}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE), ""),  # headings, quotations
    (
        "*+-\u2022\u00b7",
        re.compile(r"^[ \t]{0,8}[*+\u2022\u00b7-][ \t]+", re.MULTILINE),
        "\x1f",
    ),  # list items
    ("[", re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)"), r"\1"),  # links and pictures
    ("*", re.compile(r"(?<!\\)(\*{1,3})(?=\S)([^*\n]+)(?<=[^\s\\])\1"), r"\2"),
    ("_", re.compile(r"(?<![\w\\])(_{1,3})(?=\S)([^_\n]+)(?<=[^\s\\])\1(?!\w)"), r"\2"),
    ("`~", re.compile(r"(`{1,3}|~~)([^`~\n]+)\1"), r"\2"),
    ("\\", re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])"), r"\1"),
)
"""What Markdown writes, each behind characters without which it need not be looked for."""
_SENTENCE_END = re.compile(r"[.!?](?=\s)")

STOP_WORDS = frozenset({
    "a", "about", "all", "also", "am", "an", "and", "any", "anybody", "anyone", "anything", "anywhere",
    "are", "around", "as", "at", "be", "because", "been", "but", "by", "can", "cant", "could", "d",
    "did", "do", "does", "doesnt", "dont", "find", "for", "from", "get", "getting", "give", "go",
    "going", "got", "had", "has", "have", "having", "he", "help", "helps", "her", "hers", "hi", "him",
    "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its", "ive", "just",
    "know", "let", "like", "ll", "local", "look", "looking", "m", "make", "may", "me", "might", "mine",
    "more", "my", "myself", "near", "nearby", "nearest", "need", "needed", "needs", "no", "not", "of",
    "off", "on", "one", "or", "our", "ours", "out", "over", "place", "places", "please", "re", "really",
    "s", "she", "should", "so", "some", "somebody", "someone", "something", "somewhere", "t", "that",
    "the", "their", "theirs", "them", "then", "there", "these", "they", "this", "those", "to", "too",
    "try", "trying", "up", "us", "ve", "very", "want", "wanted", "wants", "was", "we", "well", "went",
    "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your", "yours",
})  # fmt: skip
"""Words that say nothing of what is looked for, normalised."""


def normalise(text: str) -> str:
    """Return lower case without accents or apostrophes, "&" as "and", words parted by one space."""
    return " ".join(words(text)) if text.isascii() else _folded(text)


def _folded(text: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    folded = text.casefold()
    if "&" in folded:
        folded = folded.replace("&", " and ")
    return _APART.sub(" ", folded.translate(_LETTERS)).strip()


def words(text: str) -> list[str]:
    """Return the words of a text, each normalised, in their order."""
    if not text.isascii():
        return _folded(text).split()
    if "&" in text:
        text = text.replace("&", " and ")
    return text.encode("ascii").translate(_ASCII_FOLDED, b"'`").decode("ascii").split()


def plain(text: str, limit: int | None = None) -> str:
    """Return a description as one line of plain text: no HTML, no Markdown, nothing invisible.

    With a limit it is no longer than that, cut at the end of a sentence or a word, and ends in "…".
    """
    if limit is not None and len(text) > 8 * limit + 4096:
        text = text[: 8 * limit + 4096]
    simple = text.isprintable() and "  " not in text and not _MARKED.search(text)
    text = text.strip() if simple else _plainly(text)
    return text if limit is None or len(text) <= limit else _shortened(text, limit)


def _plainly(text: str) -> str:
    if "<" in text or "&" in text:
        text = _without_html(text)
    if any(mark in text for mark in _MARKS) or "\n" in text:
        for marks, pattern, instead in _MARKDOWN:
            if any(mark in text for mark in marks):
                text = pattern.sub(instead, text)
        text = _listed(text)
    return " ".join(_INVISIBLE.sub("", text).split())


def _without_html(text: str) -> str:
    """Remove tags and resolve entities, twice where markup was escaped as text."""
    from html import unescape  # noqa: PLC0415  # few texts need it

    for _ in range(2):
        if _TAG.search(text):
            text = _BLOCK.sub(lambda match: f"\n{match[0]}", _ITEM.sub("\x1f<li", text.replace("\x1f", "")))
            text = _cleaner().clean(text)
        text = unescape(text)
        if not _TAG.search(text):
            break
    return text


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    """Return what removes all tags, and the whole of scripts and styles."""
    import nh3  # noqa: PLC0415  # few texts need it

    return nh3.Cleaner(tags=set())


def _listed(text: str) -> str:
    """Join the items of a list with semicolons where they end in nothing else."""
    head, *items = (part.strip() for part in text.split("\x1f"))
    parts = [head]
    for item in filter(None, items):
        parts.append("; " if parts[-1] and parts[-1][-1] not in ".,;:!?-" else " ")
        parts.append(item)
    return "".join(parts)


def _shortened(text: str, limit: int) -> str:
    """Cut at the last sentence end in the second half, else at the last word end."""
    room = text[: max(limit - 2, 0) + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(room)]
    if ends and ends[-1] >= limit // 2:
        return f"{room[: ends[-1]]} …"
    cut = text[: max(limit - 1, 0)]
    if len(cut) < len(text) and not text[len(cut)].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return f"{cut.rstrip(' ,;:-')}…"[:limit]
