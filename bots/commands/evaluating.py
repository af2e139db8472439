"""`nearby evaluate`: how well the directory answers questions whose right answers are known."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from bots.app import clock, open_app
from bots.asking import UnreadableLineError, ask, moment
from bots.commands.running import UsageError
from bots.conversation.wording import operator
from bots.evaluating import Mark, Question, UnreadableQuestionError, mark, read_question, tally

if TYPE_CHECKING:
    from pathlib import Path

    from bots.conversation.ports import Ports
    from bots.settings import Settings

UNREADABLE = 1
"""Exit code where some lines could not be read; the rest was marked."""


async def run_evaluate(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Ask every question of a file, and say how the answers did."""
    try:
        text = await asyncio.to_thread(file.read_text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError("cannot_read", str(file)) from error
    marks, unreadable = [], 0
    async with open_app(settings) as app:
        ports = app.ports(clock())
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                one = await _marked(read_question(line, number), ports)
            except (UnreadableQuestionError, UnreadableLineError) as problem:
                unreadable += 1
                _complain(number, problem, as_json=as_json)
                continue
            marks.append(one)
            if as_json:
                _print(_line(one))
        empty = await app.is_empty()
    _sum_up(marks, as_json=as_json)
    if empty:
        sys.stderr.write(operator.EMPTY_STORE + "\n")
    return UNREADABLE if unreadable else 0


async def _marked(question: Question, ports: Ports) -> Mark:
    at = replace(ports, now=moment(question.now, ports.timezone)) if question.now else ports
    return mark(question, (await ask(question.turns, at))[-1])


def _complain(number: int, problem: UnreadableQuestionError | UnreadableLineError, *, as_json: bool) -> None:
    where = problem.field if isinstance(problem, UnreadableQuestionError) else "now"
    if as_json:
        _print({"line": number, "error": problem.code, "field": where})
    else:
        sys.stderr.write(operator.unread_question(number, problem.code, where) + "\n")


def _sum_up(marks: list[Mark], *, as_json: bool) -> None:
    scores = tally(marks)
    if as_json:
        _print({"scores": {tag: asdict(score) for tag, score in scores.items()}})
        return
    for one in marks:
        if one.failed:
            sys.stdout.write("\n".join(operator.failed_question(one)) + "\n")
    sys.stdout.write("\n".join(operator.scores(scores)) + "\n")


def _line(one: Mark) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "kind": one.kind,
        "shown": list(one.shown),
        "found": one.found,
        "first": one.first,
        "forbidden": list(one.forbidden),
        "kind_right": one.kind_right,
    }


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
