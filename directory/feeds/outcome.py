"""What an import came to, as data: the command line makes words of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from directory.feeds.sources.source import Problem

State = Literal["done", "refused", "unreadable", "incomplete", "not_modified"]

EXAMPLES: Final = 10
"""How many quarantined lines, and how many findings, are shown after an import."""


@dataclass(frozen=True, slots=True)
class Example:
    """One line that was not taken, or one field that was left out."""

    position: str
    """Where in the source it stood."""
    service_id: str | None
    reason: str
    pointer: str
    value: str = ""


@dataclass(slots=True)
class Outcome:
    """Counts are of services; `quarantined` of lines met in this import, known ones too."""

    feed_id: int = 0
    state: State = "done"
    taken: int = 0
    unchanged: int = 0
    changed: int = 0
    withdrawn: int = 0
    quarantined: int = 0
    read: int = 0
    """Lines, rows or records met in the source."""
    nameless: int = 0
    """Lines that quarantine did not hold yet and that don't say which service they are."""
    findings: dict[str, int] = field(default_factory=dict)
    """Reason -> fields left out of what was taken or changed in this import."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Reason -> lines in quarantine that this import met."""
    problems: list[Problem] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    """The first few quarantined."""
    finding_examples: list[Example] = field(default_factory=list)
    held: int = 0
    """Where the import was refused: how many services the feed had …"""
    missing: int = 0
    """… and how many of them would have been withdrawn."""

    def counts(self) -> dict[str, Any]:
        """What is kept in the list of feeds and in the record of the run."""
        names = ("taken", "unchanged", "changed", "withdrawn", "quarantined", "read", "nameless", "held")
        return {
            **{name: getattr(self, name) for name in (*names, "missing")},
            "findings": self.findings,
            "reasons": self.reasons,
        }

    def restore(self, counts: dict[str, Any]) -> None:
        """Go on from the counts of an import that was interrupted."""
        for name, value in counts.items():
            setattr(self, name, value)

    def add_quarantined(self, example: Example) -> None:
        """Count a line that was not taken."""
        self.quarantined += 1
        self.reasons[example.reason] = self.reasons.get(example.reason, 0) + 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def drop_quarantined(self, position: str, service_id: str | None, reason: str) -> None:
        """Take a line out of the counts again: it was taken after all."""
        self.quarantined -= 1
        self.reasons[reason] = self.reasons.get(reason, 0) - 1
        self.reasons = {code: count for code, count in self.reasons.items() if count}
        what = (position, service_id, reason)
        self.examples = [one for one in self.examples if (one.position, one.service_id, one.reason) != what]

    def add_finding(self, example: Example) -> None:
        """Count a field that was left out."""
        self.findings[example.reason] = self.findings.get(example.reason, 0) + 1
        if len(self.finding_examples) < EXAMPLES:
            self.finding_examples.append(example)
