"""Whatever is said comes out as text, in messages that Telegram takes."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from bots.channels.telegram.markup import LONGEST, Line, bold, link, messages, size, text
from tests.fakes.telegram_markup import read, units

FOREIGN = st.text(alphabet=st.one_of(st.sampled_from("<>&\"'/ab;#= 😀"), st.characters(codec="utf-8")))
"""Full of what means something in HTML."""
LINES = st.builds(
    lambda said, make: make(said),
    FOREIGN,
    st.sampled_from([text, bold, lambda s: link(s, "https://example.org/?a=1&b=\"<'>")]),
)
BLOCKS = st.lists(st.lists(LINES, min_size=1, max_size=4), max_size=6)


def squeezed(said: str) -> str:
    """Without spaces: messages end where there was one, and Telegram trims them."""
    return "".join(said.split())


@given(FOREIGN)
def test_foreign_text_comes_out_as_it_is(said: str) -> None:
    """In each kind of line."""
    for line in (text(said), bold(said), link(said, "https://example.org/")):
        assert read(line.html) == said.strip()


@given(BLOCKS, st.integers(8, 60))
def test_no_message_is_too_long_and_nothing_is_lost(blocks: list[list[Line]], longest: int) -> None:
    """Each is HTML by itself: no escape and no tag is cut."""
    shown = [read(message) for message in messages(blocks, longest)]
    assert all(units(message) <= longest for message in shown)
    assert squeezed("".join(shown)) == squeezed("".join(line.plain for block in blocks for line in block))


@given(st.integers(1, 40))
def test_an_escape_at_the_edge_is_not_cut(count: int) -> None:
    """However it falls."""
    (block,) = [[text("&<>" * LONGEST)]]
    for message in messages([block], 100 + count):
        assert html.escape(read(message), quote=False) == message


def test_length_is_counted_as_telegram_counts_at_most() -> None:
    """A character beyond the first plane counts twice."""
    assert size("a😀") == 3
    assert [units(read(message)) for message in messages([[text("😀" * LONGEST)]])] == [LONGEST, LONGEST]


def test_a_block_is_kept_together_where_it_fits() -> None:
    """Cut between blocks first, then between lines."""
    blocks = [[text("a" * 30), text("b" * 30)], [text("c" * 30), text("d" * 30)]]
    assert messages(blocks, 100) == ["a" * 30 + "\n" + "b" * 30, "c" * 30 + "\n" + "d" * 30]
    assert messages(blocks, 50) == ["a" * 30, "b" * 30, "c" * 30, "d" * 30]
