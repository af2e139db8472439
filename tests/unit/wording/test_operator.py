"""Every trouble that the directory can name has a sentence that says what to do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bots.conversation.wording import operator

ROOT = Path(__file__).resolve().parents[3] / "directory"
CATALOGUES = {
    "SourceError": operator.SOURCE,
    "Problem": operator.SOURCE,
    "StoreError": operator.STORE,
    "Rejected": operator.REASONS,
    "Unusable": operator.REASONS,
    "Finding": operator.REASONS,
    "LoadError": operator.USAGE,
}


def _codes() -> list[tuple[str, str]]:
    """(error, code) for each place in the directory where one is made of a literal."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                place = 1 if node.func.id == "Finding" else 0
                code = node.args[place] if len(node.args) > place else None
                if node.func.id in CATALOGUES and isinstance(code, ast.Constant):
                    found.add((node.func.id, str(code.value)))
    return sorted(found)


def test_there_are_codes_to_look_at() -> None:
    assert len(_codes()) > 30


@pytest.mark.parametrize(("error", "code"), _codes())
def test_a_code_has_its_sentence(error: str, code: str) -> None:
    assert code in CATALOGUES[error]


@pytest.mark.parametrize("catalogue", [operator.SOURCE, operator.STORE, operator.USAGE])
def test_a_sentence_can_be_said(catalogue: dict[str, str]) -> None:
    for code in catalogue:
        said = operator.say(catalogue, code, "this {brace} thing")
        assert "{detail}" not in said
        assert said[-1] in ".;" or said.endswith(("upgrade", "thing", "thing;"))


def test_an_unknown_code_is_still_said_in_words() -> None:
    assert operator.say(operator.SOURCE, "quite_new", "here") == "quite new (here)"
