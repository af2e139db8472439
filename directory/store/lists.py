"""A list as one bound value, so that a statement stays the same however long the list is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def among(dialect: str, column: str, name: str = "among") -> str:
    """SQL: the column is one of the values bound as `:name`, which `listed` makes."""
    if dialect == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:{name}))"
    return f"{column} = ANY(:{name})"


def listed(dialect: str, values: Collection[int] | Collection[str]) -> str | list[int | str]:
    """The values in the form in which `among` takes them; not empty, PostgreSQL wants a type."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)
