"""The thread that questions are answered in."""

from __future__ import annotations

import asyncio
import threading

import pytest

from directory.search.worker import Worker


async def test_all_is_done_in_one_other_thread() -> None:
    """Also what is asked at the same time."""
    worker = Worker("example")
    threads = await asyncio.gather(*(worker.do(threading.get_ident) for _ in range(5)))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()
    worker.end()


async def test_what_is_raised_there_is_raised_here() -> None:
    """And the next thing is done all the same; also after an end."""
    worker = Worker("example")
    with pytest.raises(ValueError, match="invalid literal"):
        await worker.do(int, "no number")
    assert await worker.do(int, "7") == 7
    worker.end()
    assert await worker.do(int, "8") == 8
    worker.end()


async def test_who_no_longer_waits_is_passed_over() -> None:
    """Given up while the work was going on."""
    worker, free = Worker("example"), threading.Event()
    task = asyncio.create_task(worker.do(free.wait))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    free.set()
    assert await worker.do(int, "7") == 7
    worker.end()
