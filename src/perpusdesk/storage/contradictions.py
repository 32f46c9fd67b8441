"""Which records may hold a contradiction: noted as ops are folded, so that nobody reads the log.

The table says the same on every device that holds the same ops, whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from perpusdesk.domain.merge.fields import may_contradict
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import op_log
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_UNWATCHED: Final = frozenset({"device", "photo", "cover", "stock_count", "label_sheet"})
"""Records of which the last word is enough: pictures, and what a program writes by itself."""

WATCHED: Final = frozenset(FIELD_RECORDS) - _UNWATCHED
"""Types of records of which contradictions are noted."""

_CHUNK: Final = 200


def is_watched(entity_type: str) -> bool:
    """Whether contradictions in records of this type are noted."""
    return entity_type in WATCHED


def look_again(
    database: Sql, streams: Streams, entity_type: str, entities: Collection[bytes]
) -> None:
    """Note for each of these records whether its ops in the log may contradict each other."""
    for part in in_parts(entities, _CHUNK):
        logged = op_log.of_entities(database, streams, part)
        doubtful: list[tuple[str, bytes]] = []
        plain: list[tuple[str, bytes]] = []
        for entity in part:
            ops = (op for op in logged.get(entity, ()) if op.entity_type == entity_type)
            into = doubtful if may_contradict(filter(understood, ops)) else plain
            into.append((entity_type, entity))
        cursor = database.cursor()
        if plain:
            cursor.executemany("delete from contradiction where type = ? and entity = ?", plain)
        if doubtful:
            cursor.executemany(
                "insert into contradiction(type, entity) values (?, ?) on conflict do nothing",
                doubtful,
            )
