"""CSV files as operators have them: one file, a folder, or a zip, read line by line and never unpacked."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from contextlib import closing
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

MOST_FILES = 5_000
MOST_BYTES = 8 << 30
"""Of one file, unpacked: ONSPD is 1.5 GB, OS Open Names 1 GB in 800 files."""
MOST_RATIO = 200
"""Compressed more tightly than this, and large, it is a trap rather than a table."""
SUFFIXES = (".csv", ".txt", ".csv.gz")
LONGEST_LINE = 64 << 10


class LoadError(Exception):
    """A file that can't be loaded.

    `code`: `not_found`, `bad_archive`, `too_large`, `not_recognised`; `detail`: which file.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code and the file."""
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def tables(path: Path) -> Generator[tuple[str, Iterator[list[str]]], None, None]:
    """Name and rows of each table at a path; read them before the next, and close the whole.

    Raises:
        LoadError: nothing is there, or the archive is broken or dangerous.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*"))[:MOST_FILES]:
            if file.is_file() and file.name.lower().endswith(SUFFIXES):
                yield from tables(file)
    elif not path.is_file():
        raise LoadError("not_found", str(path))
    elif zipfile.is_zipfile(path):
        yield from zipped(path)
    else:
        with unpacked(path) as stream, closing(rows(stream, path.name)) as found:
            yield path.name, found


def unpacked(path: Path) -> IO[bytes]:
    """A file for reading, unpacked as it is read where it is a `.gz`."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def zipped(path: Path) -> Generator[tuple[str, Iterator[list[str]]], None, None]:
    """The tables within a zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [it for it in archive.infolist() if it.filename.lower().endswith((".csv", ".txt"))]
            for member in members[:MOST_FILES]:
                if member.file_size > max(MOST_RATIO * member.compress_size, 64 << 20):
                    raise LoadError("too_large", member.filename)
                with archive.open(member) as stream, closing(rows(stream, member.filename)) as found:
                    yield member.filename, found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise LoadError("bad_archive", path.name) from error


def rows(stream: IO[bytes], name: str) -> Generator[list[str], None, None]:
    """Fields of each line that has any; letters that are not UTF-8 are replaced."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        with text:
            yield from filter(None, csv.reader(bounded(text, name)))
    except (EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise LoadError("bad_archive", name) from error
    except csv.Error as error:
        raise LoadError("not_recognised", name) from error


def bounded(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Lines, stopping at what is too much of them."""
    read = 0
    while line := text.readline(LONGEST_LINE):
        read += len(line)
        if len(line) == LONGEST_LINE or read > MOST_BYTES:
            raise LoadError("too_large", name)
        yield line
