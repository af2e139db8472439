"""The question set is sound: what the script makes, about records that exist, and fairly shared out."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from bots.conversation.message import Kind
from directory.examples import SERVICES
from tests.questions.build_questions import HALVES, halves
from tests.questions.source import FOLDER

LEAST = 160
FRESH_LEAST = 300
FRESH = "fresh"
"""Written by hand from the records alone, without sight of the halves: nothing makes it."""
MIX = 4
"""The halves may differ by so many in a kind: those of two tags each are shared out by both."""


def _half(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _both() -> list[dict[str, Any]]:
    return [one for name in HALVES for one in _half(name)]


def _all() -> list[dict[str, Any]]:
    return [*_both(), *_half(FRESH)]


def _of(tag: str) -> list[dict[str, Any]]:
    return [one for one in _both() if tag in one["kinds"]]


@pytest.mark.parametrize("name", HALVES)
def test_a_half_is_what_the_script_makes(name: str) -> None:
    assert (FOLDER / f"{name}.jsonl").read_text("utf-8") == halves()[name]


def test_every_record_named_is_among_the_examples() -> None:
    held = {json.loads(line)["name"] for line in SERVICES.read_text("utf-8").splitlines()}
    named = {i for one in _all() for part in ("right", "first", "never") for i in one[part]}
    assert named <= held


def test_nothing_is_both_right_and_forbidden_and_what_is_first_is_right() -> None:
    for one in _all():
        assert not set(one["right"]) & set(one["never"]), one["id"]
        assert set(one["first"]) <= set(one["right"]), one["id"]
        assert bool(one["first"]) == bool(one["right"]), one["id"]


def test_every_question_names_kinds_of_answer_and_a_moment() -> None:
    for one in _all():
        assert set(one["kind"]) <= set(Kind), one["id"]
        assert one["kind"], one["id"]
        assert datetime.fromisoformat(one["now"]).year == 2026


def test_a_question_that_has_an_answer_may_be_answered_with_results() -> None:
    assert all("results" in one["kind"] for one in _all() if one["right"])


def test_ids_and_questions_are_not_repeated() -> None:
    times = Counter(tuple(one["turns"]) for one in _all())
    repeated = [one["id"] for one in _all() if times[tuple(one["turns"])] > 1]
    assert repeated == []
    assert len({one["id"] for one in _all()}) == times.total()


def test_both_halves_are_large_and_of_the_same_mix() -> None:
    tuning, held_out = (Counter(one["kinds"][0] for one in _half(name)) for name in HALVES)
    assert min(tuning.total(), held_out.total()) >= LEAST
    assert all(abs(tuning[kind] - held_out[kind]) <= MIX for kind in tuning | held_out)


@pytest.mark.parametrize("tag", ["crisis", "falsecrisis"])
def test_there_are_crises_enough_and_what_only_sounds_like_one(tag: str) -> None:
    assert len(_of(tag)) >= 25
    assert all(("crisis" in one["kind"]) == (tag == "crisis") for one in _of(tag))


def test_the_fresh_set_is_large_and_holds_crises_and_what_only_sounds_like_one() -> None:
    tags = Counter(tag for one in _half(FRESH) for tag in one["kinds"])
    assert len(_half(FRESH)) >= FRESH_LEAST
    assert min(tags["crisis"], tags["falsecrisis"], tags["welsh"], tags["followup"]) >= 5
    for one in _half(FRESH):
        assert ("crisis" in one["kind"]) == ("crisis" in one["kinds"]), one["id"]
