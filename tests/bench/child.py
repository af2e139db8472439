"""Work in a process of its own, so that its memory is its own too: `child("import", …)`.

The child prints one line of JSON: what the task found, with `peak_mb`: the most memory it held,
to which the parent adds what processes held that the child started itself.
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
    "deliver": "tests.bench.delivered:queue_and_send",
}
"""Name -> module:function; the function takes keywords and returns what can be JSON."""
ROOT = Path(__file__).resolve().parent.parent.parent


class BrokenChildError(Exception):
    """A child ended badly: the bench itself is broken, not slow."""


class Child:
    """A task that runs beside us."""

    def __init__(self, task: str, **arguments: Any) -> None:
        self.task = task
        self._others_mb = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.child", task, json.dumps(arguments)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def result(self) -> dict[str, Any]:
        """What it found, when it has ended.

        Raises:
            BrokenChildError: it failed.
        """
        while self._process.poll() is None:
            self._others_mb = max(self._others_mb, started_mb(self._process.pid))
            time.sleep(0.1)
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise BrokenChildError(self.task, self._process.returncode)
        found: dict[str, Any] = json.loads(output.splitlines()[-1])
        return found | {"peak_mb": found["peak_mb"] + self._others_mb}


def child(task: str, **arguments: Any) -> dict[str, Any]:
    """Run a task to its end in a process of its own."""
    return Child(task, **arguments).result()


def peak_mb() -> float:
    """The most memory this process held: Linux's own figure, since `getrusage` counts the parent's too."""
    if held := memory_kb("/proc/self/status", "VmHWM"):
        return held / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def started_mb(pid: int) -> float:
    """The most memory that the processes held which this one has started and which are still there."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return sum(memory_kb(f"/proc/{one}/status", "VmHWM") for one in started) / 1024


def main() -> None:
    """Run the task named on the command line."""
    module, _, function = TASKS[sys.argv[1]].partition(":")
    found = getattr(importlib.import_module(module), function)(**json.loads(sys.argv[2]))
    if inspect.iscoroutine(found):
        found = asyncio.run(found)
    sys.stdout.write(json.dumps(found | {"peak_mb": peak_mb()}) + "\n")


if __name__ == "__main__":
    main()
