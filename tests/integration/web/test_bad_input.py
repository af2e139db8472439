"""Whatever is sent: no failure, a sentence that says what to do, and all foreign text comes out as text."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bots.channels.web.rendering import answer
from bots.conversation.message import Answer, Choice, Kind, Understood
from bots.conversation.wording import web as words
from bots.conversation.wording.foreign import one_line
from bots.web import pages
from bots.web.guarding import HEADERS
from bots.web.reading import FORM, JSON, MOST_BYTES
from tests.fakes.directory import hit
from tests.fakes.website import Website, website

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bots.channels.port import Event
    from tests.integration.web.conftest import Clock

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
FUZZED = 10_000


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"text=hello", 415),
        ("", b"text=hello", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/xml", b"<text/>", 415),
        (JSON, b"", 400),
        (JSON, b"{", 400),
        (JSON, b"[]", 400),
        (JSON, b'"text"', 400),
        (JSON, b"[" * 60_000, 400),
        (JSON, b'{"text": 1}', 400),
        (JSON, b'{"text": "\xff"}', 400),
        (JSON, b'{"text": "\\ud800"}', 400),
        (JSON, b'{"text": "hello", "location": [91, 0]}', 400),
        (JSON, b'{"text": "hello", "location": [NaN, 0]}', 400),
        (JSON, b'{"text": "hello", "location": [1e999, 0]}', 400),
        (JSON, b'{"text": "hello", "location": "here"}', 400),
        (JSON, b'{"text": "hello", "nonce": "a b"}', 400),
        (JSON, b'{"text": "hello", "nonce": "a\\n"}', 400),
        (JSON, b'{"choice": "' + b"x" * 65 + b'"}', 400),
        (JSON, b'{"room": "' + b"x" * 301 + b'"}', 400),
        (JSON, b'{"text": "' + b"x" * 4097 + b'"}', 413),
        (JSON, b'{"text": "' + b"x" * MOST_BYTES + b'"}', 413),
        (FORM, b"text=" + b"x" * 4097, 413),
        (FORM, b"&".join(b"a=b" for _ in range(1000)), 400),
        (FORM, b"nonce=%00", 400),
        (FORM, b"text=%FF%FE", 200),
        (FORM, b"text=" + "😀".encode() * 4096, 200),
        (FORM, b"text=" + b"%F0%9F%98%80" * 4096, 200),
        (FORM, b"\x00\xff&&==;", 200),
        (FORM, b"", 200),
        (f"{JSON}; charset=utf-8", b'{"text": "hello", "unknown": {"deep": [1]}}', 200),
    ],
)
async def test_what_can_not_be_read_is_refused_in_a_sentence(
    site: Website, kind: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answered = await site.client.post("/chat", content=body, headers=headers)
    assert answered.status_code == status
    if kind.startswith(JSON) and status != 200:
        assert answered.json()["problem"] in words.PROBLEMS.values()
        assert answered.headers["access-control-allow-origin"] == "*"
    elif status != 200:
        assert any(sentence in answered.text for sentence in words.PROBLEMS.values())
    assert all(answered.headers[name] == value for name, value in HEADERS.items())


async def test_a_body_that_never_ends_is_not_read_to_its_end(site: Website) -> None:
    """It names no length, and is refused as soon as it is too long."""
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 1024

    answered = await site.client.post("/chat", content=endless(), headers={"Content-Type": FORM})
    assert answered.status_code == 413
    assert read < 100


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
async def test_other_methods_and_other_paths_are_no_failure(site: Website, method: str) -> None:
    assert (await site.client.request(method, "/chat")).status_code == 405
    for path in ("/nothing", "/chat/", "/static/", "/%00", "/..%2f..%2fetc%2fpasswd", "/static/%2e%2e"):
        answered = await site.client.request(method, path)
        assert answered.status_code in (404, 405, 307)


async def test_a_store_that_is_gone_is_said_and_may_come_back(examples_url: str, clock: Clock) -> None:
    class Gone:
        async def put(self, event: Event) -> None:
            raise OperationalError(str(event.payload), {}, Exception(event.conversation))

    async with website(examples_url, clock, mailbox=Gone()) as site:
        with structlog.testing.capture_logs() as lines:
            back = await site.say("I live at 1 Example Road")
        assert (back["status"], back["problem"]) == (503, words.PROBLEMS["late"])
    assert [line["event"] for line in lines] == ["request_failed", "request"]
    assert "Example Road" not in str(lines)


async def test_a_fault_of_ours_is_a_page_too(examples_url: str, clock: Clock) -> None:
    class Broken:
        async def put(self, event: Event) -> None:
            raise ValueError(event.payload)

    async with website(examples_url, clock, mailbox=Broken()) as site:
        with structlog.testing.capture_logs() as lines:
            answered = await site.form(text="I live at 1 Example Road")
        assert answered.status_code == 500
        assert words.PROBLEMS["broken"] in answered.text
        assert answered.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert (lines[0]["error"], lines[0]["where"].split(":")[0]) == ("ValueError", "bots.web.chat._asked")
    assert "Example Road" not in str(lines)


async def test_ten_thousand_fuzzed_posts_break_nothing(site: Website, clock: Clock) -> None:
    """Most are refused, some are read; each gets an answer, and none a failure."""
    chance = random.Random(20261122)
    statuses: Counter[int] = Counter()
    for _ in range(FUZZED):
        clock.on(seconds=1)
        kind, body = _fuzzed(chance)
        answered = await site.client.post("/chat", content=body, headers={"Content-Type": kind})
        statuses[answered.status_code] += 1
        if answered.headers["content-type"].startswith("application/json"):
            answered.json()
    assert set(statuses) <= {200, 400, 413, 415}
    assert statuses[200] > 500
    assert statuses[400] > 2000


_PIECES = (
    "library se24", "more", "1", "\x00", "\ud83d\ude00", "'; DROP TABLE event; --", "<script>",
    "{{7*7}}", "${jndi:x}", "%s%n", "../../etc", "\u202e", "a" * 5000, "/forget", "/settings home", "/mydata",
    "start again", "-1", "1e400", "null", "\r\nSet-Cookie: a=b", "\ufdfa", "\U0001f3f4\U000e0067", "",
)  # fmt: skip


def _fuzzed(chance: random.Random) -> tuple[str, bytes]:
    """A post that is nearly right, or not at all."""
    kind = chance.choice((JSON, JSON, JSON, FORM, FORM, "text/html", "application/json;x=\x7f"))
    if chance.random() < 0.3:
        return kind, chance.randbytes(chance.randrange(200))
    said = {
        chance.choice(("text", "choice", "room", "nonce", "location", "x")): _value(chance, 2)
        for _ in range(chance.randrange(5))
    }
    if kind == FORM:
        body = "&".join(f"{key}={value}" for key, value in said.items()).encode("utf-8", "replace")
    else:
        body = json.dumps(said).encode()
    if chance.random() < 0.5:
        return kind, body
    return kind, _mutated(chance, body)


def _value(chance: random.Random, depth: int) -> object:
    if depth and chance.random() < 0.2:
        return [_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    if chance.random() < 0.2:
        return chance.choice((None, True, 0, -1, 1.5, 10**30, {"a": 1}))
    return "".join(chance.choices(_PIECES, k=chance.randrange(1, 3)))


def _mutated(chance: random.Random, body: bytes) -> bytes:
    """The same with some of its bytes changed, taken out or doubled."""
    changed = bytearray(body)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.randrange(4)] = chance.choice(
            (b"", b"\xff", b"{", b'"', chance.randbytes(3))
        )
    return bytes(changed)


class _Seen(HTMLParser):
    """What a browser makes of a page: its tags, their attributes, and the text of the talk."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _seen(page: str) -> _Seen:
    seen = _Seen()
    seen.feed(page)
    seen.close()
    return seen


HOSTILE = st.text() | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "</p>",
        "{{ 7*7 }}",
        "&lt;",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_record_or_a_person_says_comes_out_as_text(
    name: str, about: str, url: str, said: str
) -> None:
    """The page has the very tags that it has for harmless texts, and says the others letter by letter."""
    plain = _page("Name", "About", "https://example.org", "Said")
    seen = _seen(_page(name, about, url, said))
    harmless = _seen(plain)
    scripts = [attributes.get("src") for tag, attributes in seen.tags if tag == "script"]
    assert scripts == [attributes.get("src") for tag, attributes in harmless.tags if tag == "script"]
    assert {tag for tag, _ in seen.tags} <= {tag for tag, _ in harmless.tags}
    known = {(tag, key) for tag, attributes in harmless.tags for key in attributes}
    assert {(tag, key) for tag, attributes in seen.tags for key in attributes} <= known
    for tag, attributes in seen.tags:
        if tag == "a":
            assert (attributes["href"] or "").startswith(("/", "#", "tel:", "https:", "http:"))
    flat = " ".join(seen.text.split())
    assert " ".join(one_line(name).split()) in flat
    assert " ".join(said.split()) in flat


def _page(name: str, about: str, url: str, said: str) -> str:
    club = hit(
        "c", name, description=about, url=url, eligibility=about, organization=name, distance_m=644,
        address=about, phone="020 7946 0259", lat=51.5, lon=0.0, alert=name, cost_text=about,
    )  # fmt: skip
    found = Answer(
        Kind.RESULTS,
        Understood(name, about),
        results=(club, club),
        apart=(club,),
        choices=(Choice(name, about),),
    )
    body = answer(found, NOW, LONDON)
    return pages.chat(room="r", nonce="n", said=said, bodies=[body])
