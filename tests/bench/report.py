"""What a bench run found: a table for people, JSON for whoever compares runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from tests.bench.measure import Spread

Unit = Literal["s", "MB"]
TIMES = "×"  # noqa: RUF001 - the sign for times


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its floor. Times in seconds, memory in MB (of 1024 times 1024 bytes)."""

    section: str
    name: str
    ours: Spread
    floor: Spread | None = None
    target: str = ""
    met: bool | None = None
    """Whether the target was met; None where there is none."""
    unit: Unit = "s"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Our median by the floor's."""
        return self.ours.p50 / self.floor.p50 if self.floor and self.floor.p50 else None


def at_most(
    section: str, name: str, ours: Spread, floor: Spread, *, times: float, plus: float = 0.0, note: str = ""
) -> Figure:
    """A time whose median may be `times` the floor's plus so many seconds."""
    target = f"≤ {times:g}{TIMES}" + (f" + {shown(plus, 's')}" if plus else "")
    return Figure(section, name, ours, floor, target, ours.p50 <= times * floor.p50 + plus, note=note)


def within(
    section: str,
    name: str,
    ours: Spread,
    limit: float,
    *,
    unit: Unit = "s",
    floor: Spread | None = None,
    note: str = "",
) -> Figure:
    """A figure whose median has a plain limit."""
    return Figure(
        section, name, ours, floor, f"≤ {shown(limit, unit)}", ours.p50 <= limit, unit=unit, note=note
    )


def shown(value: float, unit: Unit = "s") -> str:
    """A figure as people read it: seconds as s, ms or µs."""
    if unit == "MB":
        return f"{value:,.0f} MB"
    for size, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= size or name == "µs":
            return f"{value / size:,.{_digits(value / size)}f} {name}"
    raise AssertionError(value)


def _digits(value: float) -> int:
    return 0 if value >= 100 or abs(value - round(value)) < 1e-9 else 1 if value >= 10 else 2


def _pair(found: Spread | None, unit: Unit) -> str:
    if found is None:
        return ""
    median = shown(found.p50, unit)
    return median if found.count == 1 else f"{median} / {shown(found.p99, unit)}"


def show(console: Console, figures: Sequence[Figure], notes: Sequence[str]) -> None:
    """Print the table: p50 / p99 where there is more than one measurement."""
    table = Table(title="Nearby, measured", title_justify="left")
    for heading in ("figure", "ours p50 / p99", "floor p50 / p99", "ratio", "target", ""):
        table.add_column(heading, justify="left" if heading in {"figure", "target", ""} else "right")
    section = ""
    for figure in figures:
        if figure.section != section:
            section = figure.section
            table.add_section()
            table.add_row(f"[bold]{section}[/bold]")
        table.add_row(*_cells(figure))
    console.print(table)
    for figure in figures:
        if figure.note:
            console.print(f"{figure.section}, {figure.name}: {figure.note}", highlight=False)
    for note in notes:
        console.print(note, highlight=False)


def _cells(figure: Figure) -> tuple[str, ...]:
    verdict = {True: "[green]met[/green]", False: "[red]missed[/red]", None: ""}[figure.met]
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}{TIMES}"
    floor = _pair(figure.floor, figure.unit)
    return (f"  {figure.name}", _pair(figure.ours, figure.unit), floor, ratio, figure.target, verdict)


def write(path: Path, figures: Sequence[Figure], about: dict[str, Any]) -> None:
    """Write the same as JSON: times in seconds, memory in MB."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"ratio": figure.ratio} for figure in figures]
    path.write_text(json.dumps(about | {"figures": rows}, indent=1, ensure_ascii=False) + "\n")
