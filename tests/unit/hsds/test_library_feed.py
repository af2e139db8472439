"""The shared library feed, whole: what is odd in it is known by number."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from directory.hsds.canonical import dumps, loads, same
from directory.hsds.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from directory.hsds.record import Record


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[bytes]:
    """The lines of the feed."""
    with gzip.open(shared / "feeds/uk-libraries/services.jsonl.gz") as file:
        return file.read().splitlines()


@pytest.fixture(scope="module")
def records(lines: list[bytes]) -> list[Record]:
    """Each line, read."""
    return [read(loads(line)) for line in lines]


@pytest.mark.shared
def test_every_line_is_read_and_every_odd_field_reported(records: list[Record]) -> None:
    assert len(records) == 4231
    assert len({record.service_id for record in records}) == 4212
    findings = [finding for record in records for finding in record.findings]
    assert Counter((finding.pointer, finding.reason) for finding in findings) == {
        ("/email", "email_with_name"): 42,
        ("/email", "not_an_email"): 35,
        ("/url", "not_a_web_address"): 1,
    }
    addresses = [finding for finding in findings if finding.value.startswith(("http", "www"))]
    assert len(addresses) == 31


@pytest.mark.shared
def test_the_tables_hold_what_the_feed_says(records: list[Record]) -> None:
    rows = Counter({table: 0 for record in records for table in record.rows})
    for record in records:
        rows.update({table: len(found) for table, found in record.rows.items()})
    every = dict.fromkeys(("service", "organization", "service_at_location", "location", "address"), 4231)
    assert rows == {**every, "schedule": 8497, "attribute": 4231, "taxonomy_term": 4231}
    services = [record.rows["service"][0] for record in records]
    assert Counter(service["status"] for service in services) == {"active": 3753, "defunct": 478}
    assert sum(service["email"] is not None for service in services) == 3159 - 35
    assert not any(service["assured_date"] for service in services)
    located = [record.rows["location"][0]["latitude"] for record in records]
    assert sum(latitude is not None for latitude in located) == 4080


@pytest.mark.shared
def test_every_line_is_written_back_as_it_was(lines: list[bytes]) -> None:
    for line in lines:
        assert same(loads(dumps(loads(line))), loads(line))
