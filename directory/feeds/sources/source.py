"""What every source of records looks like to the importer, whatever it is read from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

Kind = Literal["api-v3", "api-v1", "file", "folder", "tabular"]

BATCH_ITEMS = 100
BATCH_BYTES = 8 * 1024 * 1024
RAW_BYTES = 64 * 1024


@dataclass(slots=True)
class Item:
    """One record of a feed, or the place where one should have been and why there is none."""

    position: str
    """Where it stood, for instance `line 12`, `page 3, row 4` or `services.csv row 9`."""
    document: dict[str, Any] | None
    """The service as published; None where there is a reason."""
    reason: str = ""
    """A code: `not_json`, `not_utf8`, `too_large`, `too_deep`, `not_an_object`, `duplicate_key`,
    `not_a_number`, `lone_surrogate`, `no_id_or_name`, `no_id`, `wrong_id`, `not_found`, `unreachable`."""
    pointer: str = ""
    raw: bytes = b""
    """As it came where it could not be parsed: the first 64 KiB of it."""
    size: int = 0
    """Bytes it took in the source, uncompressed; 0 where that is not known."""
    service_id: str = ""
    """The published id where it is known although there is no document: it has not vanished."""


@dataclass(slots=True)
class Batch:
    """At most 100 items, and where to go on after them."""

    items: list[Item]
    progress: dict[str, Any] = field(default_factory=dict)
    """JSON that `batches` takes as `resume`; empty where a source can only be read from its start."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A trouble with the source itself and not with one record."""

    code: str
    where: str = ""
    detail: str = ""
    partial: bool = False
    """Whether records may be missing because of it: then nothing counts as vanished."""


class SourceError(Exception):
    """A source that can't be read at all."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code, and what it is about (an address, a path, a status)."""
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Limits and manners. The defaults are for a feed on the open internet."""

    allow_private: bool = False
    max_record_bytes: int = 4 * 1024 * 1024
    max_response_bytes: int = 32 * 1024 * 1024
    max_unpacked_bytes: int = 16 * 1024 * 1024 * 1024
    """All that one archive may unpack to."""
    max_pages: int = 50_000
    max_records: int = 5_000_000
    page_size: int = 100
    concurrency: int = 4
    delay: float = 0.05
    """Seconds between the starts of two requests."""
    deadline: float = 120.0
    """Seconds for one request with its whole answer, however slowly it drips."""
    attempts: int = 5
    longest_wait: float = 300.0
    """The longest `Retry-After` that is waited for, in seconds; after that the rest is for another day."""
    conditional: dict[str, Any] | None = None
    """`validators` of the last complete reading: nothing is read where the publisher says it is the same."""
    modified_after: str | None = None
    """Ask only for what changed since (ISO date and time). Such a reading is never complete."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Source(Protocol):
    """A feed that was recognised and can be read once, from the start or from where it stopped."""

    canonical: str
    """The address or the resolved path: what a feed is known by."""
    options: SourceOptions
    """What it was opened with."""
    kind: Kind
    complete: bool
    """After `batches` ended: all of the source was seen. Items with a reason don't change that."""
    problems: list[Problem]
    not_modified: bool
    """The publisher says that nothing changed: `batches` gives nothing, and nothing has vanished."""
    validators: dict[str, Any]
    """What to hand to the next reading as `conditional`, to be kept when this one was complete."""

    def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Batch]:
        """Give the items in the order of the source, a batch at a time."""
        ...
