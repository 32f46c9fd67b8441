"""Ops in the whole frames of a log whose end was torn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perpusdesk.domain.ids import id_of
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.salvage.layouts import Layout, layouts
from perpusdesk.storage.salvage.pages import Pages
from perpusdesk.storage.salvage.reading import log_rows

Name = tuple[bytes, int]


def ops_lost_in(library: Library, log: Path) -> list[Op]:
    """Return the ops in a log that was kept aside which the library has not; only reads.

    An op of a stream that nobody can name for sure is left out.
    """
    kept = layouts(library.database)
    with Pages(library.folder / FILE_NAME, library.key, torn=log) as pages:
        rows = list(log_rows(pages, kept))
    names = {row[0]: _name(row) for table, row in rows if table == "stream"}
    told = {row[:2]: row for table, row in rows if table == "op"}
    found = []
    for row in told.values():
        name = names.get(row[0]) or _certain(library, kept["op"], row)
        op = _op(kept["op"], row, name) if name else None
        if op is not None and not _is_here(library, op.stamp):
            found.append(op)
    return sorted(found, key=lambda op: op.stamp)


def _name(row: tuple[Any, ...]) -> Name:
    return bytes(row[1]), int.from_bytes(row[2], "big")


def _certain(library: Library, layout: Layout, row: tuple[Any, ...]) -> Name | None:
    """Return the stream that has this number now, if it had it when the log was written.

    A later run may have been given the number of one that is lost: then its ops are later.
    """
    clock = row[layout.columns.index("clock")]
    query = "select max(clock) from op where stream = ? and seq <> ?"
    latest = library.value(query, row[0], row[1])
    if latest is None or latest >= clock:
        return None
    found = library.row("select number, device, incarnation from stream where number = ?", row[0])
    return _name(found) if found else None


def _is_here(library: Library, stamp: Stamp) -> bool:
    query = (
        "select 1 from op o join stream s on s.number = o.stream"
        " where s.device = ? and s.incarnation = ? and o.seq = ?"
    )
    return bool(library.rows(query, stamp.device, stamp.incarnation.to_bytes(8, "big"), stamp.seq))


def _op(layout: Layout, row: tuple[Any, ...], name: Name) -> Op | None:
    told = dict(zip(layout.columns, row, strict=True))
    try:
        return Op(
            stamp=Stamp(told["clock"], *name, told["seq"]),
            action=id_of(told["action"]),
            verb=told["verb"],
            staff=id_of(told["staff"]) if told["staff"] else None,
            branch=id_of(told["branch"]) if told["branch"] else None,
            at=told["at"],
            zone=told["zone"],
            kind=told["kind"],
            entity_type=told["type"],
            entity=id_of(told["entity"]),
            payload=wire.decode(told["payload"]),
        )
    except (ValueError, TypeError):
        return None
