"""`nearby serve` as an operator runs it: a real process, a real port, and signals."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NEARBY = (sys.executable, "-c", "from bots.cli import main; main()")


@contextmanager
def serving(folder: Path, *options: str, **setting: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a port of its own, with where it says that it is; killed at the end if it still runs."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEARBY")}
    environment |= {"DATABASE_URL": "sqlite:///nearby.db", "PYTHONPATH": str(Path.cwd())} | setting
    with subprocess.Popen(
        [*NEARBY, "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            found = re.search(r"https?://\S+", said)
            yield process, found[0] if found else said
        finally:
            process.kill()


def port_of(process: subprocess.Popen[str]) -> int:
    """The port that the log names."""
    assert process.stderr
    for line in process.stderr:
        if '"serving"' in line:
            return int(json.loads(line)["port"])
    raise AssertionError


def until_nobody_listens(url: str) -> None:
    """Ask until nobody takes the call."""
    try:
        while True:
            httpx.get(f"{url}/healthz", timeout=60)
    except httpx.TransportError:
        return


def test_a_fresh_machine_has_a_chat_that_answers_and_stops_when_told_to(tmp_path: Path) -> None:
    with serving(tmp_path, "--examples") as (process, url):
        answered = httpx.post(f"{url}/chat", data={"text": "library se24"}, timeout=30)
        assert "(example)" in answered.text
        assert httpx.get(f"{url}/readyz", timeout=60).json() == {
            "ready": True,
            "parts": {"store": True, "version": True},
        }
        figures = httpx.get(f"{url}/metrics", timeout=60).text
        assert 'nearby_events_total{channel="web"} 1.0' in figures
        assert 'nearby_answers_total{channel="web",kind="results"} 1.0' in figures
        assert 'nearby_answer_seconds_count{channel="web"} 1.0' in figures
        assert "nearby_search_seconds_count" in figures
        assert 'nearby_notices{channel="web",state="queued"} 1.0' in figures
        assert 'nearby_feed_age_seconds{feed="1"}' in figures
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert process.stderr
        log = process.stderr.read()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert lines[-1]["event"] == "stopped"
    assert "se24" not in log


def test_what_is_being_answered_when_it_is_told_to_stop_is_finished(tmp_path: Path) -> None:
    """The body of a message arrives after the signal, and its answer is still given."""
    with serving(tmp_path, "--examples") as (process, url):
        address = httpx.URL(url)
        body = b"text=library+se24"
        with socket.create_connection((address.host, address.port or 80)) as line:
            head = f"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
            line.sendall(
                head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body[:5]
            )
            assert httpx.get(f"{url}/healthz", timeout=60).text == "ok\n"
            process.send_signal(signal.SIGTERM)
            until_nobody_listens(url)
            line.sendall(body[5:])
            answered = b"".join(iter(lambda: line.recv(65536), b""))
        assert b"200 OK" in answered
        assert b"(example)" in answered
        assert process.wait(timeout=30) == 0


def test_figures_ask_for_their_token_and_are_closed_to_the_public(tmp_path: Path) -> None:
    public = {"PUBLIC_URL": "https://nearby.example.org"}
    with serving(tmp_path, METRICS_TOKEN="m" * 20, **public) as (process, url):
        assert url == "https://nearby.example.org"
        here = f"http://127.0.0.1:{port_of(process)}"
        assert httpx.get(f"{here}/metrics", timeout=60).status_code == 404
        for wrong in ("m" * 20, "Bearer x", "Bearer é"):
            headers = {b"Authorization": wrong.encode()}
            assert httpx.get(f"{here}/metrics", timeout=60, headers=headers).status_code == 404
        good = httpx.get(f"{here}/metrics", timeout=60, headers={"Authorization": f"Bearer {'m' * 20}"})
        assert "nearby_requests_total" in good.text
        assert "max-age" in httpx.get(f"{here}/chat", timeout=60).headers["strict-transport-security"]
    with serving(tmp_path, **public) as (process, _):
        assert httpx.get(f"http://127.0.0.1:{port_of(process)}/metrics", timeout=60).status_code == 404


def test_the_word_of_a_trusted_proxy_is_believed_and_nobody_elses(tmp_path: Path) -> None:
    """Visitors whom a trusted proxy names are counted apart; whom anybody else names are counted as one."""
    with serving(tmp_path, TRUSTED_PROXIES="127.0.0.1") as (_, url):
        assert set(_visits(url, 180)) == {200}
    with serving(tmp_path, TRUSTED_PROXIES="192.0.2.1") as (_, url):
        assert 429 in _visits(url, 3_000)


def _visits(url: str, most: int) -> Iterator[int]:
    """The status that each of many visitors gets, eight at a time."""
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(8) as pool:
        for first in range(0, most, 8):
            ask = partial(_visit, client, url)
            yield from pool.map(ask, range(first, first + 8))


def _visit(client: httpx.Client, url: str, number: int) -> int:
    named = {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}
    return client.post(f"{url}/chat", headers=named, json={}).status_code


@pytest.mark.parametrize(
    ("options", "setting", "said"),
    [
        (["--roles", "web,sweeper"], {}, "sweeper is not a role"),
        (["--host", "no.such.host.invalid"], {}, "--host 127.0.0.1"),
        ([], {"PUBLIC_URL": "http://nearby.example.org"}, "PUBLIC_URL"),
        ([], {"TRUSTED_PROXIES": "everybody"}, "TRUSTED_PROXIES"),
        ([], {"TELEGRAM_BOT_TOKEN": "my token"}, "TELEGRAM_BOT_TOKEN"),
        ([], {"TELEGRAM_WEBHOOK_SECRET": "short"}, "TELEGRAM_WEBHOOK_SECRET"),
        ([], {"TELEGRAM_API_URL": "telegram"}, "TELEGRAM_API_URL"),
        ([], {"SECRET_KEY": "short", "IDENTITY_KEY": "short"}, "SECRET_KEY"),
    ],
)
def test_what_can_not_be_used_is_said_in_a_sentence(
    tmp_path: Path, options: list[str], setting: dict[str, str], said: str
) -> None:
    with serving(tmp_path, *options, **setting) as (process, _):
        assert process.wait(timeout=30) == 2
        assert process.stderr
        errors = process.stderr.read()
    assert said in errors
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with serving(tmp_path, "--port", str(other.getsockname()[1])) as (process, _):
            assert process.wait(timeout=30) == 2
            assert process.stderr
            assert "--port 8001" in process.stderr.read()
