"""The web application over a real store and the real delivery, called with no socket."""

from __future__ import annotations

import subprocess
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from bots.app import open_app
from bots.channels.web import WebChannel
from bots.delivery.delivery import delivery
from bots.settings import Settings
from bots.web.application import web_app
from bots.web.figures import figures, ready
from bots.web.mailbox import Mailbox
from bots.web.measures import Measures
from bots.web.rooms import Rooms
from bots.web.site import Site
from bots.web.timing import Timed
from directory.examples import PUBLISHER, SERVICES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from bots.app import App

KEY = "example-key-of-at-least-32-characters"


@dataclass(frozen=True)
class Website:
    """A browser without JavaScript or a script without a page, and what stands behind."""

    client: httpx.AsyncClient
    app: App

    async def say(self, text: str = "", **more: object) -> dict[str, Any]:
        """Post as the script does; gives what comes back, whatever the status."""
        answered = await self.client.post("/chat", json={"text": text, **more})
        back = answered.json()
        assert isinstance(back, dict)
        return back | {"status": answered.status_code}

    async def form(self, **fields: str) -> httpx.Response:
        """Post as a page without JavaScript does."""
        return await self.client.post("/chat", data=fields)


def fill(database_url: str) -> None:
    """Put the example records in, as an operator would."""
    command = [sys.executable, "-c", "from bots.cli import main; main()", "import", str(SERVICES)]
    environment = {"DATABASE_URL": database_url, "PATH": "", "PYTHONPATH": "."}
    subprocess.run([*command, "--publisher", PUBLISHER], check=True, capture_output=True, env=environment)


@asynccontextmanager
async def website(database_url: str, clock: Callable[[], datetime], **site: Any) -> AsyncIterator[Website]:
    """The application over a store that exists; `site` replaces parts of what the routes are given."""
    settings = Settings(_env_file=None, database_url=database_url, secret_key=KEY, identity_key=KEY)  # type: ignore[call-arg]
    async with open_app(settings) as opened:
        measures = Measures()
        app = replace(opened, search=Timed(opened.search, measures))
        whole = delivery(app.store, app.keys(), [WebChannel()], app.ports, clock, noted=measures.settled)
        given = Site(
            mailbox=Mailbox(whole),
            rooms=Rooms(KEY),
            clock=clock,
            measures=measures,
            ready=partial(ready, app.store),
            figures=lambda: figures(app.store, measures, clock()),
        )
        transport = httpx.ASGITransport(web_app(replace(given, **site)))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield Website(client, app)


def texts(value: object) -> list[str]:
    """Every text of a rendered answer that is for people, in order."""
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in ("first", "text", "label") if isinstance(value.get(key), str)]
    return own + [text for one in value.values() for text in texts(one)]


def example_store(folder: Path) -> Path:
    """A SQLite file with the example records."""
    path = folder / "examples.db"
    fill(f"sqlite:///{path}")
    return path
