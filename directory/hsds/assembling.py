"""Putting the objects of one service together as rows, each object once.

An object without an id, or with one that another object of the service has, gets an id made of
where it stands, so that it is not lost; a shared object without one gets an id made of what it
says, so that the same object in two services is one row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from directory.hsds.canonical import NotJson, content_hash, dumps
from directory.hsds.fields import ID_LIMIT, Unusable, identifier, text, without_controls
from directory.hsds.record import Finding, Rejected
from directory.hsds.shapes import SHAPES, SHARED

if TYPE_CHECKING:
    from directory.hsds.record import Row
    from directory.hsds.shapes import Link, Shape

MOST_PARTS: Final = 5_000
"""Objects that one service may be made of."""
MOST_FINDINGS: Final = 500
"""Findings kept of one service; one more, `more_findings`, says that there were others."""

Above = tuple[str, object]
"""Table and id of the object that another hangs on."""
Below = list[tuple[str, "Link", Any]]
"""What hangs on an object: key, link and value."""


class Assembly:
    """Rows and findings of one service as they come together."""

    __slots__ = ("_held", "_parts", "findings", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.findings: list[Finding] = []
        self._held: dict[tuple[str, object], Row] = {}
        self._parts = 0

    def take(
        self, shape: Shape, source: dict[str, Any], pointer: str, above: Above | None, given: object = None
    ) -> object:
        """Read one object with all that hangs on it; give back its id (`given` where it has none)."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Rejected("too_many_parts", pointer)
        row = shape.blank.copy()
        below = self._fill(shape, row, source, pointer)
        down = [each for each in below if each[1].down] if below else below
        for key, link, value in down:
            self._take_one(link, row, value, f"{pointer}/{key}")
        if row["id"] is None:
            row["id"] = given or _made_id(shape, source, pointer)
        if above is not None:
            self._hang(shape, row, above, pointer)
        object_id, held = self._hold(shape, row, pointer)
        if held and len(down) < len(below):
            for key, link, value in below:
                if not link.down:
                    self._take_many(link, value, f"{pointer}/{key}", (shape.table, object_id))
        return object_id

    def report(self, pointer: str, reason: str, value: object) -> None:
        """Note a field that was left out."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(pointer, reason, _shown(value)))
        elif len(self.findings) == MOST_FINDINGS:
            self.findings.append(Finding("", "more_findings", ""))

    def _fill(self, shape: Shape, row: Row, source: dict[str, Any], pointer: str) -> Below:
        """Put what passes its check into the row; give back what hangs on the object."""
        checks, links = shape.checks, shape.links
        below: Below = []
        unusable: list[str] = []
        for key, value in source.items():
            if value is None:
                continue
            check = checks.get(key)
            if check is None:
                if key in links:
                    below.append((key, links[key], value))
                continue
            plain = type(value) is str and len(value) <= ID_LIMIT and value.isprintable()
            if plain and (check is text or check is identifier):
                kept = value.strip()  # what the check would say: a million imports pay for the call
                row[key] = (value if check is identifier else kept) if kept else None
                continue
            try:
                row[key] = check(value)
            except Unusable as verdict:
                row[key] = verdict.kept
                unusable.append(key)
                self.report(f"{pointer}/{key}", verdict.reason, value)
        if shape.aliases:
            self._fill_aliases(shape, row, source, pointer)
        if shape.settle is not None:
            for column, reason in shape.settle(row, unusable):
                self.report(f"{pointer}/{column}", reason, source.get(column))
        return below

    def _fill_aliases(self, shape: Shape, row: Row, source: dict[str, Any], pointer: str) -> None:
        for alias, column in shape.aliases:
            if row[column] is None and source.get(alias) is not None:
                try:
                    row[column] = shape.checks[column](source[alias])
                except Unusable as verdict:
                    self.report(f"{pointer}/{alias}", verdict.reason, source[alias])

    def _take_one(self, link: Link, row: Row, value: object, pointer: str) -> None:
        """Read the one object that hangs here, and note its id in the row above."""
        if isinstance(value, list):
            if len(value) > 1:
                self.report(f"{pointer}/1", "more_than_one", value[1])
            value, pointer = (value[0], f"{pointer}/0") if value else (None, pointer)
        if isinstance(value, dict) and value and link.down:
            given = row[link.down]
            found = self.take(SHAPES[link.table], value, pointer, None, given)
            if given is not None and given != found:
                self.report(pointer, "ids_disagree", given)
            row[link.down] = found
        elif link.text and isinstance(value, str | int | float):
            self._fill_text(link.text, row, value, pointer)
        elif value:
            self.report(pointer, "not_an_object", value)

    def _fill_text(self, column: str, row: Row, value: object, pointer: str) -> None:
        try:
            row[column] = text(value)
        except Unusable as verdict:
            row[column] = verdict.kept
            self.report(pointer, verdict.reason, value)

    def _take_many(self, link: Link, value: object, pointer: str, above: Above) -> None:
        """Read a list of objects; an object that stands alone is a list of one."""
        shape = SHAPES[link.table]
        if isinstance(value, list):
            for position, member in enumerate(value):
                if isinstance(member, dict):
                    if member:
                        self.take(shape, member, f"{pointer}/{position}", above)
                elif member is not None:
                    self.report(f"{pointer}/{position}", "not_an_object", member)
        elif isinstance(value, dict):
            if value:
                self.take(shape, value, pointer, above)
        elif value != "":
            self.report(pointer, "not_a_list", value)

    def _hang(self, shape: Shape, row: Row, above: Above, pointer: str) -> None:
        """Fill in the id of the object above; only an attribute may name another object."""
        table, above_id = above
        if shape.table == "attribute":
            if row["link_id"] is None or row["link_id"] == above_id:
                row["link_id"] = above_id
                row["link_type"] = row["link_type"] or table
                row["link_entity"] = table
            return
        column = f"{table}_id"
        if column not in row:
            return
        if row[column] is not None and row[column] != above_id:
            self.report(f"{pointer}/{column}", "ids_disagree", row[column])
        row[column] = above_id

    def _hold(self, shape: Shape, row: Row, pointer: str) -> tuple[object, bool]:
        """Keep the row: on its own, or as one with what the service said of the same object before.

        Of two versions of a shared object the first is held, and nothing of the other. Gives the id
        back, and whether this one is held.
        """
        table, object_id = shape.table, row["id"]
        before = self._held.get((table, object_id))
        if before is not None:
            differs = any(_contradicts(before[column], value) for column, value in row.items())
            if differs:
                self.report(f"{pointer}/id", "repeated_id", object_id)
            if differs and table in SHARED:
                return object_id, False
            if not differs:
                before.update({column: value for column, value in row.items() if before[column] is None})
                return object_id, True
            while (table, object_id) in self._held:
                object_id = f"{object_id}#{pointer[1:]}"
            row["id"] = object_id
        self._held[table, object_id] = row
        if table in self.rows:
            self.rows[table].append(row)
        else:
            self.rows[table] = [row]
        return object_id, True


def _contradicts(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _made_id(shape: Shape, source: dict[str, Any], pointer: str) -> str:
    if shape.table not in SHARED:
        return pointer[1:]
    try:
        return f"content/{content_hash(source).hex()}"
    except NotJson:
        return f"content/{pointer[1:]}"


def _shown(value: object) -> str:
    """The first 200 characters of a value, for people to recognise it by."""
    if isinstance(value, str):
        return without_controls(value[:200])
    try:
        return dumps(value)[:200].decode(errors="ignore")
    except NotJson:
        return ""
