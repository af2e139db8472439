"""Work in a process of its own, so that its memory is its own too: `child("import", …)`.

The child prints one line of JSON: what the task found, with `peak_mb` (the most memory it held).
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from tests.bench.machine import memory_kb

TASKS: Final = {
    "feed": "tests.bench.feed:write",
    "import": "tests.bench.imported:import_feed",
    "insert": "tests.bench.inserted:insert_rows",
    "floors": "tests.bench.floors_built:build_floors",
}
"""Name -> module:function; the function takes keywords and returns what can be JSON."""
ROOT = Path(__file__).resolve().parent.parent.parent


class BrokenChildError(Exception):
    """A child ended badly: the bench itself is broken, not slow."""


class Child:
    """A task that runs beside us."""

    def __init__(self, task: str, **arguments: Any) -> None:
        self.task = task
        self.peak_mb = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.child", task, json.dumps(arguments)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def result(self, timeout_s: float | None = None) -> dict[str, Any] | None:
        """What it found; None where it did not end in time and was stopped (`peak_mb` has its memory).

        Raises:
            BrokenChildError: it failed.
        """
        until = None if timeout_s is None else time.monotonic() + timeout_s
        while self._process.poll() is None:
            self.peak_mb = memory_kb(f"/proc/{self._process.pid}/status", "VmHWM") / 1024 or self.peak_mb
            if until is not None and time.monotonic() > until:
                self.stop()
                return None
            time.sleep(0.05)
        return self._read()

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def _read(self) -> dict[str, Any]:
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise BrokenChildError(self.task, self._process.returncode)
        found: dict[str, Any] = json.loads(output.splitlines()[-1])
        return found


def child(task: str, **arguments: Any) -> dict[str, Any]:
    """Run a task to its end in a process of its own."""
    found = Child(task, **arguments).result()
    assert found is not None, "without a time limit there is always a result"
    return found


def peak_mb() -> float:
    """The most memory this process held: Linux's own figure, since `getrusage` counts the parent's too."""
    if held := memory_kb("/proc/self/status", "VmHWM"):
        return held / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Run the task named on the command line."""
    module, _, function = TASKS[sys.argv[1]].partition(":")
    found = getattr(importlib.import_module(module), function)(**json.loads(sys.argv[2]))
    if inspect.iscoroutine(found):
        found = asyncio.run(found)
    sys.stdout.write(json.dumps(found | {"peak_mb": peak_mb()}) + "\n")


if __name__ == "__main__":
    main()
