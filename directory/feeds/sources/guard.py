"""Which addresses a feed may be fetched from: by name before asking, by number before connecting.

A feed's address is typed by a person and its redirects come from a stranger, so neither may lead
this program to talk to its own machine or network.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit, urlunsplit

from directory.feeds.sources.source import SourceError

_PORTS = {"http": 80, "https": 443}
_NOT_IN_URLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\]")
_LIST = re.compile(r"(/services|/)+$")
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet, and carries no other kind inside."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        carried = _carried(found)
        if carried is not None:
            return _is_open(carried)
        if found.is_site_local or found in _NAT64_LOCAL:
            return False
    return _is_open(found)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that traffic to this one would reach in the end."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def check_url(url: str, *, allow_private: bool) -> None:
    """Refuse what is not http(s), names a user, or is plainly an inner address. Raises SourceError.

    A name is checked when it is resolved (`connecting`), because only then is it known.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError("bad_address", url) from error
    if _NOT_IN_URLS.search(url):
        raise SourceError("bad_address", url)
    if parts.scheme.lower() not in _PORTS:
        raise SourceError("not_http", url)
    if parts.username is not None or parts.password is not None:
        raise SourceError("user_in_address", host or "")
    if not host:
        raise SourceError("bad_address", url)
    if not allow_private and _is_number(host) and not is_public(host):
        raise SourceError("private_address", host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def canonical_url(url: str) -> str:
    """Return the one spelling of an API's address: what its feed is known by. Raises SourceError."""
    url = url.strip()
    check_url(url, allow_private=True)
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if parts.port not in {None, _PORTS[scheme]}:
        host = f"{host}:{parts.port}"
    path = _LIST.sub("", parts.path)
    return urlunsplit((scheme, host, path, parts.query, ""))
