"""Makes three files of the readable ones, the lexicon and two of counts, so that nothing is parsed later.

Run it after a change: python -m bots.conversation.data.build_lexicon
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bots.conversation import guessing
from bots.conversation.lexicon import TOGETHER, data, lines
from bots.conversation.phrases import table
from bots.conversation.words import words
from directory.search.text import STOP_WORDS, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
MADE = HERE / "lexicon.json"
GUESSES, LIKENESSES = HERE / "guesses.json", HERE / "likenesses.json"
_BESIDE, _AMONG = 0.15, 0.5
"""What a word counts that records use, beside those that people type, and among those that records use."""
_EVERYDAY = HERE.parents[2] / "directory" / "places" / "data" / "everyday.txt"
_SHORTEST_MENDED = 5


def parts(text: str) -> list[str]:
    """Cut a list that was written as a text at its commas and line ends."""
    found = (" ".join(part.split()) for line in text.splitlines() for part in line.split(","))
    return list(dict.fromkeys(part for part in found if part))


def entries() -> list[dict[str, Any]]:
    """All needs as they were written, lists cut."""
    return [
        {
            "file": path.name,
            "id": entry["id"],
            "label": entry["label"],
            "phrases": parts(entry["phrases"]),
            "welsh": parts(entry.get("welsh", "")),
            "terms": list(dict.fromkeys(map(normalise, parts(entry["terms"])))),
            "words": parts(entry["words"]),
            "near_terms": parts(entry.get("near_terms", entry["words"])),
            "broader": entry.get("broader", []),
        }
        for path in sorted((HERE / "needs").glob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8"))["need"]
    ]


def ambiguous() -> list[dict[str, Any]]:
    """Phrases that lead to several needs."""
    found: list[dict[str, Any]] = data("ambiguous.toml")["phrase"]
    return found


def pairs() -> list[tuple[str, str]]:
    """Every phrase and its need, or its needs."""
    return [
        *((entry["phrase"], TOGETHER.join(entry["needs"])) for entry in ambiguous()),
        *((phrase, entry["id"]) for entry in entries() for phrase in entry["phrases"] + entry["welsh"]),
    ]


def made() -> dict[str, Any]:
    """What the program reads."""
    keys, longest = table(pairs())
    shown = ("id", "label", "terms", "words", "near_terms", "broader")
    said = {word.text for phrase, _ in pairs() for word in words(phrase)}
    return {
        "needs": [{name: entry[name] for name in shown} for entry in entries()],
        "phrases": keys,
        "longest": longest,
        "mended_to": sorted(_worth_mending(said)),
        "known": sorted(said | _plain_words()),
    }


def _worth_mending(said: set[str]) -> set[str]:
    """Words that a misspelt one may be mended to: long enough, small ones too."""
    held = said | set(data("words.toml")["small"].split())
    return {word for word in held if len(word) >= _SHORTEST_MENDED and word.isascii() and word.isalpha()}


def _plain_words() -> set[str]:
    """Words that are right as they stand, from every list there is."""
    texts = [_EVERYDAY.read_text("utf-8"), (HERE / "plain.txt").read_text("utf-8")]
    plain = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    described = [" ".join(entry["terms"]) + " " + entry["label"] for entry in entries()]
    return set(normalise(" ".join((*plain, *described, data("words.toml")["small"]))).split()) | STOP_WORDS


def text() -> str:
    """The file as it is written: one line a part, so that a change is seen."""
    held = made()
    lines = [f'"{name}": {json.dumps(part, ensure_ascii=False)}' for name, part in held.items()]
    return "{" + ",\n".join(lines) + "}\n"


def typed() -> Iterator[tuple[str, str, float]]:
    """What people say and which need they mean by it, with what it counts."""
    for phrase, key in pairs():
        yield from ((phrase, need, 1.0) for need in key.split(TOGETHER))
    yield from _written("said.txt")
    yield from _labels_and_words(_BESIDE)


def described() -> Iterator[tuple[str, str, float]]:
    """What records say, and which need they serve."""
    yield from _written("described.txt")
    yield from _labels_and_words(_AMONG)
    yield from ((text, need, weight * _BESIDE) for text, need, weight in typed())


def _written(name: str) -> Iterator[tuple[str, str, float]]:
    for line in lines(name):
        need, _, said = line.partition(": ")
        yield from ((sentence, need, 1.0) for sentence in said.split(" | "))


def _labels_and_words(weight: float) -> Iterator[tuple[str, str, float]]:
    for entry in entries():
        yield entry["label"], entry["id"], 1.0
        for way in entry["words"]:
            yield from ((word, entry["id"], weight) for word in way.split())


def counts(examples: Iterable[tuple[str, str, float]]) -> str:
    """The counts of their words, as they are written: one line a word or pair."""
    held = dict(sorted(guessing.counted(examples).items()))
    rows = (f"{json.dumps(word, ensure_ascii=False)}: {json.dumps(needs)}" for word, needs in held.items())
    needs = json.dumps(guessing.totals(held))
    return f'{{"needs": {needs},\n"counts": {{\n' + ",\n".join(rows) + "\n}}\n"


def main() -> None:
    """Write the files."""
    MADE.write_text(text(), "utf-8")
    GUESSES.write_text(counts(typed()), "utf-8")
    LIKENESSES.write_text(counts(described()), "utf-8")
    held = made()
    print(f"{len(held['needs'])} needs, {len(held['phrases'])} phrases, {MADE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
