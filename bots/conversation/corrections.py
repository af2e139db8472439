"""What somebody takes back: "not libraries, food banks"; only what is wanted is read on."""

from __future__ import annotations

import re

from bots.conversation import needs

_GOES_ON = "and "
"""Worded as a follow-up: the rest of the question stays as it was."""
_NOT_THIS = re.compile(
    r"(?:(?:no|nope|sorry|oops|wait|actually)\b[ ,.!-]*)*(?:i )?(?:not|don'?t (?:want|mean)"
    r"|didn'?t (?:want|mean))"
    r" (?:the |a |any |an )?(?P<wrong>[^,.;!?]{2,60}?)(?:[,.;!?-]+ ?| but )"
    r"(?:(?:but|rather|i (?:want|mean|meant|need|wanted|said)|it'?s|just)\b ?)*(?P<right>\S.*)",
    re.IGNORECASE,
)
_RATHER_THAN = re.compile(
    r"(?P<right>.{3,80}?),? (?:and )?(?:not|instead of|rather than) (?:the |a |any |an )?"
    r"(?P<wrong>[^,.;!?]{3,40})[ .!?]*",
    re.IGNORECASE,
)


def kept(text: str) -> str:
    """The text without what it takes back; as it came where it takes nothing back."""
    if found := _NOT_THIS.fullmatch(text):
        return _GOES_ON + found["right"]
    found = _RATHER_THAN.fullmatch(text)
    if found and needs.phrases(found["right"]) and needs.phrases(found["wrong"]):
        return found["right"]
    return text
