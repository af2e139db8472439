"""Writing the whole directory to a file, one service a line: for its operator, or for everybody."""

from __future__ import annotations

import asyncio
import gzip
import os
import zlib
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import sqlalchemy as sa

from directory.feeds.tables import publication
from directory.hsds import canonical
from directory.publishing.public import public as as_public

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from directory.store.engine import Store

_BATCH: Final = 500
"""Services read and written at a time."""


async def export_oruk(store: Store, out: Path, *, public: bool = False, withdrawn: bool = False) -> int:
    """Write every service to `out`, and give back how many; compressed where its name ends in `.gz`.

    As published, each whole (v1 as v1); with `public` as v3, without what may not be published. What
    was withdrawn comes only with `withdrawn`. The file appears when it is complete, in the place of
    one that was there before. Raises OSError where it can't be written.
    """
    count = 0
    with _replacing(out, 0o666 if public else 0o600) as file:
        async with store.read() as connection:
            last = 0
            while rows := (await connection.execute(_page(last, withdrawn=withdrawn))).all():
                await asyncio.to_thread(_write, file, rows, public=public)
                count += len(rows)
                last = rows[-1].key
    return count


def _page(last: int, *, withdrawn: bool) -> sa.Select[Any]:
    """The services after key `last`."""
    table = publication.c
    page = sa.select(table.key, table.profile, table.body).where(table.key > last)
    if not withdrawn:
        page = page.where(table.withdrawn_at.is_(None))
    return page.order_by(table.key).limit(_BATCH)


def _write(file: BinaryIO, rows: Sequence[sa.Row[Any]], *, public: bool) -> None:
    for row in rows:
        written = zlib.decompress(row.body)
        if public:
            document = as_public(canonical.loads(written), as_v1=row.profile == "v1")
            written = canonical.dumps(document)
        file.write(written + b"\n")


@contextmanager
def _replacing(out: Path, mode: int) -> Iterator[BinaryIO]:
    """A file beside `out` that takes its place when all went well, and is gone when not."""
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with ExitStack() as stack:
            plain = stack.enter_context(
                os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb")
            )
            file: BinaryIO = plain
            if out.suffix == ".gz":
                packed = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=plain, mtime=0)
                file = cast("BinaryIO", stack.enter_context(packed))
            yield file
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
