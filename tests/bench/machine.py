"""What the figures were made on: without it they mean nothing later."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path


def describe() -> dict[str, str | int]:
    """CPU, cores, memory and versions."""
    return {
        "cpu": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_mb": memory_kb("/proc/meminfo", "MemTotal") // 1024,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def postgres_versions(url: str) -> dict[str, str]:
    """Versions of the server and of PostGIS, or nothing where there is no server."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=5) as server:
            found = server.execute(
                "SELECT current_setting('server_version'), default_version"
                " FROM pg_available_extensions WHERE name = 'postgis'"
            ).fetchone()
    except psycopg.OperationalError:
        return {}
    return {"postgresql": str(found[0]), "postgis": str(found[1])} if found else {}


def memory_kb(path: str, name: str) -> int:
    """A figure that the system gives in kB, such as `VmHWM` in `/proc/self/status`; 0 where it has none."""
    digits = _field(path, name).removesuffix("kB").strip()
    return int(digits) if digits.isdigit() else 0


def _field(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
