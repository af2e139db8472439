"""Addresses to tap: made from facts, and only of kinds that do what they say."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_NUMBER = re.compile(r"\+?\(?\d[\d ()./-]*\d")
_RING = re.compile(r"Ring (\d[\d ]+\d)\b")
_TEXT = re.compile(r"Text (\w+) to (\d+)")
_GO = re.compile(r"Go to ([a-z0-9.-]+\.[a-z]{2,})")
_MAIL = re.compile(r"[^\s@<>,;:\"'?&]+@[^\s@<>,;:\"'?&]+\.[^\s@<>,;:\"'?&]+")


def tel(phone: str | None) -> str | None:
    """A link that rings the first number in a text; none where there is no number."""
    found = _NUMBER.search(phone or "")
    if found is None:
        return None
    plain = found.group().replace("(0)", "")
    digits = re.sub(r"\D", "", plain)
    return f"tel:{'+' * plain.startswith('+')}{digits}" if 3 <= len(digits) <= 15 else None


def web(url: str | None) -> str | None:
    """The address itself, where it is one of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and not parts.username else None


def mail(address: str | None) -> str | None:
    """A link that writes to an address."""
    return f"mailto:{quote(address, safe='@+')}" if address and _MAIL.fullmatch(address) else None


def dial(how: str) -> str | None:
    """What a crisis line says to do, as a link: "Ring 116 123", "Text SHOUT to 85258"."""
    if found := _RING.match(how):
        return f"tel:{re.sub(r'[^0-9]', '', found[1])}"
    if found := _TEXT.match(how):
        return f"sms:{found[2]}?&body={found[1]}"
    if found := _GO.match(how):
        return f"https://{found[1]}"
    return None
