"""Recognises what a source is, by its content rather than its name."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from directory.feeds.sources.source import SourceError, SourceOptions

if TYPE_CHECKING:
    from directory.feeds.sources.source import Source

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


async def open_source(source: str, options: SourceOptions | None = None) -> Source:
    """Open a feed: the address of an ORUK API, a file or folder of JSON, or a tabular package.

    Raises SourceError.
    """
    options = options or SourceOptions()
    if _SCHEME.match(source):
        from directory.feeds.sources.api import open_api  # noqa: PLC0415  httpx is slow to load

        return await open_api(source, options)
    return await asyncio.to_thread(_open_path, source, options)


def _open_path(source: str, options: SourceOptions) -> Source:
    try:
        path = Path(source).expanduser().resolve(strict=True)
        path = path.parent if path.name == "datapackage.json" else path
        return _open_folder(path, options) if path.is_dir() else _open_file(path, options)
    except FileNotFoundError as error:
        raise SourceError("not_found", source) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError("unreadable_file", source) from error


def _open_file(path: Path, options: SourceOptions) -> Source:
    if not path.is_file():
        raise SourceError("unreadable_file", str(path))  # a pipe or a device would never end
    with path.open("rb") as file:
        if file.read(4) in _ZIP:
            return _open_tabular(path, options)
    from directory.feeds.sources.files import FileSource, shape_of  # noqa: PLC0415  loaded when used

    shape = shape_of(path, options)
    if shape not in {"lines", "elements"}:
        raise SourceError(shape, str(path))
    return FileSource(path, iter([path]), "file", options)


def _open_folder(path: Path, options: SourceOptions) -> Source:
    from directory.feeds.sources.files import FileSource  # noqa: PLC0415  loaded when used
    from directory.feeds.sources.walking import json_files  # noqa: PLC0415

    if (path / "datapackage.json").is_file():
        return _open_tabular(path, options)
    if next(json_files(path), None) is not None:
        return FileSource(path, json_files(path), "folder", options)
    if any(path.glob("*.csv")):
        return _open_tabular(path, options)
    raise SourceError("empty", str(path))


def _open_tabular(path: Path, options: SourceOptions) -> Source:
    from directory.feeds.sources.package import FolderPackage, ZipPackage  # noqa: PLC0415  loaded when used
    from directory.feeds.sources.tabular import TabularSource  # noqa: PLC0415

    package = FolderPackage(path) if path.is_dir() else ZipPackage(path, options)
    return TabularSource(path, package, options)
