"""Holds tasks alive: one that breaks is started again after a while, and all end when asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

import structlog

from scheduler.pausing import pause

if TYPE_CHECKING:
    from collections.abc import Mapping

Task = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Runs until the event is set, finishes what it has begun, and comes back."""

_FIRST_S: Final = 0.1
_LONGEST_S: Final = 10.0
_WELL_S: Final = 30.0
"""A task that ran so long is started again without a long wait."""

log = structlog.get_logger("nearby.runner")


async def run(tasks: Mapping[str, Task], stop: asyncio.Event, *, grace_s: float = 40.0) -> None:
    """Run all tasks until `stop`, then wait for them; one that takes longer than the grace is cut off."""
    running = {asyncio.create_task(_alive(name, task, stop), name=name) for name, task in tasks.items()}
    try:
        await stop.wait()
        _, late = await asyncio.wait(running, timeout=grace_s) if running else (set(), set())
        for task in late:
            log.warning("task_cut_off", task=task.get_name())
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _alive(name: str, task: Task, stop: asyncio.Event) -> None:
    """Run one task; where it breaks, start it again, later each time."""
    loop = asyncio.get_running_loop()
    wait_s = _FIRST_S
    while not stop.is_set():
        began = loop.time()
        try:
            await task(stop)
        except Exception as error:  # noqa: BLE001 - whatever it was, the task has to go on
            log.warning("task_broke", task=name, error=type(error).__name__, again_in_s=wait_s)
        else:
            if not stop.is_set():
                log.warning("task_ended", task=name, again_in_s=wait_s)
        if loop.time() - began > _WELL_S:
            wait_s = _FIRST_S
        await pause(wait_s, stop)
        wait_s = min(wait_s * 2, _LONGEST_S)
