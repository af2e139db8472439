"""Runs a command: settings in, an exit code out, and every known trouble said in a sentence."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec

from pydantic import ValidationError

from bots.conversation.wording import operator
from bots.settings import KeysError, Settings
from directory.store.engine import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

P = ParamSpec("P")

UNUSABLE: Final = 2
"""Exit code for settings, a store or an argument that can't be used."""


class UsageError(Exception):
    """An argument that can't be used: a code, and what was given."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code and what was given."""
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def run(
    command: Callable[Concatenate[Settings, P], Coroutine[None, None, int]],
    *args: P.args,
    **options: P.kwargs,
) -> int:
    """Give the command its settings and run it to its end; gives the exit code."""
    try:
        return asyncio.run(command(Settings(), *args, **options))
    except ValidationError as error:
        names = ", ".join(str(part["loc"][0]).upper() for part in error.errors())
        return _fail(operator.BAD_SETTING.format(names=names))
    except StoreError as error:
        return _fail(operator.say(operator.STORE, error.code, error.detail))
    except KeysError as error:
        return _fail(operator.say(operator.KEYS, error.code, error.detail))
    except UsageError as error:
        return _fail(operator.say(operator.USAGE, error.code, error.detail))
    except KeyboardInterrupt:
        return 130


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return UNUSABLE
