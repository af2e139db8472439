"""What of a service may be published: v3, without the people behind it.

Left out wherever they stand: `assurer_email`, the names of contact persons, and to whose attention
an address is. A contact's job, telephone and e-mail stay, for they are how people reach a service.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from directory.hsds import v1

_DEEPEST: Final = 60
"""Levels that are looked into; what lies deeper can't be vouched for and is left out."""

_CONTACTS: Final = frozenset({"contact", "contacts"})
_PRIVATE: Final = frozenset({"assureremail", "attention"})
_PRIVATE_OF_CONTACTS: Final = _PRIVATE | {"name"}
"""Names as `_plain` writes them, for not everybody writes them as the standard does."""


def public(document: dict[str, Any], *, as_v1: bool | None = None) -> dict[str, Any]:
    """Give a service as it may be published; unknown fields stay, and the document is not changed.

    `as_v1` says whether it is a v1 record; None: it is looked at.
    """
    if v1.is_v1(document) if as_v1 is None else as_v1:
        document = v1.to_v3(document)
    cleaned: dict[str, Any] = _cleaned(document, "service", _DEEPEST)
    return cleaned


def _cleaned(value: object, key: str, levels: int) -> Any:
    """Leave out what is private in a value that stands under `key`."""
    if isinstance(value, list):
        members = value if levels else []
        return [_cleaned(member, key, levels - 1) for member in members if not _is_name(key, member)]
    if not isinstance(value, dict):
        return value
    private = _PRIVATE_OF_CONTACTS if key in _CONTACTS else _PRIVATE
    return {
        name: _cleaned(member, _plain(name), levels - 1)
        for name, member in (value.items() if levels else ())
        if _plain(name) not in private and not _is_name(_plain(name), member)
    }


def _is_name(key: str, value: object) -> bool:
    """A bare text in the place of a contact is somebody's name."""
    return key in _CONTACTS and not isinstance(value, dict | list)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
