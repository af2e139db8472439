"""The whole way: the shared library feed in, ten questions asked, answers held against the feed itself.

What is right is worked out here from the published lines, with plain arithmetic and none of the
program's search, so that a wrong answer can't prove itself.
"""

from __future__ import annotations

import gzip
import json
import math
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from bots.app import App, open_app
from bots.asking import ask
from bots.commands.importing import import_one
from bots.settings import Settings
from directory.publishing.exporting import export_oruk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SATURDAY = datetime(2026, 11, 21, 11, 0, tzinfo=ZoneInfo("Europe/London"))

QUESTIONS = (
    # question, centre of what was named, day and stretch asked about
    ("library open on saturday near ls9", "LS9", ("SA", "00:00", "24:00")),
    ("library near SW9", "SW9", None),
    ("library near M1 1AE open now", "M1 1AE", ("SA", "11:00", "11:01")),
    ("any libraries in hebden bridge?", "Hebden Bridge", None),
    ("libary eh11yz", "EH1 1YZ", None),
    ("where can i borrow books near CF10 1EP", "CF10 1EP", None),
    ("library in Truro open saturday afternoon", "Truro", ("SA", "12:00", "18:00")),
    ("public library b1", "B1", None),
    ("library NR1 3JU tuesday 9.15am", "NR1 3JU", ("TU", "09:15", "09:16")),
    ("library PL1 open today at 4pm", "PL1", ("SA", "16:00", "16:01")),
)

Service = dict[str, Any]


def _published(shared: Path) -> dict[str, Service]:
    """Each id once: an active line wins, then the later."""
    lines: dict[str, Service] = {}
    with gzip.open(shared / "feeds/uk-libraries/services.jsonl.gz") as feed:
        for text in feed:
            line = json.loads(text)
            before = lines.get(line["id"])
            if before is None or (line["status"] == "active") >= (before["status"] == "active"):
                lines[line["id"]] = line
    return lines


def _location(service: Service) -> Service:
    location: Service = service["service_at_locations"][0]["location"]
    return location


def _metres(location: Service, lat: float, lon: float) -> float:
    north = (location["latitude"] - lat) * 111_195
    east = (location["longitude"] - lon) * 111_195 * math.cos(math.radians(lat))
    return math.hypot(north, east)


def _closed(service: Service, asked: tuple[str, str, str] | None) -> bool:
    """Known to be closed: hours are given, and none of them meets what was asked."""
    if asked is None or not service.get("schedules"):
        return False
    day, start, end = asked
    return not any(
        day in row["byday"].split(",") and row["opens_at"] < end and row["closes_at"] > start
        for row in service["schedules"]
    )


def _nearest(
    services: list[Service], centre: tuple[float, float], asked: tuple[str, str, str] | None
) -> list[tuple[float, Service]]:
    """All that may be open, nearest first."""
    placed = [service for service in services if "latitude" in _location(service)]
    open_ones = [service for service in placed if not _closed(service, asked)]
    distances = [(_metres(_location(service), *centre), service) for service in open_ones]
    return sorted(distances, key=lambda pair: pair[0])


@asynccontextmanager
async def _filled(url: str, shared: Path) -> AsyncIterator[App]:
    async with open_app(Settings(database_url=url, _env_file=None)) as app:  # type: ignore[call-arg]
        outcome = await import_one(app, str(shared / "feeds/uk-libraries/services.jsonl.gz"))
        assert (outcome.state, outcome.taken, outcome.quarantined) == ("done", 4212, 19)
        yield app


async def test_the_library_feed(database_url: str, shared: Path, tmp_path: Path) -> None:
    """4,212 libraries go in; ten questions are answered right; all come out again; nothing changes twice."""
    published = _published(shared)
    services = [line for line in published.values() if line["status"] == "active"]
    async with _filled(database_url, shared) as app:
        for question in QUESTIONS:
            await _check_answer(app, services, *question)
        await _check_second_import(app, shared)
        assert await export_oruk(app.store, tmp_path / "out.jsonl", public=False, withdrawn=False) == 4212
    assert _lines(tmp_path / "out.jsonl") == published


async def _check_answer(
    app: App, services: list[Service], question: str, named: str, asked: tuple[str, str, str] | None
) -> None:
    place = (await app.places.find(named))[0]
    nearest = _nearest(services, (place.lat, place.lon), asked)
    line = (await ask([question], app.ports(SATURDAY)))[-1]
    assert line["kind"] == "results", question
    found = [result["service_id"] for result in line["results"]]
    assert found[0] == nearest[0][1]["id"], (question, line["text"])
    assert set(found) <= {service["id"] for _, service in nearest[:4]}, (question, line["text"])
    for result in line["results"]:
        metres = next(metres for metres, service in nearest if service["id"] == result["service_id"])
        assert result["distance_m"] == pytest.approx(metres, rel=0.01, abs=5)
        assert result["assured_date"] is None, "nobody assured these records, and no import may"


async def _check_second_import(app: App, shared: Path) -> None:
    again = await import_one(app, str(shared / "feeds/uk-libraries/services.jsonl.gz"))
    counts = (again.taken, again.changed, again.withdrawn, again.unchanged, again.quarantined)
    assert counts == (0, 0, 0, 4212, 19)


def _lines(out: Path) -> dict[str, Service]:
    return {line["id"]: line for line in map(json.loads, out.read_text("utf-8").splitlines())}
