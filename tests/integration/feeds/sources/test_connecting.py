"""Who a feed's name may lead to, looked at where the connection is really made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.feeds.sources.api import open_api
from directory.feeds.sources.connecting import CheckedNetwork
from directory.feeds.sources.fetching import Fetcher
from directory.feeds.sources.source import SourceError, SourceOptions
from tests.fakes import oruk_misbehaving as bad
from tests.fakes.oruk_api import OrukApi, example_services
from tests.integration.feeds.sources.reading import Clock, codes, ids, items_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

PUBLIC = "93.184.215.14"


class Detour(httpcore.AsyncNetworkStream):
    """A connection that does not tell who is at the other end, and notes the name asked of TLS."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, names: list[str | None]) -> None:
        self._stream = stream
        self._names = names

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Read what comes."""
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Write as told."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Hang up."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Note the name, and go on in the clear."""
        del ssl_context, timeout
        self._names.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        """Tell nothing."""
        del info


@dataclass
class Internet(httpcore.AsyncNetworkBackend):
    """Every address leads to the fake API on this machine."""

    port: int
    connected: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    addresses: dict[str, list[list[str]]] = field(default_factory=dict)
    """What a name resolves to, the first time and the times after."""

    async def resolve(self, host: str, _port: int) -> list[str]:
        """Answer as a name server would that changes its mind."""
        self.asked.append(host)
        answers = self.addresses.get(host, [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the fake in place of the address."""
        del port, local_address, socket_options
        self.connected.append(host)
        stream = await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, timeout)
        return Detour(stream, self.names)

    def fetcher(self) -> Fetcher:
        """A client on this internet, with the rules for the real one."""
        options = self.options()
        return Fetcher(options, CheckedNetwork(allow_private=False, resolve=self.resolve, network=self))

    def options(self) -> SourceOptions:
        """As in production, but without waiting."""
        return SourceOptions(sleep=Clock().sleep, delay=0, attempts=1)


async def refused(internet: Internet, url: str = "http://feed.example/api") -> str:
    """The code with which a feed is refused."""
    with pytest.raises(SourceError) as error:
        await open_api(url, internet.options(), internet.fetcher())
    return error.value.code


async def test_a_public_feed_is_read_at_the_address_that_was_checked_under_its_own_name() -> None:
    async with OrukApi(example_services(3)) as api:
        internet = Internet(api.port, addresses={"feed.example": [[PUBLIC]]})
        source = await open_api("http://feed.example/api", internet.options(), internet.fetcher())
        assert ids(await items_of(source)) == ["example-1", "example-2", "example-3"]
        assert set(internet.connected) == {PUBLIC}
        assert {request.headers["host"] for request in api.requests} == {"feed.example"}


async def test_tls_asks_for_the_name_and_not_for_the_number() -> None:
    async with OrukApi(example_services(1)) as api:
        internet = Internet(api.port, addresses={"feed.example": [[PUBLIC]]})
        await open_api("https://feed.example/api", internet.options(), internet.fetcher())
        assert set(internet.names) == {"feed.example"}


async def test_a_name_that_changes_its_meaning_between_check_and_connection_gains_nothing() -> None:
    async with OrukApi(example_services(1)) as api:
        internet = Internet(api.port, addresses={"feed.example": [[PUBLIC], ["127.0.0.1"]]})
        source = await open_api("http://feed.example/api", internet.options(), internet.fetcher())
        assert [item.reason for item in await items_of(source)] == ["unreachable"]
        assert (codes(source), source.complete) == (["private_address"], False)
        assert internet.connected == [PUBLIC]


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1"]
)
async def test_a_name_for_an_inner_address_is_refused_before_connecting(inner: str) -> None:
    async with OrukApi(example_services(1)) as api:
        internet = Internet(api.port, addresses={"feed.example": [[inner]]})
        assert await refused(internet) == "private_address"
        assert internet.connected == []


async def test_of_mixed_addresses_only_the_public_ones_are_tried() -> None:
    async with OrukApi(example_services(1)) as api:
        internet = Internet(api.port, addresses={"feed.example": [["10.0.0.1", PUBLIC, "::1"]]})
        await open_api("http://feed.example/api", internet.options(), internet.fetcher())
        assert set(internet.connected) == {PUBLIC}


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://[::1]/", "http://inner.example/", "http://0/"]
)
async def test_a_redirect_from_a_public_feed_to_an_inner_address_is_refused(target: str) -> None:
    async with OrukApi(example_services(1)) as api:
        api.rules.append(bad.redirect(target))
        names = {"feed.example": [[PUBLIC]], "inner.example": [["192.168.1.1"]], "0": [["0.0.0.0"]]}  # noqa: S104
        internet = Internet(api.port, addresses=names)
        assert await refused(internet) == "private_address"
        assert internet.connected == [PUBLIC]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=40))
async def test_a_redirect_to_anything_is_followed_or_refused(target: str) -> None:
    async with OrukApi([]) as api:
        api.rules.append(bad.redirect(target))
        internet = Internet(api.port, addresses={"feed.example": [[PUBLIC]]})
        for prefix in ("", "http://", "//"):
            api.rules[0] = bad.redirect(prefix + target)
            assert await refused(internet)


async def test_a_name_too_long_to_be_asked_for_is_unreachable() -> None:
    options = SourceOptions(sleep=Clock().sleep, delay=0, attempts=1)
    with pytest.raises(SourceError) as error:
        await open_api(f"http://{'a' * 70}.example/", options)
    assert error.value.code in {"unreachable", "bad_address"}


async def test_the_other_end_is_looked_at_once_more() -> None:
    """A network that leads inside although the address was public."""

    class Inside(Internet):
        """Connects for real, so that the other end can be seen."""

        async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
            """Connect to this machine whatever was asked."""
            return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port)

    async with OrukApi(example_services(1)) as api:
        internet = Inside(api.port, addresses={"feed.example": [[PUBLIC]]})
        assert await refused(internet) == "private_address"
        assert api.requests == []


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with OrukApi(example_services(1)) as api:
        internet = Internet(api.port, addresses={"feed.example": [[PUBLIC]]})
        await open_api("http://feed.example/api", internet.options(), internet.fetcher())
        assert set(internet.connected) == {PUBLIC}


async def test_a_local_socket_is_refused() -> None:
    with pytest.raises(SourceError):
        await CheckedNetwork(allow_private=True).connect_unix_socket("/tmp/example.sock")  # noqa: S108
