"""A website with the example records, its clock moved by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.website import Website, example_store, website

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def on(self, **time: float) -> None:
        """Move on."""
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    """A Tuesday morning."""
    return Clock()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example records, to be copied."""
    return example_store(tmp_path_factory.mktemp("examples"))


@pytest.fixture
def examples_url(filled: Path, tmp_path: Path) -> str:
    """A copy of one's own."""
    return f"sqlite:///{shutil.copy(filled, tmp_path / 'nearby.db')}"


@pytest.fixture
async def site(examples_url: str, clock: Clock) -> AsyncIterator[Website]:
    """The chat over the example records."""
    async with website(examples_url, clock, examples=True) as opened:
        yield opened
