"""Every sentence of the program is short and easy: reading age 9, measured with no more than a count."""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from bots.conversation import lexicon
from bots.conversation.wording import card, english, facts, hours, talk, terminal, web

if TYPE_CHECKING:
    from types import ModuleType

MOST_WORDS = 20
HIGHEST_GRADE = 4.5
"""Flesch-Kincaid: the school year in America, whose fourth is for those aged nine and ten."""
ENOUGH = 8
"""Words from which on the grade says something; what is shorter has no long word, and that is all."""
LONGEST = 4
"""Syllables of a word."""
_VOWELS = re.compile(r"[aeiouy]+")
_UNUSUAL = {"people": 2, "something": 2, "someone": 2, "somewhere": 2, "library": 3, "online": 2, "please": 1}


def syllables(word: str) -> int:
    """About how many a word has."""
    if word in _UNUSUAL:
        return _UNUSUAL[word]
    count = len(_VOWELS.findall(word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or re.search(r"[^td]ed$", word)
    return max(1, count - bool(silent))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text."""
    sentences = [words(one) for one in split(text) if words(one)]
    flat = [word for sentence in sentences for word in sentence]
    return 0.39 * len(flat) / len(sentences) + 11.8 * sum(map(syllables, flat)) / len(flat) - 15.59


def words(text: str) -> list[str]:
    """Its words; numbers and examples count as none."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", re.sub(r'"[^"]*"|https?:\S+|\S*\d\S*', "", text.lower()))


def split(text: str) -> list[str]:
    """Its sentences."""
    return [part for part in re.split(r"[.!?:\n]+", text) if part.strip()]


def written(module: ModuleType) -> list[str]:
    """The sentences that stand within the functions of a module, names put in."""
    tree = ast.parse(inspect.getsource(module))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = []
    for node in ast.walk(tree):
        if id(node) in docs or id(node) in inner:
            continue
        if isinstance(node, ast.JoinedStr):
            found.append(
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "Leeds" for part in node.values
                )
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return [text for text in found if len(words(text)) > 3]


def sentences() -> list[str]:
    """Every text that is said as it stands, or with a name put in."""
    crisis = lexicon.data("crisis.toml")["lines"].values()
    return [
        talk.HELP,
        *talk.TOPICS.values(),
        *talk.CRISIS.values(),
        talk.CRISIS_ELSE,
        talk.NEAR_YOU,
        talk.BESIDE,
        talk.REPORT,
        talk.COUNCIL,
        terminal.WELCOME,
        *(
            text
            for text in vars(web).values()
            if isinstance(text, str) and text != web.__doc__ and " " in text
        ),
        *web.PROBLEMS.values(),
        *(f"{line['how']} {line['about']}." for line in crisis),
        *(text for module in (english, card, facts, hours) for text in written(module)),
    ]


@pytest.mark.parametrize("text", sentences())
def test_is_easy_to_read(text: str) -> None:
    """A nine-year-old can read it, and no sentence is long."""
    bare = re.sub(r"\{\w+\}", "Leeds", text)
    if len(words(bare)) >= ENOUGH:
        assert grade(bare) <= HIGHEST_GRADE
    assert max(map(syllables, words(bare))) <= LONGEST
    assert all(len(words(part)) <= MOST_WORDS for part in split(bare))


def test_the_measure_tells_hard_from_easy() -> None:
    """Else it would hold nothing."""
    assert grade("Tell me what you need and where.") < 2
    assert grade("Eligibility is subject to a comprehensive assessment of individual circumstances.") > 10
