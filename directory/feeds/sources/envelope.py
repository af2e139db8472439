"""Reads one page of a list of services, in the envelope of either version of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Profile = Literal["api-v3", "api-v1"]

_V1_KEYS = frozenset({"totalElements", "totalPages", "number", "first", "last"})
_V3_KEYS = frozenset({"total_items", "total_pages", "page_number", "first_page", "last_page"})


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Nothing of it is believed without looking at the next one."""

    rows: list[Any]
    last: bool
    total: int | None
    profile: Profile | None
    """None where the envelope could be of either version."""


def read_page(document: object) -> Page | None:
    """Return the page, or None where the answer is not a list of services at all."""
    if isinstance(document, list):
        return Page(document, last=False, total=None, profile=None)
    if not isinstance(document, dict):
        return None
    for key in ("contents", "content"):
        if isinstance(rows := document.get(key), list):
            return Page(rows, _is_last(document), _total(document), _profile(document, key))
    if document.get("empty") is True and not _is_service(document):
        return Page([], last=True, total=_total(document), profile=_profile(document, ""))
    return None


def _is_last(document: dict[str, Any]) -> bool:
    return document.get("last_page", document.get("last")) is True


def _total(document: dict[str, Any]) -> int | None:
    total = document.get("total_items", document.get("totalElements"))
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _profile(document: dict[str, Any], key: str) -> Profile | None:
    if document.keys() & _V3_KEYS:
        return "api-v3"
    if key == "content" or document.keys() & _V1_KEYS:
        return "api-v1"
    return None


def _is_service(document: dict[str, Any]) -> bool:
    return "id" in document
