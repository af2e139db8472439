"""The tables and the shapes that fill them agree, and the profile's own columns are all there."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import orjson
import pytest

from directory.hsds import shapes, tables

if TYPE_CHECKING:
    from pathlib import Path

LOCAL = {"service_key", "feed_id"}


def test_each_table_has_the_columns_that_reading_fills() -> None:
    assert set(shapes.SHAPES) == set(tables.TABLES)
    for name, table in tables.TABLES.items():
        assert set(table.columns.keys()) - LOCAL == set(shapes.SHAPES[name].blank), name


def test_both_know_the_same_shared_objects() -> None:
    assert set(tables.SHARED) == shapes.SHARED


def test_shapes_never_come_back_to_one_another() -> None:
    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above
        for link in shapes.SHAPES[name].links.values():
            walk(link.table, (*above, name))

    walk("service", ())


@pytest.mark.shared
def test_every_column_of_the_profile_is_kept(shared: Path) -> None:
    for path in sorted((shared / "specs/oruk-v3/schemata").glob("*.json")):
        properties = orjson.loads(path.read_bytes())["properties"]
        plain = {name for name, what in properties.items() if what.get("type") in {"string", "number"}}
        assert plain <= set(tables.TABLES[path.stem].columns.keys()), path.stem


@pytest.mark.parametrize("module", ["reading", "canonical", "v1", "shapes", "fields", "times", "combined"])
def test_reading_loads_no_database(module: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, directory.hsds.{module}; print('sqlalchemy' in sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert loaded.stdout.strip() == "False"
