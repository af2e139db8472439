"""Remembers how a list looked last time, so that an unchanged one is not read again.

A list that is the same on every page says that nothing changed only if its rows carry when each
service was modified. The rows of many feeds don't, and those feeds are read in full.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.feeds.sources.envelope import Page, Profile
    from directory.feeds.sources.source import SourceOptions


@dataclass(slots=True)
class Validators:
    """What each page of the list was marked with by its publisher, from the first page on."""

    profile: Profile = "api-v3"
    page_size: int = 0
    pages: list[dict[str, str]] = field(default_factory=list)
    usable: bool = True

    @classmethod
    def kept(cls, options: SourceOptions) -> Validators:
        """Read back what `as_json` gave; empty where it does not fit how we ask now."""
        kept = options.conditional or {}
        pages = kept.get("pages")
        if (
            kept.get("page_size") != options.page_size
            or options.modified_after
            or not isinstance(pages, list)
        ):
            return cls()
        if not all(isinstance(page, dict) and page for page in pages):
            return cls()
        profile: Profile = "api-v1" if kept.get("profile") == "api-v1" else "api-v3"
        return cls(profile, options.page_size, pages)

    def note(self, headers: Mapping[str, str], page: Page) -> None:
        """Remember a page that was read."""
        marks = {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
        marks = {name: value for name, value in marks.items() if value}
        dated = all(isinstance(row, dict) and row.get("last_modified") for row in page.rows)
        self.usable = self.usable and bool(marks) and dated
        if self.usable:
            self.pages.append(marks)

    def as_json(self, profile: str, page_size: int) -> dict[str, Any]:
        """Give what is to be kept; empty where the publisher marks nothing that could be trusted."""
        if not self.usable or not self.pages:
            return {}
        return {"profile": profile, "page_size": page_size, "pages": self.pages}


def conditions(marks: Mapping[str, str]) -> dict[str, str]:
    """Return the request headers that ask whether a page is still the same."""
    headers = {}
    if "etag" in marks:
        headers["If-None-Match"] = marks["etag"]
    if "modified" in marks:
        headers["If-Modified-Since"] = marks["modified"]
    return headers
