"""`nearby export oruk`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bots.app import open_app
from bots.commands.running import UsageError
from bots.conversation.wording import operator
from directory.publishing.exporting import export_oruk

if TYPE_CHECKING:
    from pathlib import Path

    from bots.settings import Settings


async def run_export(settings: Settings, out: Path, *, public: bool, withdrawn: bool) -> int:
    """Write every service, one line of JSON each, and say how many."""
    async with open_app(settings) as app:
        try:
            count = await export_oruk(app.store, out, public=public, withdrawn=withdrawn)
        except OSError as error:
            raise UsageError("cannot_write", str(out)) from error
    sys.stdout.write(operator.exported(count, str(out)) + "\n")
    return 0
