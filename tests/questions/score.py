"""Scores questions on the example directory: `python -m tests.questions.score fresh [--reworded] [--json]`.

The examples are imported into a store of their own, in a folder that goes away afterwards; `--reworded`
takes their second descriptions. `tuning`, `held_out` and `fresh` are beside this script; any other file may
be named by its path.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from bots.app import open_app
from bots.commands.evaluating import run_evaluate
from bots.commands.importing import import_one
from bots.settings import Settings
from directory.examples import PUBLISHER
from directory.examples.build_examples import directory
from directory.places.learning import learn
from tests.questions.source import FOLDER


async def score(file: Path, folder: Path, *, reworded: bool, as_json: bool) -> int:
    """Fill a store in a folder with the examples, and evaluate a file on it."""
    records = folder / "services.jsonl"
    records.write_text(directory(second=reworded), encoding="utf-8")
    settings = Settings(database_url=f"sqlite:///{folder / 'examples.db'}")
    async with open_app(settings) as app:
        await import_one(app, str(records), publisher=PUBLISHER)
        await learn(app.store)
    return await run_evaluate(settings, file, as_json=as_json)


def main() -> int:
    """Read the arguments and score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", help="tuning, held_out, fresh, or a file")
    parser.add_argument("--reworded", action="store_true", help="with the second descriptions")
    parser.add_argument("--json", action="store_true", help="lines of JSON, for programs")
    asked = parser.parse_args()
    half = FOLDER / f"{asked.questions}.jsonl"
    file = half if half.exists() else Path(asked.questions)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(score(file, Path(folder), reworded=asked.reworded, as_json=asked.json))


if __name__ == "__main__":
    raise SystemExit(main())
