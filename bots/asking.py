"""Questions asked without a channel: the turns of `nearby ask`, one by one or from a file of lines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bots.conversation.message import Answer, Message, State
from bots.conversation.respond import respond
from bots.conversation.wording.english import say

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from bots.conversation.ports import Ports
    from directory.search.query import Hit

MOST_TURNS = 100

Line = dict[str, Any]


class UnreadableLineError(Exception):
    """A line of a batch that asks nothing: `code` is `not_json`, `not_an_object`, `no_turns` or `bad_now`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def ask(turns: Sequence[str], ports: Ports, *, identity: object = None) -> list[Line]:
    """Answer each turn of one conversation; the state is carried over the turns."""
    state = State()
    lines = []
    for turn in turns:
        line, state = await _turn(turn, state, ports, identity)
        lines.append(line)
    return lines


async def batch(source: Iterable[str], ports: Ports) -> AsyncIterator[Line]:
    """Answer the last turn of each line; a line that can't be read gives one with an `error`.

    Args:
        source: JSON lines `{"id", "turns": [...], "now"}`; blank lines are passed over.
        ports: its `now` holds where a line brings none.
    """
    for number, text in enumerate(source, 1):
        if not text.strip():
            continue
        identity: object = None
        try:
            asked = _object(text)
            identity = _identity(asked.get("id"))
            turns = _turns(asked)
            at = replace(ports, now=moment(asked["now"], ports.timezone)) if asked.get("now") else ports
        except UnreadableLineError as problem:
            yield {"id": identity, "line": number, "error": problem.code}
            continue
        yield (await ask(turns, at, identity=identity))[-1]


def moment(text: object, timezone: ZoneInfo) -> datetime:
    """Read an ISO moment; without an offset it is in `timezone`.

    Raises:
        UnreadableLineError: `bad_now`.
    """
    try:
        read = datetime.fromisoformat(str(text).strip())
        aware = read if read.tzinfo else read.replace(tzinfo=timezone)
        aware.astimezone(timezone)
    except (ValueError, OverflowError) as problem:
        raise UnreadableLineError("bad_now") from problem
    return aware


async def _turn(text: str, state: State, ports: Ports, identity: object) -> tuple[Line, State]:
    began = perf_counter()
    answer, state = await respond(Message(text), state, ports)
    said = say(answer, ports.now, ports.timezone)
    return line(answer, said, (perf_counter() - began) * 1000, identity), state


def line(answer: Answer, text: str, ms: float, identity: object = None) -> Line:
    """Put an answer into the shape that `nearby ask --json` prints."""
    said = answer.understood
    return {
        "id": identity,
        "kind": str(answer.kind),
        "understood": {
            "need": said.need,
            "place": said.place,
            "when": said.when,
            "conditions": list(said.conditions),
        },
        "results": [_result(hit) for hit in answer.results],
        "alternatives": [_result(hit) for hit in (*answer.alternatives, *answer.apart)],
        "text": text,
        "ms": round(ms, 3),
    }


def _result(hit: Hit) -> Line:
    return {
        "service_id": hit.service_id,
        "service_at_location_id": hit.service_at_location_id,
        "name": hit.name,
        "distance_m": hit.distance_m,
        "open": str(hit.hours.state),
        "assured_date": hit.assured_date.isoformat() if hit.assured_date else None,
        "score": round(hit.score, 4),
        "parts": {part: round(value, 4) for part, value in hit.parts.items()},
    }


def _identity(value: object) -> object:
    """An id as it came; half a character in it would not go out again."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _object(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableLineError("not_json") from problem
    if not isinstance(read, dict):
        raise UnreadableLineError("not_an_object")
    return read


def _turns(asked: dict[str, Any]) -> list[str]:
    turns = asked.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise UnreadableLineError("no_turns")
    return turns[-MOST_TURNS:]
