"""Files, folders and archives of tables, whole or broken."""

from __future__ import annotations

import gzip
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from directory.places import archives
from directory.places.archives import LoadError, tables

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> dict[str, list[list[str]]]:
    """Everything at a path."""
    with closing(tables(path)) as found:
        return {name: list(rows) for name, rows in found}


def test_a_file_a_folder_a_zip_and_a_gz_give_the_same_rows(tmp_path: Path) -> None:
    """With a byte order mark or without, and with empty lines."""
    folder = tmp_path / "folder" / "Data"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(b'\xef\xbb\xbfone,"two, three"\n\nfour,\xff\n')
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(folder / "a.csv", "Data/a.csv")
        archive.writestr("Doc/read.me", "no table")
        archive.writestr("../../climbs.csv", "a,b\n")
    with gzip.open(tmp_path / "a.csv.gz", "wb") as stream:
        stream.write((folder / "a.csv").read_bytes())
    rows = [["one", "two, three"], ["four", "\ufffd"]]
    assert read(tmp_path / "folder") == {"a.csv": rows}
    assert read(folder / "a.csv") == {"a.csv": rows}
    assert read(tmp_path / "a.csv.gz") == {"a.csv.gz": rows}
    assert read(tmp_path / "a.zip") == {"Data/a.csv": rows, "../../climbs.csv": [["a", "b"]]}
    assert not (tmp_path.parent.parent / "climbs.csv").exists()


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """By its code."""
    with pytest.raises(LoadError) as caught:
        read(tmp_path / "absent.csv")
    assert caught.value.code == "not_found"


def test_a_broken_archive_is_told(tmp_path: Path) -> None:
    """Cut short, whether zip or gz."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "".join(f"{n},{n * n}\n" for n in range(20_000)))
    whole = bytearray((tmp_path / "a.zip").read_bytes())
    whole[200:400] = bytes(200)
    (tmp_path / "a.zip").write_bytes(whole)
    packed = gzip.compress(b"a,b\n" * 10_000)
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    for name in ("a.zip", "a.csv.gz"):
        with pytest.raises(LoadError) as caught:
            read(tmp_path / name)
        assert caught.value.code == "bad_archive"


def test_a_zip_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Far larger than it is packed, before it is read; and anything beyond the limit, while it is."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (70 << 20))
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    (tmp_path / "long.csv").write_text("a,b\n" * 1_000)
    (tmp_path / "line.csv").write_text("a" * 100_000)
    for name in ("bomb.zip", "long.csv", "line.csv"):
        with pytest.raises(LoadError) as caught:
            read(tmp_path / name)
        assert caught.value.code == "too_large"
