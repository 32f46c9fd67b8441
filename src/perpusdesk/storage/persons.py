"""Which records tell of a member, also those that were moved to another one since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from perpusdesk.domain.merge.ops import SET, Op
from perpusdesk.domain.merge.personal import ABOUT, ENTITY
from perpusdesk.domain.merge.privacy import LINKS
from perpusdesk.storage import op_log
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_CHUNK: Final = 500
_RECORDS: Final = ABOUT - {ENTITY}
_OF_MEMBER: Final = tuple(sorted(_RECORDS | LINKS.keys()))
_MOVED: Final = (
    "select distinct type, entity from op where kind in ('loan.moved', 'hold.moved', 'money.moved')"
)
_TWICE: Final = (
    "select type, entity from op where type in"
    " ('photo', 'block', 'kit', 'identity', 'consent', 'data_request',"
    " 'outsider')"
    " group by type, entity having count(*) > 1"
)


def records_of(
    database: Sql, streams: Streams, members: Collection[bytes]
) -> dict[str, set[bytes]]:
    """Return by type the records whose ops name one of these members, and the members."""
    if not members:
        return {}
    found: dict[str, set[bytes]] = {ENTITY: set(members)}
    for part in in_parts(sorted(members), _CHUNK):
        marks = ",".join("?" * len(part))
        for entity_type in _OF_MEMBER:
            query = f"select id from {entity_type} where member in ({marks})"
            rows = database.execute_sql(query, part).fetchall()
            found.setdefault(entity_type, set()).update(bytes(row[0]) for row in rows)
    for entity_type, entity in _moved(database, streams, members):
        found.setdefault(entity_type, set()).add(entity)
    return {entity_type: some for entity_type, some in found.items() if some}


def say_whose(database: Sql, action: Action) -> None:
    """Note in edits of what is a member's (a block, a photo) whose it is, unless they say so.

    An op that does not name its member could not be blanked with it.
    """
    for place, draft in enumerate(action.drafts):
        if draft.kind != SET or draft.fresh or draft.entity_type not in _RECORDS:
            continue
        if draft.payload["fields"].get(ENTITY) is None and "about" not in draft.payload:
            query = f"select member from {draft.entity_type} where id = ?"
            rows = database.execute_sql(query, (draft.entity.bytes,)).fetchall()
            member = rows[0][0] if rows else None
            if member is not None and not isinstance(member, str):
                payload = {**draft.payload, "about": bytes(member)}
                action.drafts[place] = replace(draft, payload=payload)


def _moved(database: Sql, streams: Streams, members: Collection[bytes]) -> list[tuple[str, bytes]]:
    """Return records that may belong to somebody else by now, and have ops that name members."""
    rows = [row for query in (_MOVED, _TWICE) for row in database.execute_sql(query).fetchall()]
    candidates = {(entity_type, bytes(entity)) for entity_type, entity in rows}
    for entity_type in _RECORDS:  # an edit may come before the op that says whose it is
        query = f"select id from {entity_type} where member is null"
        rows = database.execute_sql(query).fetchall()
        candidates |= {(entity_type, bytes(row[0])) for row in rows}
    candidates |= withheld(database, streams)
    logged = op_log.raw_of_entities(database, streams, {entity for _, entity in candidates})
    wanted = frozenset(members)
    return [
        (entity_type, entity)
        for entity_type, entity in candidates
        if any(op.entity_type == entity_type and _names(op, wanted) for op in logged[entity])
    ]


def withheld(database: Sql, streams: Streams) -> set[tuple[str, bytes]]:
    """Return the records of persons of which something does not count: rows do not show all."""
    beyond = {
        number: cut.get(incarnation, 0)
        for device, cut in streams.judgement.cuts.items()
        for number, incarnation in streams.of_device(device).items()
    }
    return {
        (entity_type, entity)
        for entity_type, entities in op_log.entities_of(database, beyond).items()
        if entity_type in _OF_MEMBER
        for entity in entities
    }


def _names(op: Op, members: frozenset[bytes]) -> bool:
    fields = op.payload.get("fields") if op.kind == SET else None
    said = (op.payload, fields if isinstance(fields, dict) else {})
    named = [one for some in said for one in (some.get(ENTITY), some.get("about"))]
    return any(isinstance(one, bytes) and one in members for one in named)
