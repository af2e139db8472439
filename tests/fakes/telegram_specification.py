"""The Bot API's specification, as far as it is at hand: what a request and an answer may hold."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATH = SHARED / "specs" / "telegram" / "telegram-bot-api.json"
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int, "Float": (int, float), "String": str, "Boolean": bool, "True": bool,
}  # fmt: skip


class Specification:
    """Tells what is wrong with a request or an answer: a place and a reason, none where all is right."""

    def __init__(self, path: Path) -> None:
        held = json.loads(path.read_text())
        self._methods, self._types = held["methods"], held["types"]

    def request(self, method: str, params: Mapping[str, Any]) -> list[str]:
        """What is wrong with the parameters of a method."""
        if method not in self._methods:
            return [f"{method}: no such method"]
        return self._fields(self._methods[method].get("fields", []), params, method)

    def answer(self, method: str, result: object) -> list[str]:
        """What is wrong with the result of a method."""
        return self._value(self._methods[method]["returns"], result, f"{method} answers")

    def update(self, update: object) -> list[str]:
        """What is wrong with an update."""
        return self._value(["Update"], update, "update")

    def _fields(self, fields: list[dict[str, Any]], held: Mapping[str, Any], where: str) -> list[str]:
        known = {field["name"]: field for field in fields}
        wrong = [f"{where}.{name}: unknown" for name in held if name not in known]
        wrong += [
            f"{where}.{name}: missing"
            for name, field in known.items()
            if field["required"] and name not in held
        ]
        for name, value in held.items():
            if name in known:
                wrong += self._value(known[name]["types"], value, f"{where}.{name}")
        return wrong

    def _value(self, types: list[str], value: object, where: str) -> list[str]:
        """What is wrong with a value that may be of several types: of the one that fits best."""
        tried = [self._typed(name, value, where) for name in types]
        of_another_type = f"{where}: no "
        return min(
            tried, key=lambda wrong: (bool(wrong) and wrong[0].startswith(of_another_type), len(wrong))
        )

    def _typed(self, name: str, value: object, where: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no list"]
            item = name.removeprefix("Array of ")
            return [
                wrong for n, one in enumerate(value) for wrong in self._value([item], one, f"{where}[{n}]")
            ]
        if name in _PLAIN:
            fits = isinstance(value, _PLAIN[name]) and (name in ("Boolean", "True")) == isinstance(
                value, bool
            )
            return [] if fits else [f"{where}: no {name}"]
        described = self._types[name]
        if "subtypes" in described:
            return self._value(described["subtypes"], value, where)
        if not isinstance(value, dict):
            return [f"{where}: no {name}"]
        return self._fields(described.get("fields", []), value, where)


@cache
def specification() -> Specification | None:
    """The specification; None where it is not at hand."""
    return Specification(PATH) if PATH.exists() else None
