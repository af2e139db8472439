"""Names made comparable: case, accents, hyphens, apostrophes, Saint and St, upon and on. PURE."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*|&")
APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc`")
SAME = {"saint": "st", "&": "and", "upon": "on", "nr": "near"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message, folded, and where it stands."""

    key: str
    start: int
    end: int


def fold_word(word: str) -> str:
    """One word in the form that names are looked up in."""
    word = word.lower().translate(APOSTROPHES)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return SAME.get(word, word)


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    return [Token(fold_word(match[0]), match.start(), match.end()) for match in TOKEN.finditer(text)]


def fold(name: str) -> str:
    """A whole name: "King's Lynn" is `kings lynn`, "Stoke-upon-Trent" is `stoke on trent`."""
    return " ".join(token.key for token in tokens(name))
