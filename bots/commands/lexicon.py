"""`nearby lexicon check`: what of the directory no everyday words lead to."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from bots.app import open_app
from bots.conversation.coverage import Coverage
from bots.conversation.wording import operator
from directory.feeds.filing import filed

if TYPE_CHECKING:
    from bots.settings import Settings

SHOWN: Final = 50
"""Terms, and names of services, in a report for people."""


async def run_lexicon_check(settings: Settings, *, as_json: bool) -> int:
    """Count the terms and services that no need leads to, the most frequent first."""
    coverage = Coverage()
    async with open_app(settings) as app:
        async for service in filed(app.store):
            coverage.add(service.name, service.description, service.terms)
    for line in _json(coverage) if as_json else _lines(coverage):
        sys.stdout.write(line + "\n")
    return 0


def _lines(coverage: Coverage) -> list[str]:
    if not coverage.services:
        return [operator.EMPTY_STORE]
    names = [name for name, _ in coverage.names.most_common(SHOWN)]
    terms = coverage.terms.most_common(SHOWN)
    return operator.lexicon_report(coverage.services, coverage.without, terms, names)


def _json(coverage: Coverage) -> list[str]:
    rows: list[dict[str, object]] = [{"services": coverage.services, "without_need": coverage.without}]
    rows += [{"term": name, "services": count} for name, count in coverage.terms.most_common()]
    rows += [{"service": name, "count": count} for name, count in coverage.names.most_common()]
    return [json.dumps(row, ensure_ascii=False) for row in rows]
