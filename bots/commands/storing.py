"""`nearby db upgrade`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bots.app import upgrade_store
from bots.conversation.wording import operator
from directory.store.engine import StoreError, connect
from directory.store.upgrade import version

if TYPE_CHECKING:
    from bots.settings import Settings


async def run_upgrade(settings: Settings) -> int:
    """Bring the tables, and the search tables with them, up to this program's version."""
    store = connect(settings.database_url)
    try:
        found = await version(store)
        if found.state == "newer":
            raise StoreError("newer")
        await upgrade_store(store)
    finally:
        await store.close()
    sys.stdout.write(operator.UPGRADED.format(head=found.head) + "\n")
    return 0
