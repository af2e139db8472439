"""Reads the rows of a CSV file as it comes: in any of the usual encodings, ragged, or broken."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LINE = 1024 * 1024
_MAX_ROW = 4 * 1024 * 1024


class _RowTooLongError(Exception):
    """A row whose quotes don't close."""


@dataclass(slots=True)
class Line:
    """One row under its header."""

    number: int
    """As a spreadsheet counts: the header is row 1."""
    cells: dict[str, str]
    """Column name to text; empty cells are left out."""
    trouble: str = ""
    """`ragged_row` where there are more cells than columns; `not_csv` where it can't be read, and
    may have swallowed others; `too_large` where it has no end, and nothing is read after it."""


@dataclass(slots=True)
class CsvFile:
    """One file, read once."""

    file: IO[bytes]
    delimiter: str = ","
    columns: list[str] = field(default_factory=list)
    not_utf8: int = 0
    """Physical lines that had to be read as Windows-1252."""
    bytes_read: int = 0
    _row_bytes: int = 0

    def lines(self) -> Iterator[Line]:
        """Give every row that is not blank. Raises what the file raises."""
        reader = csv.reader(self._text(), delimiter=self.delimiter)
        number = 0
        while True:
            number += 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except _RowTooLongError:
                yield Line(number, {}, "too_large")
                return
            except csv.Error:
                yield Line(number, {}, "not_csv")
                continue
            finally:
                self._row_bytes = 0
            if not self.columns:
                self.columns = [name.strip().lower() for name in row]
            elif any(cell and not cell.isspace() for cell in row):
                yield self._line(number, row)

    def _line(self, number: int, row: list[str]) -> Line:
        cells = {
            name: cell
            for name, cell in zip(self.columns, row, strict=False)
            if name and cell and not cell.isspace()
        }
        ragged = any(cell and not cell.isspace() for cell in row[len(self.columns) :])
        return Line(number, cells, "ragged_row" if ragged else "")

    def _text(self) -> Iterator[str]:
        first = True
        while line := self.file.readline(_MAX_LINE):
            self.bytes_read += len(line)
            self._row_bytes += len(line)
            if self._row_bytes > _MAX_ROW:
                raise _RowTooLongError
            yield self._decoded(line.removeprefix(b"\xef\xbb\xbf") if first else line)
            first = False

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.not_utf8 += 1
            return line.decode("cp1252", errors="replace")
