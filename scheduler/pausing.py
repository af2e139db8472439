"""Waiting that ends at once when the program is asked to stop."""

from __future__ import annotations

import asyncio


async def pause(seconds: float, *bells: asyncio.Event) -> bool:
    """Wait so long, or until one of the bells rings; whether one did. No bell is cleared."""
    if any(bell.is_set() for bell in bells):
        return True
    waiting = [asyncio.ensure_future(bell.wait()) for bell in bells]
    try:
        done, _ = await asyncio.wait(waiting, timeout=max(seconds, 0), return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for task in waiting:
            task.cancel()
