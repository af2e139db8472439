"""What the tests stand on: databases of both kinds, and the shared material where there is some."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# No test depends on timing. In CI the examples are the same each time; new ones are found at the desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: packed ones hold the time of day, and every worker must collect the same names."""
    return argname if isinstance(val, bytes) else None


SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SERVER = os.environ.get("NEARBY_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with shared specifications, data and feeds; the test is skipped where it is absent."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("NEARBY_REQUIRE_SHARED"):
        pytest.fail("../shared is required (NEARBY_REQUIRE_SHARED is set) and absent")
    pytest.skip("needs the material in ../shared")


def _without_postgres(why: str) -> None:
    if os.environ.get("NEARBY_REQUIRE_POSTGRES"):
        pytest.fail(f"PostgreSQL is required (NEARBY_REQUIRE_POSTGRES is set): {why}")
    pytest.skip(f"needs a PostgreSQL server with PostGIS at {SERVER}: {why}")


@pytest.fixture(scope="session")
def _postgres_template() -> Iterator[str]:
    """One database with the extensions, copied for each test that asks for a fresh one."""
    name = f"nearby_template_{uuid.uuid4().hex[:12]}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        _without_postgres(type(error).__name__)
        raise
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            with psycopg.connect(SERVER.rsplit("/", 1)[0] + f"/{name}", autocommit=True) as fresh:
                fresh.execute("CREATE EXTENSION postgis")
                fresh.execute("CREATE EXTENSION btree_gist")
        except psycopg.Error as error:
            server.execute(f'DROP DATABASE "{name}"')
            _without_postgres(f"no PostGIS ({type(error).__name__})")
        yield name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgres_url(_postgres_template: str) -> Iterator[str]:
    """A fresh, empty PostgreSQL database with PostGIS and btree_gist, dropped afterwards."""
    name = f"nearby_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_postgres_template}"')
        yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'nearby.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on each engine."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url
