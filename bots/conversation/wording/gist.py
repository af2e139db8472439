"""What a service is, in a line of its own words."""

from __future__ import annotations

import re

from bots.conversation.wording.foreign import one_line
from bots.conversation.words import words

_LONGEST_TEXT = 500
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s|$)|.+$")


def gist(text: str, asked: tuple[str, ...] = ()) -> str:
    """The first sentence that has one of the stems asked for, else the first of all."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(one_line(text, _LONGEST_TEXT))]
    if not sentences:
        return ""
    if len(sentences) == 1 or not asked:
        return one_line(sentences[0])
    wanted = frozenset(asked)
    fitting = (one for one in sentences if not wanted.isdisjoint(word.stem for word in words(one)))
    return one_line(next(fitting, sentences[0]))
