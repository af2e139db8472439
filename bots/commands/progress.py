"""A progress line on a terminal; nothing where there is none."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from directory.feeds.outcome import Outcome


@contextmanager
def progress(label: str, *, show: bool) -> Iterator[Callable[[Outcome], None] | None]:
    """Give what the importer calls after each batch, or None where nobody watches."""
    if not show or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[so_far]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, so_far="")

        def update(outcome: Outcome) -> None:
            bar.update(task, so_far=f"{outcome.read:,} read")

        yield update
