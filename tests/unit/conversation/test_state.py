"""What is remembered goes into JSON and comes back, whatever was put there meanwhile."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bots.conversation.state import NOW, State, Stretch, Wanted
from directory.places.place import Kind, Place
from directory.search.query import Conditions, When

THEN = datetime(2026, 11, 28, 10, tzinfo=UTC)
FULL = State(
    wanted=Wanted(("library",), ("chess",)),
    place=Place("LS9", Kind.OUTCODE, 53.8, -1.5, 2000, "E08000035", "Leeds"),
    time=Stretch(When(THEN, THEN + timedelta(hours=2)), "on Saturday"),
    conditions=Conditions(True, (5, 7), "pl", True, ("parking",), "women", True, True),
    home=True,
    offset=3,
    shown=((1, "a", "b"), (2, "c", None)),
    pending="place",
    options=(Place("Newport", Kind.SETTLEMENT, 51.5, -3.0, 2000, within="Gwent"),),
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_comes_back_from_json_as_it_went() -> None:
    """All of it survives."""
    assert State.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL
    assert State.from_json(json.loads(json.dumps(State().to_json()))) == State()


@given(st.dictionaries(st.sampled_from(sorted(FULL.to_json())), JSON))
def test_a_part_that_cannot_be_read_is_left_out(damage: dict[str, object]) -> None:
    """Damage to one part costs that part, never the conversation."""
    read = State.from_json({**FULL.to_json(), **damage})
    for part in FULL.to_json():
        if part not in damage:
            assert getattr(read, part) == getattr(FULL, part)
    json.dumps(read.to_json())


@given(JSON)
def test_anything_at_all_gives_a_state(data: object) -> None:
    """What is no state is an empty one."""
    assert isinstance(State.from_json(data), State)


@given(st.sampled_from(["place", "time", "conditions", "options"]), st.data())
def test_damage_deep_inside_is_survived(part: str, data: st.DataObject) -> None:
    """A field of the wrong kind within a part never fails."""
    whole = json.loads(json.dumps(FULL.to_json()))
    inner = whole[part][0] if isinstance(whole[part], list) else whole[part]
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(JSON)
    json.dumps(State.from_json(whole).to_json())


def test_now_moves_on_with_the_clock() -> None:
    """A conversation about "open now" goes on about the new now."""
    state = State(time=Stretch(When(THEN, THEN), NOW)).at(THEN + timedelta(hours=1))
    assert state.time == Stretch(When(THEN + timedelta(hours=1), THEN + timedelta(hours=1)), NOW)


def test_a_time_that_has_passed_is_forgotten() -> None:
    """Nobody asks about last Saturday."""
    assert FULL.at(THEN + timedelta(days=1)).time is None
    assert FULL.at(THEN).time == FULL.time
