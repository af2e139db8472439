"""A command is a message of its own, never a word in a question."""

from __future__ import annotations

import pytest

from bots.channels.port import Command
from bots.channels.typed import command


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/settings", Command("settings")),
        ("/Settings  home  SE24", Command("settings", "home  SE24")),
        ("stop", Command("stop")),
        (" STOP! ", Command("stop")),
        ("unsubscribe me", Command("stop")),
        ("/near food bank", Command("near", "food bank")),
        ("bus stop near me", None),
        ("/unknown", None),
        ("", None),
        ("   ", None),
        ("help", None),
    ],
)
def test_commands(text: str, expected: Command | None) -> None:
    """With a slash, or one of the words for stopping."""
    assert command(text) == expected
