"""Which addresses count as the open internet, and how an API's address is written once and for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.guard import canonical_url, check_url, is_public
from directory.feeds.sources.source import SourceError

INNER = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # where clouds keep their secrets
    "100.64.0.1",  # carrier-grade NAT
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::5db8:d70e",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "example.org",
    "",
]


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_alike(address: object) -> None:
    """However an IPv4 address is wrapped, the traffic ends there."""
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(str(address))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "not_http"),
        ("gopher://example.org/", "not_http"),
        ("//example.org/", "not_http"),
        ("", "not_http"),
        ("http://", "bad_address"),
        ("http://[::1/", "bad_address"),
        ("http://example.org:port/", "bad_address"),
        ("http://user@example.org/", "user_in_address"),
        ("http://:secret@example.org/", "user_in_address"),
        ("http://127.0.0.1/", "private_address"),
        ("http://[::1]:8000/", "private_address"),
    ],
)
def test_what_can_t_be_a_feed_is_refused(url: str, code: str) -> None:
    with pytest.raises(SourceError) as error:
        check_url(url, allow_private=False)
    assert error.value.code == code


def test_a_private_address_is_allowed_where_a_setting_says_so() -> None:
    check_url("http://127.0.0.1:8000/", allow_private=True)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://Example.org", "https://example.org"),
        ("HTTPS://example.org:443/", "https://example.org"),
        ("http://example.org:80/api/", "http://example.org/api"),
        ("http://example.org:8080/API/services/", "http://example.org:8080/API"),
        ("https://example.org/api?key=A#top", "https://example.org/api?key=A"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]"),
        (" https://example.org/ ", "https://example.org"),
    ],
)
def test_one_feed_has_one_address(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical
    assert canonical_url(canonical) == canonical


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        once = canonical_url("http://" + text)
    except SourceError:
        return
    assert canonical_url(once) == once
