"""Which table each page belongs to, and its rows: by the tree where it stands, else by shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from perpusdesk.storage.salvage import cells
from perpusdesk.storage.salvage.layouts import LOG, Layout
from perpusdesk.storage.salvage.pages import Pages

_ID: Final = 16
_SIGNATURE: Final = 64
_PACKAGE_COLUMNS: Final = (9, 10)  # before and after privacy could take words out of packages
_MASTER: Final = frozenset({"table", "index", "trigger", "view"})
_STREAM_INDEX: Final = "sqlite_autoindex_stream_1"
RECORD: Final = "?"
"""Stands for the table of a record of which nobody can tell which it is."""

Found = tuple[str, tuple[Any, ...]]
"""A table and one row of it, its columns as ``Layout`` has them."""


@dataclass(slots=True)
class Toll:
    """What was not readable: rows by table ("" where nobody knows which), and pages."""

    rows: dict[str, int] = field(default_factory=dict)
    pages: int = 0

    def miss(self, table: str) -> None:
        """Count a row that is there and cannot be read."""
        self.rows[table] = self.rows.get(table, 0) + 1


class Reading:
    """Finds the rows of a damaged file; ``toll`` counts what was not readable."""

    def __init__(self, pages: Pages, layouts: Mapping[str, Layout]) -> None:
        self._pages, self._layouts = pages, layouts
        self.toll = Toll()
        self._owner = self._owners()

    def _owners(self) -> dict[int, str]:
        """Return the table, or index, that each page belongs to, as far as trees tell."""
        roots = self._roots()
        owner: dict[int, str] = {}
        for root, name in roots.items():
            below = [root]
            while below:
                number = below.pop()
                if number in owner or not 0 < number <= self._pages.count:
                    continue
                owner[number] = name
                page = self._pages.page(number)
                if page is not None:
                    below += cells.children(page, number)
        return owner

    def _roots(self) -> dict[int, str]:
        """Return the first page of each table and index, from the rows of the schema."""
        roots = {}
        for number, page in self._pages.newest():
            if cells.kind_of(page, number) != cells.TABLE_LEAF:
                continue
            for row in cells.rows(page, number, self._pages.page):
                if row is None or len(row[1]) != 5 or row[1][0] not in _MASTER:
                    break
                _, name, _, root, sql = row[1]
                if isinstance(root, int) and root and isinstance(name, str):
                    roots[root] = name if sql or name == _STREAM_INDEX else f"{name}?"
        self.toll.pages = len(self._pages.bad)
        return roots

    def owner(self, number: int) -> str | None:
        """Return the table or index that a page belongs to, ``None`` where no tree tells."""
        return self._owner.get(number)

    def log(self) -> Iterator[Found]:
        """Yield what never changes, from former pages too; the newest last."""
        yield from self._rows(self._pages.former(), LOG, count=False)
        yield from self._rows(self._pages.newest(), LOG, count=True)

    def others(self) -> Iterator[Found]:
        """Yield the rows of all other tables, from the newest pages alone."""
        yield from self._rows(self._pages.newest(), {*self._layouts, RECORD} - LOG, count=True)

    def _rows(
        self, pages: Iterator[tuple[int, bytes]], wanted: Any, *, count: bool
    ) -> Iterator[Found]:
        for number, page in pages:
            owner = self._owner.get(number)
            if self._is_of_no_use(owner, wanted):
                continue
            kind = cells.kind_of(page, number)
            for row in cells.rows(page, number, self._pages.page):
                found = self._known(row, kind, owner) if row is not None else None
                if found is not None and found[0] in wanted:
                    yield found
                elif row is None and count:
                    self.toll.miss(owner or "")

    def _is_of_no_use(self, owner: str | None, wanted: Any) -> bool:
        """Whether the tree says that a page has no rows that are wanted (a plain tree may lie)."""
        told = owner is not None and owner not in wanted and owner != _STREAM_INDEX
        return told and self._pages.proven

    def _known(self, row: cells.Row, kind: int, owner: str | None) -> Found | None:
        rowid, values = row
        if owner == _STREAM_INDEX or (owner is None and _is_stream_key(values, kind)):
            return ("stream", (values[2], values[0], values[1])) if len(values) == 3 else None
        shape = "" if owner and self._pages.proven else _by_shape(values, kind)
        name = shape if shape in LOG else owner or shape
        if name == RECORD:
            return name, (rowid, *values[1:])
        layout = self._layouts.get(name)
        whole = layout.row(rowid, values) if layout else None
        return (name, whole) if whole is not None else None


def log_rows(pages: Pages, layouts: Mapping[str, Layout]) -> Iterator[Found]:
    """Yield what never changes from the pages of the log alone, told by shape."""
    for number, page in pages.framed():
        kind = cells.kind_of(page, number)
        for row in cells.rows(page, number, pages.page):
            layout = layouts.get(_by_shape(row[1], kind)) if row is not None else None
            whole = layout.row(*row) if layout is not None and row is not None else None
            if layout is not None and whole is not None:
                yield layout.name, whole


def _is_stream_key(values: list[Any], kind: int) -> bool:
    return (
        kind in (cells.INDEX_LEAF, cells.INDEX_BRANCH)
        and [type(value) for value in values] == [bytes, bytes, int]
        and (len(values[0]), len(values[1])) == (_ID, 8)
    )


def _by_shape(values: list[Any], kind: int) -> str:
    """Say which table a row of a page that hangs under no tree is of ("" if nobody can say)."""
    types = [type(value) for value in values]
    if kind in (cells.INDEX_LEAF, cells.INDEX_BRANCH):
        if types[:3] == [int] * 3 and len(types) == 13 and types[12] is bytes:
            return "op" if [types[9], types[10]] == [str, str] else ""
        if types == [bytes, bytes, bytes, int, bytes] and len(values[1]) == 32:
            return "certificate"
        return ""
    if len(types) in _PACKAGE_COLUMNS and types[:5] == [int] * 5 and types[5:7] == [bytes, bytes]:
        return "package" if len(values[6]) == _SIGNATURE else ""
    if types == [type(None), bytes, bytes] and (len(values[1]), len(values[2])) == (_ID, 8):
        return "stream"
    if types[:2] == [type(None), bytes] and len(values[1]) == _ID and types[-1] is int:
        return RECORD
    return ""
