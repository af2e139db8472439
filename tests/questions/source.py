"""Reads the hand-written lists of questions: one a line, six fields parted by `|`.

tags | needs | place | conditions | now | turns

Needs: labels of the example lists, parted by commas; `~need` is accepted, but not as the first; ` + `
parts needs asked for together. Place: a postcode, an outcode, a neighbourhood or town of the lists,
`@Area` for a whole one, `Name@` for where an entry is. Now: `MMDDTHHMM`, or `.` for one of the moments
below in turn. Turns are parted by ` // `.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
SOURCES: Final = ("questions_needs.txt", "questions_conditions.txt", "questions_none.txt")
MOMENTS: Final = ("1123T0915", "1124T1340", "1125T1805", "1127T1120", "1128T0950", "1129T2010", "1202T2245")
"""Moments of asking where a question does not mind which: all sorts of days and hours."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was written down."""

    tags: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    place: str
    conditions: tuple[str, ...]
    now: str
    turns: tuple[str, ...]

    def value(self, key: str) -> str:
        """What stands behind `key=`, or nothing."""
        found = (part.split("=", 1)[1] for part in self.conditions if part.startswith(key + "="))
        return next(found, "")


def questions() -> list[Question]:
    """All of them, in the order they were written."""
    lines = [
        line
        for name in SOURCES
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [_question(line, MOMENTS[number % len(MOMENTS)]) for number, line in enumerate(lines)]


def moment(text: str) -> str:
    """`1128T0950` as an ISO moment of 2026."""
    return f"2026-{text[:2]}-{text[2:4]}T{text[5:7]}:{text[7:9]}"


def _question(line: str, otherwise: str) -> Question:
    tags, needs, place, conditions, now, turns = (part.strip() for part in line.split("|", 5))
    groups = [] if needs == "-" else needs.split(" + ")
    return Question(
        tags=tuple(tags.split(",")),
        groups=tuple(tuple(need.strip() for need in group.split(",")) for group in groups),
        place="" if place == "-" else place,
        conditions=tuple(_parts(conditions)),
        now=moment(otherwise if now == "." else now),
        turns=tuple(turns.split(" // ")),
    )


def _parts(conditions: str) -> list[str]:
    """Conditions parted by blanks; `not=` takes the rest of the field."""
    before, mark, names = conditions.partition("not=")
    return before.split() + ([mark + names] if mark else [])
