"""Log lines as data, without personal details: numbers, and texts only under names that never hold any."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

TEXTS: Final = frozenset(
    {
        "channel", "code", "dialect", "error", "event", "kind", "lease", "level", "logger", "reason", "role",
        "roles", "route", "state", "task", "timestamp", "version", "where",
    }
)  # fmt: skip
"""Names whose texts are codes and names of ours. What stands under any other name is not written."""
LONGEST: Final = 120


def nothing_personal(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Leave out every text that might be somebody's, and say under which names it stood."""
    kept: EventDict = {}
    left_out = []
    for name, value in line.items():
        if value is None or isinstance(value, (bool, int, float)):
            kept[name] = value
        elif name in TEXTS and isinstance(value, str):
            kept[name] = value[:LONGEST]
        else:
            left_out.append(name)
    if left_out:
        kept["left_out"] = sorted(left_out)
    return kept


def configure(level: int) -> None:
    """Write lines of JSON to standard error, and those of libraries in the same form.

    Args:
        level: of `logging`; of libraries only warnings are shown, by their place and not their words.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            nothing_personal,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Libraries()], force=True)


class _Libraries(logging.Handler):
    """Libraries' warnings: which, where and of what sort. Their words may hold an address or a token."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().warning(
            "library_warning", logger=record.name, where=f"{record.module}:{record.lineno}", error=error
        )
