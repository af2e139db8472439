"""Addresses to tap lead where they say, or are not made at all."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.channels.web import links
from bots.conversation import lexicon


@pytest.mark.parametrize(
    ("phone", "to"),
    [
        ("020 7946 0259", "tel:02079460259"),
        ("+44 (0)20 7946 0259", "tel:+442079460259"),
        ("07700 900693 or 020 7946 0000", "tel:07700900693"),
        ("Ring 0808 157 0412 (free)", "tel:08081570412"),
        ("119", "tel:119"),
        ("ask at the desk", None),
        ("12", None),
        ("", None),
        (None, None),
    ],
)
def test_rings_the_first_number(phone: str | None, to: str | None) -> None:
    assert links.tel(phone) == to


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org"])
def test_leads_to_the_web(url: str) -> None:
    assert links.web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://u:p@example.org",
        "http://[",
        "",
        None,
    ],
)
def test_leads_nowhere_else(url: str | None) -> None:
    assert links.web(url) is None


def test_writes_to_an_address_and_to_nothing_that_is_none() -> None:
    assert links.mail("a+b@example.org") == "mailto:a+b@example.org"
    assert links.mail("a@example.org?bcc=b@example.org") is None
    assert links.mail("a@example.org,b@example.org") is None


def test_every_crisis_line_that_can_be_tapped_leads_to_its_number() -> None:
    """All of the data file but the council's, whose number nobody knows beforehand."""
    lines = lexicon.data("crisis.toml")["lines"]
    without = {key for key, line in lines.items() if links.dial(line["how"]) is None}
    assert without == {"council"}
    for line in lines.values():
        to = links.dial(line["how"]) or ""
        digits = "".join(char for char in to if char.isdigit())
        assert digits in "".join(line["how"].split())


@given(st.text())
def test_foreign_text_makes_no_other_kind_of_link(text: str) -> None:
    """Whatever it is, what comes out has a scheme that was meant."""
    made = [links.tel(text), links.web(text), links.mail(text), links.dial(text)]
    assert {urlsplit(link).scheme for link in made if link} <= {"tel", "http", "https", "mailto", "sms"}
