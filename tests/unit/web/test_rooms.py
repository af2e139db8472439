"""A visitor's room is theirs alone, and for a while."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bots.web.rooms import LONGEST, Rooms, new_room

ROOMS = Rooms("k" * 40)


def test_a_token_leads_back_to_its_room() -> None:
    room = new_room()
    visit = ROOMS.visit(ROOMS.token(room, seen=12))
    assert (visit.room, visit.seen, visit.lost) == (room, 12, False)
    assert len(ROOMS.token(room, seen=2**62)) < LONGEST


def test_no_token_is_a_new_room_and_nothing_is_said_of_it() -> None:
    first, second = ROOMS.visit(""), ROOMS.visit("")
    assert first.room != second.room
    assert not first.lost


def test_an_expired_token_and_one_of_another_key_lead_to_a_new_room() -> None:
    for token in (Rooms("k" * 40, lasts_s=-1).token("r"), Rooms("o" * 40).token("r")):
        visit = Rooms("k" * 40, lasts_s=-1).visit(token)
        assert visit.lost
        assert visit.room != "r"


@given(st.text())
def test_what_is_no_token_opens_no_room(token: str) -> None:
    visit = ROOMS.visit(token)
    assert visit.lost == bool(token)
    assert visit.seen == 0
