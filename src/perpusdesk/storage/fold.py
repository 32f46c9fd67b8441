"""Ops into rows: each kind of record to those that fold it, and the digest along with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.personal import ABOUT
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.event_rows import KINDS, EventRows
from perpusdesk.storage.marks import Digest
from perpusdesk.storage.record_rows import RecordRows
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams


class Rows:
    """The rows of one library file."""

    def __init__(self, database: Sql, streams: Streams) -> None:
        self._database, self._streams = database, streams
        self.records = RecordRows(database, streams)
        self.events = EventRows(database, streams)

    def fold(self, ops: Iterable[Op], fresh: Collection[bytes] = ()) -> None:
        """Fold ops, which are in the log already, within the caller's transaction.

        ``fresh`` names entities of which the log holds nothing else. Entity types without a table
        live in the log alone.
        """
        digest = Digest()
        for entity_type, entities in by_type(ops).items():
            if entity_type in ABOUT:
                privacy = self._streams.privacy
                told = {entity: privacy.blank(some) for entity, some in entities.items()}
                self.records.fold(entity_type, told, digest, fresh)
            elif entity_type in FIELD_RECORDS:
                self.records.fold(entity_type, entities, digest, fresh)
            elif entity_type in KINDS:
                self.events.fold(entity_type, entities, fresh, digest)
        digest.flush(self._database)

    def marks(self, entity_type: str) -> Iterator[tuple[bytes, int]]:
        """Yield the id and mark of each row of a type; of none where it has no table."""
        if entity_type in FIELD_RECORDS or entity_type in KINDS:
            query = f'select id, mark from "{entity_type}"'
            for entity, value in self._database.execute_sql(query).fetchall():
                yield bytes(entity), value

    def fold_anew(self, touched: Mapping[str, Collection[bytes]]) -> None:
        """Make the rows of entities anew from all that counts of them in the log, or drop them."""
        digest = Digest()
        for entity_type, entities in touched.items():
            if entity_type in FIELD_RECORDS:
                self.records.fold_anew(entity_type, entities, digest)
            elif entity_type in KINDS:
                self.events.fold_anew(entity_type, entities, digest)
        digest.flush(self._database)


def by_type(ops: Iterable[Op]) -> dict[str, dict[bytes, list[Op]]]:
    """Return ops by entity type and entity."""
    groups: dict[str, dict[bytes, list[Op]]] = {}
    for op in ops:
        groups.setdefault(op.entity_type, {}).setdefault(op.entity.bytes, []).append(op)
    return groups
