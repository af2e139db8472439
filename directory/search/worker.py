"""One thread to go to and come back from, as directly as can be: that is a good part of a short question."""

from __future__ import annotations

import asyncio
import contextlib
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Worker:
    """Does one thing after the other in a thread of its own, which begins with the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None

    async def do(self, work: Callable[..., Result], *given: object) -> Result:
        """What `work` returns, or raises."""
        if self._thread is None:
            self._thread = Thread(target=_run, args=(self._waiting,), name=self._name, daemon=True)
            self._thread.start()
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put((future, work, given))
        return await future

    def end(self) -> None:
        """Let the thread end behind what waits; another begins where it is asked again."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread = None


_Task = tuple[asyncio.Future[Any], "Callable[..., Any]", tuple[object, ...]]


def _run(waiting: SimpleQueue[_Task | None]) -> None:
    while task := waiting.get():
        future, work, given = task
        answer: tuple[object, BaseException | None]
        try:
            answer = (work(*given), None)
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
            answer = (None, error)
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits
            future.get_loop().call_soon_threadsafe(_settle, future, *answer)
        del task, future, work, given, answer


def _settle(future: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
