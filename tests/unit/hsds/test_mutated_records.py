"""Records broken in ten thousand ways: none stops the reading, and nothing of them is lost in silence."""

from __future__ import annotations

import copy
import random
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st

from directory.hsds.assembling import MOST_FINDINGS, MOST_PARTS
from directory.hsds.canonical import dumps, loads, same
from directory.hsds.reading import read
from directory.hsds.record import Rejected
from directory.hsds.shapes import SHAPES, SHARED
from directory.publishing.public import public
from tests.unit.hsds.examples import v1_service, v3_service
from tests.unit.hsds.test_fields import JSON

if TYPE_CHECKING:
    from collections.abc import Callable

    from directory.hsds.record import Record

MUTATIONS: Final = 10_000
REJECTIONS: Final = {"not_an_object", "no_id", "bad_id", "no_name", "too_many_parts"}
KEYS: Final = sorted({key for shape in SHAPES.values() for key in (*shape.checks, *shape.links)})
JUNK: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1e308, 10**40, "", " ", "x", "\x00", "\ud800", "\u202eevil", "0" * 30_000),
    *("<script>", "'; DROP TABLE service; --", "2026-02-30", "24:61", "MO,XX", "www.", "@", "NaN"),
    *([], {}, [[]], [{}], [None], {"id": None}, {"id": []}, {"": {"": {}}}, [[[[[["deep"]]]]]]),
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every key and index inside a document."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        members = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for key, member in members:
            found.append((inner, key))
            if isinstance(member, dict | list):
                waiting.append(member)
    return found


def _swap(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(_places(document))
    holder[key] = copy.deepcopy(chance.choice(JUNK))


def _drop(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(_places(document))
    del holder[key]


def _wrap(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(_places(document))
    holder[key] = chance.choice(([holder[key]], {"id": holder[key]}, str(holder[key])))


def _exchange(document: Any, chance: random.Random) -> None:
    (one, first), (other, second) = chance.choice(_places(document)), chance.choice(_places(document))
    one[first], other[second] = copy.deepcopy(other[second]), copy.deepcopy(one[first])


def _repeat(document: Any, chance: random.Random) -> None:
    lists = [
        holder[key] for holder, key in _places(document) if isinstance(holder[key], list) and holder[key]
    ]
    if lists:
        chosen = chance.choice(lists)
        chosen.extend(copy.deepcopy(chosen[:50]))


def _add(document: Any, chance: random.Random) -> None:
    holders = [holder for holder, _ in _places(document) if isinstance(holder, dict)]
    chance.choice(holders)[chance.choice(KEYS)] = copy.deepcopy(chance.choice(JUNK))


STEPS: Final[tuple[Callable[[Any, random.Random], None], ...]] = (
    _swap,
    _drop,
    _wrap,
    _exchange,
    _repeat,
    _add,
)


def mutated(chance: random.Random) -> Any:
    """An example with one to five things wrong."""
    document = chance.choice((v3_service, v1_service))()
    for _ in range(chance.randint(1, 5)):
        if _places(document):
            chance.choice(STEPS)(document, chance)
    return document


def check_rows(record: Record) -> None:
    """Rows are what a database takes, each key once, and each child hangs on something."""
    keys = [(table, row["id"]) for table, rows in record.rows.items() for row in rows]
    assert len(keys) == len(set(keys)) <= MOST_PARTS
    for table, rows in record.rows.items():
        for row in rows:
            assert row.keys() == SHAPES[table].blank.keys()
            for value in row.values():
                assert value is None or isinstance(value, str | int | float | date)
                if isinstance(value, str):
                    assert "\x00" not in value
                    value.encode()
            if table not in SHARED and table not in {"service", "attribute"}:
                assert any(row[column] for column in row if column.endswith("_id")), (table, row)


def check_findings(record: Record) -> None:
    """Findings can be stored, and no field is both in the tables and said to be left out."""
    assert len(record.findings) <= MOST_FINDINGS + 1
    for finding in record.findings:
        assert finding.pointer == "" or finding.pointer.startswith("/")
        assert len(finding.value) <= 200
        assert "\x00" not in finding.value
        finding.value.encode()


def test_ten_thousand_mutated_records_are_read_or_rejected_with_a_reason() -> None:
    chance = random.Random(20261122)
    read_count = rejected = with_findings = 0
    for _ in range(MUTATIONS):
        document = mutated(chance)
        written = dumps(document)
        try:
            record = read(document)
        except Rejected as verdict:
            assert verdict.reason in REJECTIONS  # noqa: PT017 - both outcomes are allowed
            rejected += 1
        else:
            check_rows(record)
            check_findings(record)
            read_count += 1
            with_findings += bool(record.findings)
        assert dumps(document) == written, "reading changes nothing"
        assert same(loads(written), document)
        public(document)
        assert dumps(document) == written, "publishing changes nothing"
    assert read_count + rejected == MUTATIONS
    assert rejected > 100
    assert with_findings > 1000


def test_each_single_field_swapped_for_another_type_is_left_out_and_reported_or_read() -> None:
    for junk in ([["x"]], {"x": 1}, True):
        for holder, key in _places(v3_service()):
            if isinstance(holder, list) or isinstance(holder[key], dict | list):
                continue
            _check_swapped(key, holder, junk)


def _check_swapped(key: str, holder: Any, junk: object) -> None:
    document = v3_service()
    [place] = [(inner, name) for inner, name in _places(document) if inner == holder and name == key][:1]
    place[0][place[1]] = junk
    try:
        found = read(document)
    except Rejected as verdict:
        assert key in {"id", "name"}
        assert verdict.reason in {"no_id", "no_name"}  # noqa: PT017 - both outcomes are allowed
        return
    known = any(key in shape.checks for shape in SHAPES.values())
    assert not known or [finding for finding in found.findings if finding.pointer.endswith(f"/{key}")], key


@given(JSON)
def test_any_json_is_read_or_rejected(document: object) -> None:
    try:
        check_rows(read(document))
    except Rejected as verdict:
        assert verdict.reason in REJECTIONS  # noqa: PT017 - both outcomes are allowed


@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        st.recursive(
            JSON,
            lambda inner: st.lists(st.dictionaries(st.sampled_from(KEYS), inner, max_size=6), max_size=3),
            max_leaves=10,
        ),
        max_size=8,
    )
)
def test_any_json_under_the_names_of_the_standard_is_read(document: dict[str, object]) -> None:
    record = read({**document, "id": "s", "name": "Example"})
    check_rows(record)
    check_findings(record)
