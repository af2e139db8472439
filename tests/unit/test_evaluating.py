"""Answers are marked against what is known to be right, fairly and without falling over."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation.wording import operator
from bots.evaluating import WHOLE, Question, UnreadableQuestionError, mark, read_question, tally

ASKED = Question("1", ("food bank LS9",), right=("a", "b"), first=("a",), never=("shut",), kind=("results",))
CRISIS = Question("2", ("i want to die",), right=(), kind=("crisis",), tags=("crisis",))


def answer(*ids: str, kind: str = "results", alternatives: tuple[str, ...] = ()) -> dict[str, Any]:
    """An answer in the shape of `nearby ask --json`, with what is marked."""
    return {
        "kind": kind,
        "results": [{"service_id": i, "name": f"Name {i}"} for i in ids],
        "alternatives": [{"service_id": i, "name": f"Name {i}"} for i in alternatives],
    }


def test_a_right_record_at_the_top_is_found_and_first() -> None:
    found = mark(ASKED, answer("a", "x"))
    assert (found.found, found.first, found.kind_right, found.failed) == (True, True, True, False)


def test_a_right_record_in_third_place_is_found_but_not_first() -> None:
    found = mark(ASKED, answer("x", "y", "b"))
    assert (found.found, found.first, found.failed) == (True, False, True)


def test_a_right_record_in_fourth_place_is_not_found() -> None:
    assert mark(ASKED, answer("x", "y", "z", "a")).found is False


def test_a_record_may_be_named_by_its_name_in_any_case() -> None:
    assert mark(Question("1", ("x",), right=("name A",)), answer("a")).first is True


def test_any_right_record_may_stand_first_where_none_is_named() -> None:
    assert mark(Question("1", ("x",), right=("a", "b")), answer("b", "a")).first is True


def test_what_must_not_appear_is_seen_in_any_place_and_named() -> None:
    assert mark(ASKED, answer("a", "b", "x", "shut")).forbidden == ("Name shut",)


def test_what_is_offered_instead_counts_as_found_and_is_never_forbidden() -> None:
    found = mark(ASKED, answer(kind="none", alternatives=("a", "shut")))
    assert (found.found, found.forbidden, found.kind_right) == (True, (), False)


def test_a_question_with_nothing_right_is_marked_by_its_kind_alone() -> None:
    found = mark(Question("1", ("asdf",), right=(), kind=("none",)), answer(kind="none"))
    assert (found.found, found.first, found.kind_right, found.failed) == (None, None, True, False)


def test_crises_met_and_false_ones_are_counted() -> None:
    missed, false = mark(CRISIS, answer(kind="none")), mark(ASKED, answer(kind="crisis"))
    scores = tally([missed, mark(CRISIS, answer(kind="crisis")), false])
    assert (scores[WHOLE].crisis.good, scores[WHOLE].crisis.of, scores[WHOLE].false_crises) == (1, 2, 1)
    assert (scores["crisis"].asked, scores["untagged"].asked) == (2, 1)


def test_only_turns_and_right_are_needed() -> None:
    found = read_question('{"turns": ["library"], "right": ["Library 1"]}', 7)
    assert (found.id, found.turns, found.right, found.kind) == ("line 7", ("library",), ("Library 1",), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("[1]", "not_an_object"),
        ("{}", "no_turns"),
        ('{"turns": [""]}', "no_turns"),
        ('{"turns": ["x"], "right": 4}', "not_a_list"),
        ('{"turns": ["x"], "never": [4]}', "not_a_list"),
    ],
)
def test_an_unreadable_line_says_why(text: str, code: str) -> None:
    with pytest.raises(UnreadableQuestionError) as caught:
        read_question(text, 1)
    assert caught.value.code == code
    assert operator.unread_question(1, code, caught.value.field).startswith("Line 1 was left out: ")
    assert code in operator.QUESTION


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["id", "turns", "right", "first", "never", "kind", "kinds", "now"])


@given(st.dictionaries(FIELDS, JSON) | JSON)
def test_no_line_of_json_stops_the_reading(line: object) -> None:
    with suppress(UnreadableQuestionError):
        assert read_question(json.dumps(line), 1).turns


def test_a_failure_shows_the_question_what_came_and_what_was_wanted() -> None:
    lines = operator.failed_question(mark(ASKED, answer("shut", kind="none")))
    assert lines == [
        "1: food bank LS9",
        "  got      none: Name shut",
        "  kind     should be results",
        "  right    a; b",
        "  never    Name shut",
    ]


def test_the_figures_are_a_line_a_tag() -> None:
    lines = operator.scores(tally([mark(ASKED, answer("a")), mark(CRISIS, answer(kind="crisis"))]))
    assert [line.split()[0] for line in lines[1:]] == ["all", "untagged", "crisis"]
    assert "1/1 100.0%" in lines[1]
