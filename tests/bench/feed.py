"""The invented feed as files: JSON lines, and the same services as one JSON list, a few of them changed."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Final

import orjson

from directory.places.postcodes import Postcodes
from tests.bench.generate import services
from tests.bench.spots import Spots

CHANGED_EVERY: Final = 100
"""Of so many services in the list the first says something else."""


def write(*, lines: str, size: int, listed: str | None = None, seed: int = 1) -> dict[str, Any]:
    """Write `size` services as JSON lines, and to `listed` as one list with its changes."""
    with contextlib.ExitStack() as files:
        as_lines = files.enter_context(Path(lines).open("wb"))
        as_list = files.enter_context(Path(listed).open("wb")) if listed else None
        before = b"["
        for number, service in enumerate(services(size, Spots(Postcodes()), seed=seed)):
            body = orjson.dumps(service)
            as_lines.write(body + b"\n")
            if as_list:
                if number % CHANGED_EVERY == 0:
                    body = orjson.dumps(service | {"alert": "Moved, for measuring."})
                as_list.write(before + body)
                before = b",\n"
        if as_list:
            as_list.write(b"]\n")
    return {"size": size, "bytes": Path(lines).stat().st_size}
