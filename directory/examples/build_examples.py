"""Writes `services.jsonl` from the lists beside it: `python -m directory.examples.build_examples`.

The services, organisations and telephone numbers are invented (the numbers lie in the ranges that
Ofcom keeps for drama, addresses in the net at example.org); the postcodes are real, so that "near me"
has something to measure. `--reworded OUT` writes the same services with their second descriptions.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any, Final

from directory.examples import SERVICES
from directory.examples.record_of import Entry, service

FOLDER: Final = Path(__file__).parent
COUNTIES: Final = {
    "lambeth": "Greater London",
    "leeds": "West Yorkshire",
    "bedford": "Bedfordshire",
    "ceredigion": "Ceredigion",
    "national": "",
}
"""The lists, one an area, and the county that stands in its addresses."""


def entries(area: str) -> list[Entry]:
    """The list of one area."""
    found: list[Entry] = _read(area)["service"]
    return [entry | {"county": COUNTIES[area]} for entry in found]


def reworded() -> dict[str, str]:
    """The second description of each service, by its name in the lists."""
    return _read("reworded")


def directory(*, second: bool = False) -> str:
    """All services, one a line, with their first or second descriptions."""
    texts = reworded() if second else {}
    found = [service(entry, texts.get(entry["name"])) for area in COUNTIES for entry in entries(area)]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def main() -> None:
    """Write the file beside this script, or the reworded one where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reworded", type=Path, metavar="OUT", help="write the second descriptions there")
    asked: Path | None = parser.parse_args().reworded
    out, text = asked or SERVICES, directory(second=asked is not None)
    out.write_text(text, encoding="utf-8")
    print(f"{text.count(chr(10))} example services -> {out}")


if __name__ == "__main__":
    main()
