"""The conversation is pure: no module of it brings in a database, a network client or a platform."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import bots.conversation

FORBIDDEN = (
    "aiosqlite", "alembic", "apscheduler", "dateparser", "fastapi", "httpx", "psycopg", "slack_bolt",
    "slack_sdk", "sqlalchemy", "sqlite3", "telegram", "uvicorn",
)  # fmt: skip
HOUSE = Path(bots.conversation.__file__).parent


def modules() -> list[str]:
    """Every module of the conversation by its dotted name."""
    root = HOUSE.parent.parent
    return [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(HOUSE.rglob("*.py"))
    ]


@pytest.mark.parametrize("module", modules())
def test_imports_nothing_that_does_io(module: str) -> None:
    """Each module, imported alone, leaves all of these unloaded."""
    check = f"import sys, {module}; print(*(name for name in {FORBIDDEN!r} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
