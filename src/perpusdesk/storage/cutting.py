"""Putting a cut of the history into effect: rows and ops, in short steps beside the work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from perpusdesk.domain.merge.ops import SET, VOID
from perpusdesk.domain.merge.personal import CUT_TYPES
from perpusdesk.domain.merge.privacy import ENDS, LINKS
from perpusdesk.storage import cut_progress
from perpusdesk.storage.persons import withheld
from perpusdesk.storage.redaction import redact

if TYPE_CHECKING:
    from perpusdesk.storage.door import Door

_LOOKED_AT: Final = 2_000
_CHANGED: Final = 150
"""The most rows that one step looks at, and changes: some hundredths of a second."""
_LINKED: Final = {
    "loan": "loan.member is not null or loan.kit is not null",
    "money": "true",
    "block": "true",
}
_TOLD_TWICE: Final = (
    "(select count(*) from op where op.entity = {type}.id and op.kind in ({kinds})) > 1"
)
"""Several ops may name members while the row shows the first, which names none."""


def waits(door: Door) -> bool:
    """Whether the log says of a cut that is not in effect yet everywhere in this file."""
    privacy = door.streams.privacy
    return not privacy.settled or privacy.cuts != door.streams.cuts


def step(door: Door) -> bool:
    """Do a small piece, in a transaction of its own; return whether there may be more."""
    if not waits(door):
        return False
    before = door.streams.privacy
    try:
        with door.transaction():
            changed = _step(door)
    except BaseException:
        door.streams.privacy = before
        raise
    if changed:
        door.versions.update([changed])
    return waits(door)


def _step(door: Door) -> str:
    database, privacy = door.database, door.streams.privacy
    if privacy.settled:
        cuts = door.streams.cuts
        cut_progress.begin(database, privacy.cuts, cuts)
        privacy = replace(privacy, former=privacy.cuts, cuts=cuts, reached=(0, b""))
    place, last = privacy.reached
    entity_type = CUT_TYPES[place]
    query = (
        f"select id, ({_linked(entity_type)}) from {entity_type} where id > ? order by id limit ?"
    )
    rows = database.execute_sql(query, (last, _LOOKED_AT)).fetchall()
    linked = [bytes(id_) for id_, has_link in rows if has_link][:_CHANGED]
    if len(linked) == _CHANGED:
        reached = (place, linked[-1])
    elif len(rows) == _LOOKED_AT:
        reached = (place, bytes(rows[-1][0]))
    else:
        reached = (place + 1, b"")
    door.streams.privacy = replace(privacy, reached=reached)
    linked += [
        entity
        for kind, entity in withheld(database, door.streams)
        if kind == entity_type and (place, last) < (place, entity) <= reached
    ]
    over = _over(door, entity_type, linked, privacy.cuts.before)
    if over:
        redact(door, {entity_type: over}, announced=False)
        door.rows.fold_anew({entity_type: over})
    cut_progress.note_reached(database, reached)
    return entity_type if over else ""


def _linked(entity_type: str) -> str:
    """Return the condition under which a row may have ops that name a member."""
    shown = _LINKED.get(entity_type, f"{entity_type}.member is not null")
    kinds = ", ".join(f"'{kind}'" for kind in sorted(LINKS.get(entity_type, ())))
    return f"{shown} or {_TOLD_TWICE.format(type=entity_type, kinds=kinds)}" if kinds else shown


def _over(door: Door, entity_type: str, entities: list[bytes], before: int) -> list[bytes]:
    """Return those of which something happened before a moment that may cut them."""
    kinds = sorted({*ENDS.get(entity_type, LINKS.get(entity_type, {SET})), VOID})
    marks, slots = ",".join("?" * len(entities)), ",".join("?" * len(kinds))
    query = (
        f"select distinct entity from op where entity in ({marks}) and at < ? and kind in ({slots})"
    )
    if not entities:
        return []
    rows = door.database.execute_sql(query, (*entities, before, *kinds)).fetchall()
    return [bytes(row[0]) for row in rows]
