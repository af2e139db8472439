"""The widget as one script: the style and the words first, then the talk and the button that opens it."""

from __future__ import annotations

import json
import re
from functools import cache

from bots.web import pages


@cache
def script() -> str:
    """What `/widget.js` gives: the page it is put on sees nothing of it, and no other file is needed."""
    given = {"STYLE": _of_its_own(pages.content("chat.css")), "WORDS": pages.spoken()}
    consts = "\n".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
    parts = (consts, pages.content("talk.js"), pages.content("widget.js"))
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _of_its_own(style: str) -> str:
    """Lengths in pixels: a `rem` would be as large as the page it is put on has it."""
    return re.sub(r"(\d*\.?\d+)rem", lambda found: f"{float(found[1]) * 16:g}px", style)
