"""Words that meet, and texts that are safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.text import STOP_WORDS, normalise, plain, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Library Services", "library services"),
        ("Children's Café & Crèche", "childrens cafe and creche"),
        ("Arts/Crafts (over-50s)", "arts crafts over 50s"),
        ("  ŁÓDŹ — Straße_x ", "lodz strasse x"),
        ("Ysgol Gymraeg Tŷ Gŵyr", "ysgol gymraeg ty gwyr"),
        ("Shop™ \uff06 café", "shoptm and cafe"),
        ("???", ""),
    ],
)
def test_normalised_words(text: str, expected: str) -> None:
    """Case, accents, apostrophes and punctuation make no difference."""
    assert normalise(text) == expected


def test_words_keep_their_order() -> None:
    """And are normalised."""
    assert words("Warm spaces, O'Brien & co") == ["warm", "spaces", "obrien", "and", "co"]


def test_stop_words_are_normalised() -> None:
    """So that they can be compared with words."""
    assert all(normalise(word) == word for word in STOP_WORDS)
    assert {"the", "near", "somewhere"} <= STOP_WORDS
    assert not {"debt", "library", "lonely"} & STOP_WORDS


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Of any text: letters and digits with single spaces between."""
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words.", "Plain words."),
        ("  Two  lines\nof\ttext ", "Two lines of text"),
        ("Hello <b>world</b> &amp; all", "Hello world & all"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("We offer:<ul><li>tea</li><li>cake</li></ul>", "We offer: tea; cake"),
        ("&lt;p&gt;Escaped&lt;/p&gt;", "Escaped"),
        ("Before<script>alert(1)</script> after", "Before after"),
        ("Before<style>p {}</style> after", "Before after"),
        ("<img src=x onerror=alert(1)>Picture", "Picture"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("AT&T", "AT&T"),
        ("**Bold** and *slanted* and __both__", "Bold and slanted and both"),
        ("See [our page](https://example.org/a_b) now", "See our page now"),
        ("![Logo](x.png) Words", "Logo Words"),
        ("# Heading\n\n> Quoted", "Heading Quoted"),
        ("Bring\n- a mat\n- water", "Bring; a mat; water"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        (r"not \*bold\*", "not *bold*"),
        ("`code`", "code"),
        ("a\u202eb\u200bc\x00d\ufeff", "abcd"),
        ("non\u00a0breaking", "non breaking"),
        ("", ""),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    """Markup is gone, words stay."""
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Short.", 40, "Short."),
        ("One sentence stands here. Another is too long.", 40, "One sentence stands here. …"),
        ("Words and more words and more words again", 20, "Words and more…"),
        ("x" * 100, 10, "x" * 9 + "…"),
    ],
)
def test_long_text_is_cut_at_an_end(text: str, limit: int, expected: str) -> None:
    """Of a sentence where there is one in the second half, else of a word."""
    assert plain(text, limit) == expected


MARKUP = st.text(st.one_of(st.characters(), st.sampled_from("<>&;*_[]()#`~\\-\n p/b")))


@given(MARKUP, st.one_of(st.none(), st.integers(1, 60)))
def test_plain_text_is_plain_whatever_comes(text: str, limit: int | None) -> None:
    """One line, nothing invisible, no longer than asked."""
    shown = plain(text, limit)
    assert shown == " ".join(shown.split())
    assert not any(
        unicodedata.category(c) in {"Cc", "Cs"} or c in "\u200b\u200f\u202a\u202e\u2066\ufeff" for c in shown
    )
    assert limit is None or len(shown) <= limit
    shown.encode()


@pytest.mark.parametrize("part", ["[", "**", "<p", "&lt;", "](", "_a ", "\n- ", "<b>", "(", "- ", "\n"])
def test_hostile_repetition_stays_cheap(part: str) -> None:
    """Every pattern is linear: a quarter of a megabyte of it comes back at all."""
    plain(part * (250_000 // len(part)))
    assert len(plain(part * 250_000, 500)) <= 500
