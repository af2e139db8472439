"""Finds the tables of a tabular package in a folder or a zip, and lets nothing lead outside of it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Protocol

from directory.feeds.sources.decoding import decode
from directory.feeds.sources.relations import table_of
from directory.feeds.sources.source import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from directory.feeds.sources.source import SourceOptions

DESCRIPTION = "datapackage.json"
_MAX_DESCRIPTION = 8 * 1024 * 1024
_MAX_MEMBERS = 10_000
_MAX_RATIO = 250
_SUSPICIOUS_AFTER = 64 * 1024 * 1024
_LEADS_OUT = re.compile(r"^[a-z][a-z0-9+.-]*:|^[/\\~]|(^|[/\\])\.\.([/\\]|$)|\x00", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a package."""

    name: str
    """What it is called in the package: a resource, or a file without its ending."""
    path: str
    delimiter: str = ","


class Package(Protocol):
    """A folder or an archive."""

    def names(self) -> list[str]:
        """The paths of the files in it, with slashes."""
        ...

    def open(self, path: str) -> IO[bytes]:
        """Open one of them. Raises OSError, KeyError or zipfile.BadZipFile."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class FolderPackage:
    """The files of one folder."""

    def __init__(self, root: Path) -> None:
        """Take a resolved path."""
        self._root = root

    def names(self) -> list[str]:
        """The files in it and one level down, sorted."""
        found = [*self._root.glob("*"), *self._root.glob("*/*")]
        return sorted(path.relative_to(self._root).as_posix() for path in found if path.is_file())

    def open(self, path: str) -> IO[bytes]:
        """Open a file that really is inside: a link that leads out is no part of the package."""
        target = (self._root / path).resolve()
        if not target.is_relative_to(self._root):
            raise PermissionError(path)
        return target.open("rb")

    def close(self) -> None:
        """Nothing is held open."""


class ZipPackage:
    """The members of a zip, which are never written to the disk."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        """Look at what it says it unpacks to before anything is unpacked. Raises SourceError."""
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError("broken_zip", str(path)) from error
        try:
            _check_members(self._zip.infolist(), options.max_unpacked_bytes)
        except SourceError:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        """The paths of the members, each as often as it is there."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def open(self, path: str) -> IO[bytes]:
        """Open a member by its exact path."""
        return self._zip.open(path)

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()


def _check_members(members: list[zipfile.ZipInfo], most: int) -> None:
    whole = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if not all(info.filename for info in members):
        raise SourceError("broken_zip", "a member without a name")
    if len(members) > _MAX_MEMBERS:
        raise SourceError("bomb", f"{len(members)} members")
    if whole > most or whole > max(_SUSPICIOUS_AFTER, _MAX_RATIO * packed):
        raise SourceError("bomb", f"{whole} bytes")
    if any(info.flag_bits & 1 for info in members):
        raise SourceError("encrypted")


def tables_in(package: Package, report: Callable[[Problem], None]) -> list[Table]:
    """List the tables that the package describes, or that its file names show. Raises SourceError."""
    names = package.names()
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        report(Problem("duplicate_member", name, partial=True))
    described = sorted((name for name in names if PurePosixPath(name).name == DESCRIPTION), key=_depth)
    if not described:
        found = dict.fromkeys(name for name in names if name.lower().endswith(".csv"))
        return [Table(PurePosixPath(name).stem, name) for name in found]
    base = PurePosixPath(described[0]).parent
    listed = _resources(package, described[0])
    return [table for entry in listed for table in _tables(entry, base, set(names), report)]


def _depth(name: str) -> tuple[int, str]:
    return name.count("/"), name


def _resources(package: Package, name: str) -> list[Any]:
    try:
        with package.open(name) as file:
            raw = file.read(_MAX_DESCRIPTION + 1)
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error, ValueError, EOFError) as error:
        raise SourceError("broken_description", name) from error
    document, _ = decode(raw.removeprefix(b"\xef\xbb\xbf"))
    resources = document.get("resources") if isinstance(document, dict) else None
    if not isinstance(resources, list):
        raise SourceError("broken_description", name)
    return resources


def _tables(
    entry: object, base: PurePosixPath, names: set[str], report: Callable[[Problem], None]
) -> list[Table]:
    """Return the files of one resource; more than one where it is published in parts."""
    if not isinstance(entry, dict):
        return []
    given = entry.get("path")
    paths = [path for path in (given if isinstance(given, list) else [given]) if isinstance(path, str)]
    tables = []
    for path in paths:
        name = str(entry.get("name") or PurePosixPath(path).stem)
        if _LEADS_OUT.search(path):
            report(Problem("path_leads_out", name, path[:200], partial=True))
        elif (inside := (base / path).as_posix()) in names:
            known = name if table_of(name) else PurePosixPath(path).stem
            tables.append(Table(known, inside, _delimiter(entry)))
        elif table_of(name) and table_of(name) == table_of("service"):
            report(Problem("missing_table", path, partial=True))
    return tables


def _delimiter(entry: dict[str, Any]) -> str:
    dialect = entry.get("dialect")
    delimiter = dialect.get("delimiter") if isinstance(dialect, dict) else None
    return delimiter if isinstance(delimiter, str) and delimiter in {",", ";", "\t", "|"} else ","
