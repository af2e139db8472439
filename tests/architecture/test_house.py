"""The house keeps its shape: its rooms, what the pure ones load, and what the program's files name."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("bots", "directory", "forum_sync", "scheduler")
PURE = (
    "bots.conversation",
    "bots.evaluating",
    "directory.hsds.canonical",
    "directory.hsds.fields",
    "directory.hsds.reading",
    "directory.hsds.record",
    "directory.hsds.v1",
    "directory.places.place",
    "directory.publishing.public",
    "directory.search.facts",
    "directory.search.grid",
    "directory.search.opening",
    "directory.search.projecting",
    "directory.search.query",
    "directory.search.ranking",
    "directory.search.text",
)
IMPURE = (
    "fastapi", "jinja2", "sqlalchemy", "aiosqlite", "psycopg", "httpx", "alembic", "structlog", "typer",
    "sqlite3",
)  # fmt: skip


def test_no_fifth_package_stands_at_the_top() -> None:
    """A new top-level folder would pass every layer contract unseen."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, "tests"}


def _modules_of(name: str) -> list[str]:
    path = ROOT.joinpath(*name.split("."))
    if not path.is_dir():
        return [name]
    files = sorted(path.rglob("*.py"))
    return [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files
    ]


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_loads_nothing_that_does_io(name: str) -> None:
    """Imported alone, in a process of its own, it leaves `sys.modules` free of drivers and clients."""
    code = (
        "import importlib, sys\n"
        f"[importlib.import_module(name) for name in {_modules_of(name)!r}]\n"
        f"print(*[name for name in {IMPURE!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def _own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_an_index() -> None:
    """A lock file pins names and hashes; nothing says where a package index or somebody's disk is."""
    forbidden = re.compile(rb"--index-url|--find-links /|pypi\.org|pythonhosted|/root/|/home/[a-z]")
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in _own_files()
        if path.suffix != ".bin" and path != Path(__file__) and forbidden.search(path.read_bytes())
    ]
    assert guilty == []


def test_every_file_that_a_package_reads_is_installed_with_it() -> None:
    """Else it is found here, and missing on the machine of whoever installs it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    taken = project["tool"]["setuptools"]["package-data"]["*"]
    left = [
        path.relative_to(ROOT).as_posix()
        for path in _own_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES
        and path.suffix not in (".py", ".md")
        and not any(path.match(pattern) for pattern in taken)
    ]
    assert left == []
