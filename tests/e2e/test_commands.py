"""The `nearby` command as its users call it: real processes, real exit codes, plain words."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from directory.examples import SERVICES

if TYPE_CHECKING:
    from collections.abc import Callable

    Nearby = Callable[..., subprocess.CompletedProcess[str]]

EXAMPLE = {
    "id": "example-1",
    "name": "Example Library",
    "status": "active",
    "organization": {"id": "o", "name": "Example Trust", "description": "Invented."},
    "contacts": [{"id": "c", "name": "Example Person"}],
    "assurer_email": "example@example.org",
    "unknown_field": [1, 2.5, {"deep": None}],
}


@pytest.fixture
def nearby(tmp_path: Path) -> Nearby:
    """Run `nearby` in an empty folder, on a store of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEARBY")}
    environment |= {"DATABASE_URL": "sqlite:///nearby.db", "PYTHONPATH": str(Path.cwd())}

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from bots.cli import main; main()", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=environment | more,
            stdin=subprocess.DEVNULL,
        )

    return run


def _lines(path: Path, *services: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(service) + "\n" for service in services), "utf-8")
    return str(path)


def test_a_first_run_answers_three_questions_and_says_how_to_go_on(nearby: Nearby) -> None:
    done = nearby("chat")
    assert (done.returncode, done.stdout.count("> ")) == (0, 3)
    assert "(example)" in done.stdout
    assert "nearby import" in done.stdout
    assert "made up" in done.stderr


def test_asking_gives_a_line_of_json_for_each_message(nearby: Nearby) -> None:
    assert nearby("import", str(SERVICES)).returncode == 0
    done = nearby("ask", "library", "se24", "--now", "2026-11-24T11:00", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["kind"], second["kind"]) == ("ask_place", "results")
    assert set(second["understood"]) == {"need", "place", "when", "conditions"}
    assert {
        "service_id",
        "service_at_location_id",
        "name",
        "distance_m",
        "open",
        "assured_date",
        "score",
    } <= (set(second["results"][0]))


def test_a_batch_keeps_going_after_a_line_that_can_not_be_read(nearby: Nearby, tmp_path: Path) -> None:
    nearby("import", str(SERVICES))
    (tmp_path / "batch.jsonl").write_text(
        '{"id": 1, "turns": ["hello"]}\nrubbish\n{"id": 3, "turns": ["x"]}\n'
    )
    done = nearby("ask", "--batch", "batch.jsonl")
    assert [line.get("id") for line in map(json.loads, done.stdout.splitlines())] == [1, None, 3]


def test_importing_says_what_went_in_and_exits_accordingly(nearby: Nearby, tmp_path: Path) -> None:
    """0 when it went in, 1 when nothing could be read, 3 when the feed shrank too much."""
    many = [EXAMPLE | {"id": f"example-{number}"} for number in range(9)]
    source = _lines(tmp_path / "feed.jsonl", *many)
    assert nearby("import", source).returncode == 0
    assert nearby("import", "nothing.jsonl").returncode == 1
    _lines(tmp_path / "feed.jsonl", *many[:2])
    refused = nearby("import", source)
    assert (refused.returncode, "--force" in refused.stdout) == (3, True)
    forced = json.loads(nearby("import", source, "--force", "--json").stdout)
    assert (forced["withdrawn"], forced["unchanged"]) == (7, 2)


def test_what_is_exported_is_what_came_and_the_public_form_leaves_people_out(
    nearby: Nearby, tmp_path: Path
) -> None:
    nearby("import", _lines(tmp_path / "feed.jsonl", EXAMPLE))
    assert nearby("export", "oruk", "all.jsonl").returncode == 0
    assert nearby("export", "oruk", "public.jsonl", "--public").returncode == 0
    assert json.loads((tmp_path / "all.jsonl").read_text("utf-8")) == EXAMPLE
    public = (tmp_path / "public.jsonl").read_text("utf-8")
    assert "Example Person" not in public
    assert "assurer_email" not in public
    assert json.loads(public)["unknown_field"] == EXAMPLE["unknown_field"]


def test_lists_show_a_line_each(nearby: Nearby, tmp_path: Path) -> None:
    nearby("import", _lines(tmp_path / "feed.jsonl", EXAMPLE, {"name": "no id"}), "--cadence", "weekly")
    (feed,) = map(json.loads, nearby("feeds", "--json").stdout.splitlines())
    assert (feed["cadence"], feed["services"], feed["quarantined"], feed["state"]) == ("weekly", 1, 1, "done")
    (kept,) = map(json.loads, nearby("quarantine", "--json").stdout.splitlines())
    assert (kept["reason"], kept["pointer"], kept["position"]) == ("no_id", "/id", "line 2")
    assert "weekly" in nearby("feeds").stdout
    assert "has no id" in nearby("quarantine").stdout


@pytest.mark.parametrize(
    ("words", "setting", "said"),
    [
        (("feeds",), {"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        (("feeds",), {"DATABASE_URL": "sqlite:///no/such/folder/x.db"}, "no folder"),
        (("feeds",), {"TIMEZONE": "Mars/Olympus"}, "TIMEZONE"),
        (("ask", "library", "--now", "soon"), {}, "2026-11-21T10:30"),
        (("import", "x.jsonl", "--cadence", "hourly"), {}, "daily, weekly or never"),
        (("places", "load", "nothing.csv"), {}, "nothing.csv"),
    ],
)
def test_what_can_not_be_used_is_said_in_a_sentence(
    nearby: Nearby, words: tuple[str, ...], setting: dict[str, str], said: str
) -> None:
    done = nearby(*words, **setting)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_of_another_version_is_said_and_an_older_one_is_mended(
    nearby: Nearby, tmp_path: Path
) -> None:
    nearby("import", str(SERVICES))
    with sqlite3.connect(tmp_path / "nearby.db") as connection:
        (current,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    for change, command in (
        ("UPDATE alembic_version SET version_num = '9999'", "Update the program"),
        (f"UPDATE alembic_version SET version_num = '{current}'", ""),
        ("UPDATE projection_state SET version = version - 1", "nearby db upgrade"),
    ):
        with sqlite3.connect(tmp_path / "nearby.db") as connection:
            connection.execute(change)
        connection.close()
        done = nearby("ask", "library se24")
        assert (done.returncode == 0) == (not command)
        assert command in done.stderr
    assert nearby("db", "upgrade").returncode == 0
    assert nearby("ask", "library se24").returncode == 0
    assert "ok  The store is there" in nearby("check").stdout


def test_the_check_says_that_an_empty_directory_is_empty(nearby: Nearby) -> None:
    done = nearby("check")
    assert done.returncode == 1
    assert "The directory is empty" in done.stdout


def test_records_are_sorted_into_needs_and_again_when_the_words_for_them_changed(
    nearby: Nearby, tmp_path: Path
) -> None:
    """A record is found by a need that it never names; one upgrade sorts a directory anew."""
    location = {"id": "l", "location_type": "physical", "latitude": 51.45, "longitude": -0.1}
    service = EXAMPLE | {
        "name": "Example Doorway",
        "description": "We give out parcels of tins and packets to families who are short this week.",
        "service_at_locations": [{"id": "at", "location": location}],
    }
    question = ("ask", "food bank se24", "--json")
    assert nearby("import", _lines(tmp_path / "feed.jsonl", service)).returncode == 0
    assert [found["name"] for found in json.loads(nearby(*question).stdout)["results"]] == ["Example Doorway"]
    with sqlite3.connect(tmp_path / "nearby.db") as store:
        store.execute("UPDATE projection_state SET sorted_by = 'other words'")
    stale = nearby(*question)
    assert (stale.returncode, "nearby db upgrade" in stale.stderr) == (2, True)
    assert nearby("db", "upgrade").returncode == 0
    assert [found["name"] for found in json.loads(nearby(*question).stdout)["results"]] == ["Example Doorway"]
