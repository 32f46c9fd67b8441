"""How the rows of each table lie in a file of this program's schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.sql import Sql

LOG: Final = frozenset({"op", "package", "stream", "certificate"})
"""What never changes once it is written, so that an older page is as good as the newest."""

RECORDS: Final = frozenset({*FIELD_RECORDS, *KINDS})

_MADE_ANEW: Final = frozenset(
    {"digest", "contradiction", "head", "peer", "piece", "schema_migration", "title_line"}
    | {"title_facet", "title_vocabulary", "stale_day", "day_fact", "month_fact"}
)
_MADE_ANEW_LIKE: Final = ("sqlite_", "title_words", "title_search", "member_search")


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: its columns in the order in which a stored row has them."""

    name: str
    columns: tuple[str, ...]
    row_number: int | None
    """Which column is the row's own number, and so stored apart."""

    def row(self, rowid: int | None, values: list[Any]) -> tuple[Any, ...] | None:
        """Return the values of all columns; ``None`` for what cannot be a row of this table.

        An older row may lack the columns that were added later.
        """
        if len(values) > len(self.columns) or not values:
            return None
        whole = [*values, *[None] * (len(self.columns) - len(values))]
        if self.row_number is not None:
            if rowid is None or whole[self.row_number] is not None:
                return None
            whole[self.row_number] = rowid
        return tuple(whole)


def layouts(database: Sql) -> dict[str, Layout]:
    """Return the layout of each table whose rows are not made anew from others."""
    rows = database.execute_sql("pragma table_list").fetchall()
    return {
        name: _layout(database, name, without=bool(without))
        for schema, name, kind, _, without, *_ in rows
        if schema == "main" and kind == "table" and is_kept(name)
    }


def is_kept(table: str) -> bool:
    """Whether the rows of a table are looked for."""
    return table not in _MADE_ANEW and not table.startswith(_MADE_ANEW_LIKE)


def _layout(database: Sql, name: str, *, without: bool) -> Layout:
    columns = database.execute_sql(f'pragma table_info("{name}")').fetchall()
    keyed = sorted((column for column in columns if column[5]), key=lambda column: column[5])
    if without:
        rest = [column for column in columns if not column[5]]
        return Layout(name, tuple(column[1] for column in (*keyed, *rest)), None)
    own = [column[0] for column in keyed if column[2].lower() == "integer" and len(keyed) == 1]
    return Layout(name, tuple(column[1] for column in columns), own[0] if own else None)
