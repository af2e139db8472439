"""What becomes of each line of a batch: the rules, without a database.

A line is unchanged, taken, or lost to another line with its id. Of lines that repeat an id an
active one wins, then the later. A line that lost in an earlier import and is met again before the
winner is a *candidate*: it is taken only where the winner does not come.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from directory.hsds.reading import read
from directory.hsds.record import Record, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.feeds.sources.source import Item
    from directory.feeds.working import Worked

REPEATED: Final = "repeated_id"


@dataclass(slots=True)
class Incoming:
    """One line of the input."""

    item: Item
    ordinal: int
    """Its number in the input."""
    service_id: str | None
    written: bytes
    """The document as `hsds.canonical` writes it, or what came where there is none."""
    hash: str
    record: Record | None = None
    rejected: Rejected | None = None
    quarantine_id: int = 0
    """Of its row in `quarantine`, where it comes from there."""
    as_v1: bool | None = None
    """Whether the source says that it is in the form of v1; where it does not say, the document does."""
    worked: Worked | None = None
    """All that it comes to, where that was worked out ahead."""

    def accept(self, found: Worked | Rejected) -> None:
        """Take what was worked out ahead."""
        if isinstance(found, Rejected):
            self.rejected = found
            return
        self.worked, self.record = found, found.record
        self.service_id = found.record.service_id

    def parse(self) -> None:
        """Read the document, once."""
        if self.record is not None or self.rejected is not None:
            return
        if self.item.document is None or self.item.reason:
            self.rejected = Rejected(self.item.reason or "not_an_object", self.item.pointer)
            return
        try:
            self.record = read(self.item.document, as_v1=self.as_v1)
            self.service_id = self.record.service_id
        except Rejected as rejected:
            self.rejected = rejected


@dataclass(slots=True)
class Current:
    """The version of a service that stands, at this point of the input."""

    key: int
    """Of its publication; 0 where it has none yet."""
    hash: str
    active: bool
    origin: str
    seen: bool
    """Met in this import."""
    written: bool = False
    """Taken or changed in this import, and counted as that."""
    withdrawn: bool = False
    body: bytes = b""
    """Compressed, where it may be needed."""
    incoming: Incoming | None = None
    """The line of this batch it was taken from."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that lost in an earlier import, met again before the winner."""

    active: bool
    ordinal: int
    quarantine_id: int


@dataclass(slots=True)
class Loser:
    """A line that goes to quarantine, whole."""

    position: str
    service_id: str | None
    reason: str
    pointer: str
    hash: str
    active: bool
    written: bytes = b""
    packed: bytes = b""
    """The body where it is compressed already."""


@dataclass(slots=True)
class Verdicts:
    """What a batch comes to."""

    takes: dict[str, Incoming] = field(default_factory=dict)
    current: Mapping[str, Current] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    spared: list[int] = field(default_factory=list)
    """Publications whose line is there but can't be taken any more: they stay as they are."""
    met: list[int] = field(default_factory=list)
    """Rows of `quarantine` met again."""
    freed: list[Incoming] = field(default_factory=list)
    """Lines that quarantine holds and that were taken after all."""
    losers: list[Loser] = field(default_factory=list)
    """Those that quarantine does not hold yet."""
    lost: list[Loser] = field(default_factory=list)
    """All of them, for the counts."""
    candidates: dict[str, Candidate] = field(default_factory=dict)
    nameless: int = 0
    """Losers new to quarantine that don't say which service they are."""
    taken: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def writes(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.takes or self.losers or self.freed)


@dataclass(slots=True)
class Judge:
    """Goes through one batch. `promotable`: service id -> the candidate as a line of its own."""

    current: dict[str, Current]
    known: Mapping[tuple[str, str], list[int]]
    """(reason, hash) -> rows of `quarantine` not met yet in this import."""
    alike: frozenset[str] | set[str]
    """Hashes of lines that differ from what is held in nothing but the order of lists."""
    promotable: dict[str, Incoming]
    forgiving: bool
    """An API's list can slip while it is read: the same record twice is no repeated line."""
    out: Verdicts = field(default_factory=Verdicts)
    _unmet: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def judge(self, lines: list[Incoming]) -> Verdicts:
        """Give a verdict on each line, in order."""
        self.out.current = self.current
        for what, rows in self.known.items():
            self._unmet[what] = list(rows)
        for line in lines:
            self._line(line)
        return self.out

    def _line(self, line: Incoming) -> None:
        current = self.current.get(line.service_id or "")
        if line.rejected is not None:
            self._lose(line, line.rejected.reason, line.rejected.pointer)
            if current is not None and current.key and not current.seen and not current.withdrawn:
                self.out.spared.append(current.key)
        elif current is None:
            self._take(line, None)
        elif current.seen:
            self._repeated(line, current)
        elif current.hash == line.hash or line.hash in self.alike:
            self._met(line, current)
        else:
            self._differs(line, current)

    def _met(self, line: Incoming, current: Current) -> None:
        """The version that is held."""
        if current.withdrawn:
            line.parse()
            self._take(line, current)
            return
        current.seen = True
        self.out.seen.append(current.key)
        self.out.unchanged += 1

    def _differs(self, line: Incoming, current: Current) -> None:
        """Another version than the one held, which was not met yet."""
        assert line.record is not None  # noqa: S101 - lines that differ were parsed
        rival = self.promotable.get(line.record.service_id)
        if self._unmet[REPEATED, line.hash]:
            quarantined = self._unmet[REPEATED, line.hash].pop()
            self.out.met.append(quarantined)
            self.out.lost.append(self._loser(line, REPEATED, "/id"))
            line.quarantine_id = quarantined
            self._nominate(line, line.record)
        elif rival is not None and rival.record and rival.record.active and not line.record.active:
            self.out.freed.append(rival)
            self._take(rival, current)
            self._lose(line, REPEATED, "/id")
        else:
            self._take(line, current)

    def _nominate(self, line: Incoming, record: Record) -> None:
        """Of several candidates the later is the better, unless it is not active and the other is."""
        rival = self.promotable.get(record.service_id)
        if rival is None or rival.record is None or record.active >= rival.record.active:
            self.promotable[record.service_id] = line
            candidate = Candidate(record.active, line.ordinal, line.quarantine_id)
            self.out.candidates[record.service_id] = candidate

    def _repeated(self, line: Incoming, current: Current) -> None:
        """A line whose id was met before in this import."""
        if line.hash == current.hash:
            if not self.forgiving:
                self._lose(line, REPEATED, "/id", active=current.active)
            return
        assert line.record is not None  # noqa: S101 - lines that differ were parsed
        if line.record.active < current.active:
            self._lose(line, REPEATED, "/id")
            return
        written = current.incoming.written if current.incoming else b""
        displaced = Loser(
            *(current.origin, line.service_id, REPEATED, "/id", current.hash, current.active),
            *(written, b"" if written else current.body),
        )
        self._keep(displaced)
        self._take(line, current)

    def _take(self, line: Incoming, current: Current | None) -> None:
        record = line.record
        assert record is not None  # noqa: S101 - what is taken was parsed
        if current is None:
            self.out.taken += 1
        elif not current.written:
            self.out.changed += 1
            self.out.unchanged -= current.seen
        self.out.takes[record.service_id] = line
        self.current[record.service_id] = Current(
            *(current.key if current else 0, line.hash, record.active, line.item.position),
            seen=True,
            written=True,
            incoming=line,
        )

    def _lose(self, line: Incoming, reason: str, pointer: str, *, active: bool | None = None) -> None:
        self._keep(self._loser(line, reason, pointer, active=active))

    def _loser(self, line: Incoming, reason: str, pointer: str, *, active: bool | None = None) -> Loser:
        if active is None:
            active = line.record is not None and line.record.active
        return Loser(line.item.position, line.service_id, reason, pointer, line.hash, active, line.written)

    def _keep(self, loser: Loser) -> None:
        """Put a line in quarantine, unless it is there already."""
        self.out.lost.append(loser)
        unmet = self._unmet[loser.reason, loser.hash]
        if unmet:
            self.out.met.append(unmet.pop())
        else:
            self.out.losers.append(loser)
            self.out.nameless += loser.service_id is None and loser.reason != "not_found"
