"""`python -m tests.bench`: builds what it needs, measures, prints a table and writes JSON.

A slow figure is marked, and no failure; the exit status is 1 where something is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console

from tests.bench import machine, report
from tests.bench.child import ROOT
from tests.bench.setting import FULL_SIZE, SHORT_SIZE, Bench

if TYPE_CHECKING:
    from tests.bench.report import Figure

SERVER: Final = os.environ.get("NEARBY_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
ALONE: Final = {"import": "importing"}
"""Runs before anything else is built: it is timed, and what it makes is used by the others."""
SECTIONS: Final = {
    "memory": "memory",
    "near": "near",
    "question": "question",
    "growth": "growth",
    "postgres": "postgres",
    "places": "places",
    "process": "process",
    "answering": "answering",
    "delivery": "delivery",
}
"""Each builds what it needs, all of them; then each measures, in this order."""


def main() -> int:
    """Run what was asked for."""
    options = _options()
    console, err = Console(width=150), Console(stderr=True)
    with ExitStack() as stack:
        folder = options.keep or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="nearby-bench-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(options.size, folder.resolve(), options.postgres, err.log, closing=stack)
        run = Run(bench, err)
        asyncio.run(run.everything(options.only))
    report.show(console, run.figures, [f"left out: {what}" for what in bench.left_out])
    path = ROOT / "bench-results" / f"{_now():%Y-%m-%dT%H%M%S}-{bench.size}.json"
    report.write(path, run.figures, _about(options, bench))
    console.print(f"{bench.elapsed() / 60:.1f} minutes; written to {path.relative_to(ROOT)}")
    return 1 if run.broken else 0


class Run:
    """The sections one after the other: one that breaks does not stop the others."""

    def __init__(self, bench: Bench, err: Console) -> None:
        self.bench = bench
        self.figures: list[Figure] = []
        self.broken: list[str] = []
        self._err = err

    async def everything(self, only: list[str]) -> None:
        """Build and measure."""
        for name in (name for name in ALONE if name in only):
            await self._do(name, ALONE[name], "run")
        wanted = {name: module for name, module in SECTIONS.items() if name in only}
        for name, module in wanted.items():
            await self._do(name, module, "prepare")
        for name, module in wanted.items():
            if name not in self.broken:
                await self._do(name, module, "run")

    async def _do(self, name: str, module: str, what: str) -> None:
        try:
            loaded = importlib.import_module(f"tests.bench.sections.{module}")
            if hasattr(loaded, what):
                self._err.rule(f"{name}: {what}", align="left")
                self.figures += await getattr(loaded, what)(self.bench) or []
        except Exception:  # noqa: BLE001 - whatever it is, the other sections are still measured
            self._err.print_exception()
            self.broken.append(name)


def _options() -> Any:
    names = [*ALONE, *SECTIONS]
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--size", type=int, help="how many services (default: %(default)s; needs 30 GB of disk)"
    )
    parser.add_argument("--short", action="store_true", help=f"a small size, {SHORT_SIZE:,} services")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), default=names, metavar="SECTION[,SECTION]"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="build here, and use again what is here")
    parser.add_argument("--postgres", default=SERVER, metavar="URL", help="a server (default: %(default)s)")
    options = parser.parse_args()
    options.size = options.size or (SHORT_SIZE if options.short else FULL_SIZE)
    if unknown := set(options.only) - set(names):
        parser.error(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


def _about(options: Any, bench: Bench) -> dict[str, Any]:
    return {
        "made": f"{_now():%Y-%m-%dT%H:%M:%SZ}",
        "size": bench.size,
        "minutes": round(bench.elapsed() / 60, 1),
        "left_out": bench.left_out,
        "machine": machine.describe() | machine.postgres_versions(options.postgres),
    }


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the bench is an entry


if __name__ == "__main__":
    sys.exit(main())
