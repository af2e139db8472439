"""A real server with the example records, a real browser, and a council's page on another address."""

from __future__ import annotations

import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.test_serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

    Visit = Callable[..., Page]
    """Opens a page of the website as a visitor with these traits (of Playwright's contexts)."""

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
PATIENCE_MS = 90_000
"""For a busy machine; nothing here is about time."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
NARROW = {"viewport": {"width": 320, "height": 640}}
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the website is."""
    with serving(tmp_path_factory.mktemp("website"), "--examples") as (_, url):
        yield url.replace("localhost", "127.0.0.1")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("NEARBY_REQUIRE_CHROMIUM"):
            pytest.fail("Chromium is required (NEARBY_REQUIRE_CHROMIUM is set) and absent")
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        opened = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    """Open a page; whatever its console or its scripts complain of fails the test, and so does a stranger."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def refuse(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    def opened(path: str = "/chat", **traits: object) -> Page:
        context = browser.new_context(**{"reduced_motion": "reduce"} | PHONE | traits)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: complaints.append(said.text) if _complains(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", refuse)
        page.goto(path if path.startswith("http") else url + path)
        return page

    yield opened
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert (complaints, cookies) == ([], [])


def _complains(said: ConsoleMessage) -> bool:
    """What could not be loaded is for those tests to see that make it so."""
    return said.type in ("error", "warning") and not said.text.startswith("Failed to load resource")


@pytest.fixture(scope="module")
def council(url: str) -> Iterator[str]:
    """A council's page with the widget on it, under a policy that allows the widget's address and no more."""
    policy = (
        f"default-src 'none'; style-src 'self'; script-src {url}; connect-src {url}; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = "council.css" if self.path.endswith(".css") else "council.html"
            content = (HERE / name).read_text().replace("WIDGET", f"{url}/widget.js").encode()
            self.send_response(200 if self.path in ("/", "/council.css") else 404)
            self.send_header("Content-Type", f"text/{name[8:]}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()
