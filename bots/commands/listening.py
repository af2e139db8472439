"""HTTP for `nearby serve`: a socket of our own, and uvicorn within our loop, stopped when we say so."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from bots.commands.running import UsageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

_FINISH_S: Final = 20
"""For what was being answered when the program was told to stop."""
_MOST_AT_ONCE: Final = 1000


def listen(host: str, port: int) -> socket.socket:
    """Take a port; 0 takes any that is free.

    Raises:
        UsageError: `port_taken` or `bad_host`.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise UsageError("bad_host", host) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError("port_taken", f"{host}:{port}") from error
    return listener


async def serve(
    app: Callable[..., Awaitable[None]], listener: socket.socket, proxies: str, stop: asyncio.Event
) -> None:
    """Answer requests until `stop`, then finish those that were begun."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_FINISH_S,
    )
    server = _Server(config)
    stopping = asyncio.create_task(_when(stop, server, listener))
    try:
        await server.serve(sockets=[listener.dup()])
    finally:
        stopping.cancel()


async def _when(stop: asyncio.Event, server: uvicorn.Server, listener: socket.socket) -> None:
    """Take no more calls: on a socket that is left open they would be heard by nobody."""
    await stop.wait()
    listener.close()
    server.should_exit = True


class _Server(uvicorn.Server):
    """Leaves signals to us: what is claimed has to be finished before the process ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
