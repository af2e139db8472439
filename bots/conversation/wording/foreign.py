"""Text that others wrote, made harmless before it is said: one line, no controls, not endless."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.search.query import Hit

LONGEST = 140
_LONGER = {"description": 500, "alert": 500, "url": 300}
_FIELDS = (
    "name", "organization", "description", "address", "postcode", "hours_text", "cost_text", "phone", "email",
    "url", "access_text", "eligibility", "area", "alert",
)  # fmt: skip


def one_line(text: str, longest: int = LONGEST) -> str:
    """One line of ordinary characters, cut between words where it is longer than `longest`."""
    kept = text[: longest * 4]
    if not kept.isprintable():
        kept = "".join(char for char in kept if char.isspace() or unicodedata.category(char)[0] != "C")
    elif len(kept) <= longest and "  " not in kept and kept[:1] != " " and kept[-1:] != " ":
        return kept
    line = " ".join(kept.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def disarmed(hit: Hit) -> Hit:
    """The same record with every text of it on one line; what is empty then was not given."""
    texts: dict[str, str | None] = {}
    for name in _FIELDS:
        text = getattr(hit, name)
        line = one_line(text, _LONGER.get(name, LONGEST)) if text else ""
        texts[name] = line if line or name in ("name", "description") else None
    return replace(hit, languages=tuple(map(one_line, hit.languages)), **texts)  # type: ignore[arg-type]
