"""Making what follows from the log anew: rows that say otherwise, the digest, the search index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from perpusdesk.storage.check import Finding, Flaw
from perpusdesk.storage.door import Door
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.salvage.layouts import RECORDS, Layout, layouts
from perpusdesk.storage.salvage.leftovers import leftovers
from perpusdesk.storage.salvage.reading import Found
from perpusdesk.storage.salvage.writing_anew import ops_of

_ROWS: Final = frozenset({Flaw.NO_ROW, Flaw.NO_OP, Flaw.OTHER_ROW})
_CHUNK: Final = 500


def mend_rows(library: Library, findings: Iterable[Finding]) -> int:
    """Fold the records anew that ``check`` found wrong; return how many.

    All or nothing. What a row says that is as the program stored it, and no op tells any more, is
    written down anew by this device, so nothing readable disappears. Raises ``KnownError``.
    """
    wrong: dict[str, set[bytes]] = {}
    for one in findings:
        if one.flaw in _ROWS:
            wrong.setdefault(one.where, set()).add(bytes.fromhex(one.which))
    if not wrong:
        return 0
    with library.filling() as door:
        kept = layouts(door.database)
        before = list(_rows(door, wrong, kept))
        door.rows.fold_anew(wrong)
        left = list(leftovers(door, before, kept))
        digest_anew(door)
    ops = ops_of(left, library.device, library.sources.random(8), library.now_ms())
    for part in in_parts(ops, _CHUNK):
        library.ingest(part)
    return sum(len(ids) for ids in wrong.values())


def _rows(door: Door, wrong: dict[str, set[bytes]], kept: dict[str, Layout]) -> Iterable[Found]:
    for table, ids in wrong.items():
        columns = ", ".join(f'"{name}"' for name in kept[table].columns)
        for part in in_parts(ids, _CHUNK):
            slots = ",".join("?" * len(part))
            query = f'select {columns} from "{table}" where id in ({slots})'
            for row in door.database.execute_sql(query, part).fetchall():
                yield table, tuple(row)


def mend_digest(library: Library) -> None:
    """Reckon the digest anew from the rows' marks. Raises ``KnownError``."""
    with library.filling() as door:
        digest_anew(door)


def digest_anew(door: Door) -> None:
    """Reckon the digest anew within the caller's transaction."""
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for table in sorted(RECORDS):
        for entity, mark in door.rows.marks(table):
            value, count = sums.get((table, entity[-1]), (0, 0))
            sums[table, entity[-1]] = (value ^ mark, count + 1)
    door.database.execute_sql("delete from digest")
    rows: list[tuple[Any, ...]] = [(*key, *value) for key, value in sums.items()]
    door.database.cursor().executemany("insert into digest values (?, ?, ?, ?)", rows)


def by_flaw(findings: Iterable[Finding], wanted: Callable[[Flaw], bool]) -> list[Finding]:
    """Return the findings of some flaws."""
    return [one for one in findings if wanted(one.flaw)]
