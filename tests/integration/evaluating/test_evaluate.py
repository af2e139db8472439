"""`nearby evaluate` asks a store the questions of a file and reports on each."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - pytest reads the annotations

import pytest

from bots.app import open_app
from bots.commands.evaluating import run_evaluate
from bots.commands.importing import import_one
from bots.commands.running import UsageError
from bots.settings import Settings
from directory.examples.build_examples import entries
from directory.examples.record_of import service

LIBRARY = "Herne Street Library (example)"


@pytest.fixture
async def tiny(tmp_path: Path, database_url: str) -> Settings:
    """A store with one example library in it."""
    entry = next(entry for entry in entries("lambeth") if entry["need"] == "library")
    records = tmp_path / "services.jsonl"
    records.write_text(json.dumps(service(entry)) + "\n", "utf-8")
    settings = Settings(database_url=database_url)
    async with open_app(settings) as app:
        await import_one(app, str(records), publisher="Example")
    return settings


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), "utf-8")
    return path


async def test_questions_are_asked_with_their_turns_and_scored(
    tiny: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(
        tmp_path,
        {"id": "good", "turns": ["library", "SE24 0AP"], "right": [LIBRARY]},
        {"id": "bad", "turns": ["library SE24 0AP"], "right": ["Another (example)"]},
    )
    assert await run_evaluate(tiny, file, as_json=True) == 0
    *marks, scores = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(one["id"], one["found"]) for one in marks] == [("good", True), ("bad", False)]
    assert scores["scores"]["all"]["found"] == {"good": 1, "of": 2}


async def test_unreadable_lines_are_reported_and_the_rest_goes_on(
    tiny: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "good", "turns": ["library SE24 0AP"], "right": [LIBRARY]}
    file = _file(tmp_path, "{", "", {**good, "now": "yesterday"}, good)
    assert await run_evaluate(tiny, file, as_json=False) == 1
    said = capsys.readouterr()
    assert "Line 1 was left out: it is not JSON." in said.err
    assert "Line 3 was left out: now is not a moment" in said.err
    assert "1/1 100.0%" in said.out


async def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        await run_evaluate(Settings(), tmp_path / "none.jsonl", as_json=False)
