"""Connects to the address that was checked, so that a name can't change its meaning in between.

The name is resolved once; each number is checked; the connection goes to a checked number while the
`Host` header and the TLS server name stay those of the address asked for.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from directory.feeds.sources.guard import is_public
from directory.feeds.sources.source import SourceError

if TYPE_CHECKING:
    import ssl

Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, in the order of the system's preference."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses only, unless private ones are allowed."""

    def __init__(
        self,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """Take what resolves names and what really connects, so that tests can stand in for both."""
        self._allow_private = allow_private
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  as httpcore has it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers. Raises SourceError `private_address`."""
        failure: Exception = httpcore.ConnectError(host)
        for address in await self._checked(host, port):
            try:
                stream = await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            await self._check_peer(stream, host)
            return stream
        raise failure

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # a name may be too long or too odd to be asked for
            raise httpcore.ConnectError(host) from error
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if addresses and not allowed:
            raise SourceError("private_address", host)
        return allowed

    async def _check_peer(self, stream: httpcore.AsyncNetworkStream, host: str) -> None:
        """Look once more at who is at the other end, where the system tells."""
        peer = stream.get_extra_info("server_addr")
        if not self._allow_private and isinstance(peer, tuple) and not is_public(str(peer[0])):
            await stream.aclose()
            raise SourceError("private_address", host)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  as httpcore has it
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed is on a local socket."""
        del timeout, socket_options
        raise SourceError("private_address", path)

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts to connect."""
        await self._network.sleep(seconds)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a checked network, with no proxy from the environment."""

    def __init__(self, network: CheckedNetwork, *, connections: int) -> None:
        """Replace the pool: httpx has no parameter for its network."""
        tls = _tls()
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections,
            network_backend=network,
        )


@cache
def _tls() -> ssl.SSLContext:
    """Load the certificates of the authorities once: it takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)
