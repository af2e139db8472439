"""A log line holds numbers and names of ours, and nothing that somebody wrote."""

from __future__ import annotations

from bots.commands.logs import LONGEST, nothing_personal


def test_leaves_out_every_text_that_might_be_somebodys() -> None:
    line = {
        "event": "request",
        "status": 200,
        "route": "/chat",
        "text": "I am at 1 Example Road",
        "room": "r",
    }
    assert nothing_personal(None, "info", line) == {
        "event": "request",
        "status": 200,
        "route": "/chat",
        "left_out": ["room", "text"],
    }


def test_keeps_numbers_under_any_name_and_cuts_long_texts() -> None:
    kept = nothing_personal(None, "info", {"event": "x" * 500, "notice": 7, "done": True, "wait": None})
    assert kept == {"event": "x" * LONGEST, "notice": 7, "done": True, "wait": None}


def test_lists_and_objects_are_not_written() -> None:
    assert nothing_personal(None, "info", {"event": "e", "error": ["a"], "body": {"text": "t"}}) == {
        "event": "e",
        "left_out": ["body", "error"],
    }
