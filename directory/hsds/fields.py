"""Checks of single fields: each gives the value as the tables hold it, None where nothing stands there.

A value that can't be used raises `Unusable` with a short reason; nothing is ever invented in its
place. What can be read in only one way is accepted (a number written as text, `www.` in front of a
web address). Numbers where the standard wants text are taken as text, for feeds are made by hand.
"""

from __future__ import annotations

import math
import re
from typing import Final

TEXT_LIMIT: Final = 20_000
"""Characters of a text field that the tables hold; the rest stays in the published JSON."""
EXTENT_LIMIT: Final = 1_000_000
"""The same for the outline of an area, which is data and not prose."""
ID_LIMIT: Final = 500
"""Characters of an identifier: longer ones don't fit an index of PostgreSQL."""
STATUSES: Final = frozenset({"active", "inactive", "defunct", "temporarily closed"})

_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # no text, and PostgreSQL takes no NUL
    "\u202a-\u202e\u2066-\u2069"  # would turn the direction of what stands behind them
    "\ufeff\ud800-\udfff]"  # byte order marks and halves of characters
)
_ADDRESS: Final = r"[^@\s<>()\[\],;:\"/\\]+@[^@\s<>()\[\],;:\"/\\]+\.[^@\s<>()\[\],;:\"/\\.]+"
_EMAIL: Final = re.compile(_ADDRESS)
_EMAIL_WITH_NAME: Final = re.compile(rf"[^@<>()]*(?:<(?P<angled>{_ADDRESS})>|\((?P<round>{_ADDRESS})\))")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SHORT_NUMBER: Final = re.compile(r"[19]\d\d")
_BOOLEANS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Unusable(Exception):  # noqa: N818 - a verdict on a value, not a failure
    """A value that the tables can't hold as it is."""

    def __init__(self, reason: str, kept: object = None) -> None:
        """Keep the reason code, and the part of the value that can be held after all."""
        super().__init__(reason)
        self.reason = reason
        self.kept = kept


def text(value: object) -> str | None:
    """Text without control characters and outer blanks; None where nothing is left."""
    if type(value) is str and len(value) <= TEXT_LIMIT and value.isprintable():
        return value.strip() or None
    return _bounded(value, TEXT_LIMIT)


def extent(value: object) -> str | None:
    """The outline of an area, in whatever format `extent_type` says."""
    return _bounded(value, EXTENT_LIMIT)


def without_controls(value: str) -> str:
    """Leave out what neither a database nor a screen should be given."""
    return _CONTROLS.sub("", value)


def _bounded(value: object, limit: int) -> str | None:
    cleaned = without_controls(_as_text(value)).strip()
    if len(cleaned) > limit:
        raise Unusable("too_long", cleaned[:limit].rstrip())
    return cleaned or None


def _as_text(value: object) -> str:
    """A string, or a number written as one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unusable("not_text")
    if not abs(value) < 10**30:  # also when it is not a number at all
        raise Unusable("not_text")
    return str(value)


def identifier(value: object) -> str | None:
    """An id exactly as published; feeds use UUIDs, numbers and much else."""
    if type(value) is str and len(value) <= ID_LIMIT and value.isprintable():
        return None if not value or value.isspace() else value
    found = value if isinstance(value, str) else _whole_number(value)
    if len(found) > ID_LIMIT or _CONTROLS.search(found):
        raise Unusable("bad_id")
    return None if not found or found.isspace() else found


def _whole_number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**30:
        raise Unusable("bad_id")
    return str(value)


def email(value: object) -> str | None:
    """One e-mail address; a name written around it (`Example Library <desk@example.org>`) is left out."""
    found = text(value)
    if found is None:
        return None
    found = found.removeprefix("mailto:")
    if len(found) <= 254 and _EMAIL.fullmatch(found) and found[:4].lower() != "www.":
        return found
    match = _EMAIL_WITH_NAME.fullmatch(found) if len(found) <= 500 else None
    if match:
        raise Unusable("email_with_name", match["angled"] or match["round"])
    raise Unusable("not_an_email")


def web_address(value: object) -> str | None:
    """An http or https address; `www.` alone in front means http, any other bare name is left out."""
    found = text(value)
    if found is None:
        return None
    if found[:4].lower() == "www.":
        found = f"http://{found}"
    if len(found) > 2_000 or not _WEB.fullmatch(found):
        raise Unusable("not_a_web_address")
    return found


def phone_number(value: object) -> str | None:
    """A telephone number as written: five digits at least, or a short one such as 111."""
    found = text(value)
    if found is None:
        return None
    digits = sum(map(str.isdigit, found))
    if len(found) > 200 or not (digits >= 5 or _SHORT_NUMBER.fullmatch(found)):
        raise Unusable("not_a_phone_number")
    return found


def number(value: object, reason: str = "not_a_number") -> float | None:
    """A finite number, also where it is written as text."""
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, str) and "_" in value:  # Python would read 1_0 as ten
        raise Unusable(reason)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unusable(reason)
    try:
        found = float(value)
    except (ValueError, OverflowError) as error:
        raise Unusable(reason) from error
    if not math.isfinite(found):
        raise Unusable(reason)
    return found


def _between(value: object, low: float, high: float, reason: str) -> float | None:
    found = number(value, reason)
    if found is not None and not low <= found <= high:
        raise Unusable(reason)
    return found


def latitude(value: object) -> float | None:
    """WGS84 degrees north."""
    return _between(value, -90, 90, "not_a_latitude")


def longitude(value: object) -> float | None:
    """WGS84 degrees east."""
    return _between(value, -180, 180, "not_a_longitude")


def age(value: object) -> float | None:
    """Years of age."""
    return _between(value, 0, 150, "not_an_age")


def amount(value: object) -> float | None:
    """A sum of money, 0 for free; a pound sign in front says nothing new."""
    if isinstance(value, str):
        value = value.strip().removeprefix("£")
    return _between(value, 0, 1e9, "not_an_amount")


def boolean(value: object) -> bool | None:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    found = text(value) if isinstance(value, str | int) else "?"
    if found is None:
        return None
    if found.lower() not in _BOOLEANS:
        raise Unusable("not_a_boolean")
    return _BOOLEANS[found.lower()]


def status(value: object) -> str | None:
    """One of the four words of the standard, however it is written."""
    if type(value) is str and value in STATUSES:
        return value
    found = text(value)
    if found is None:
        return None
    folded = " ".join(re.split(r"[\s_-]+", found.casefold()))
    if folded not in STATUSES:
        raise Unusable("unknown_status")
    return folded


def language_code(value: object) -> str | None:
    """An ISO 639 code in small letters, with or without a region."""
    found = text(value)
    if found is None:
        return None
    folded = found.lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(folded):
        raise Unusable("not_a_language_code")
    return folded
