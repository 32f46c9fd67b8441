"""What would hang in the air if a record were taken back."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library

_REFERENCES: Final = {
    "member": (
        ("loan", 'member = ? and "end" <> 3'),
        ("hold", "member = ? and state in ('waiting', 'ready', 'filled')"),
        ("money", "member = ? and voided = 0"),
        ("reading", "member = ? and voided = 0"),
        ("block", "member = ? and deleted = 0"),
        ("kit", "member = ? and deleted = 0"),
    ),
    "title": (
        ("copy", "title = ? and deleted = 0"),
        ("hold", "title = ? and state in ('waiting', 'ready', 'filled')"),
        ("attachment", "title = ? and deleted = 0"),
        ("subscription", "title = ? and deleted = 0"),
        ("issue", "title = ? and deleted = 0"),
    ),
    "subscription": (("issue", "subscription = ? and deleted = 0"),),
    "issue": (("copy", "issue = ? and deleted = 0"),),
    "copy": (
        ("loan", 'copy = ? and "end" <> 3'),
        ("reading", "copy = ? and voided = 0"),
        ("transfer", "copy = ? and state <> 'cancelled'"),
    ),
    "stock_count": (("stock_scan", "stock_count = ? and voided = 0"),),
    "member_category": (("member", "category = ? and deleted = 0"),),
    "collection_kind": (("copy", "kind = ? and deleted = 0"),),
    "branch": (
        ("copy", "branch = ? and deleted = 0"),
        ("member", "branch = ? and deleted = 0"),
        ("device", "branch = ? and deleted = 0"),
        ("loan", 'branch = ? and "end" <> 3'),
        ("visit", "branch = ? and voided = 0"),
        ("room", "branch = ? and deleted = 0"),
        ("stop", "branch = ? and deleted = 0"),
    ),
    "kit": (
        ("loan", 'member = (select member from kit where id = ?1) and kit = ?1 and "end" <> 3'),
    ),
}


def built_upon(library: Library, entity_type: str, entity: UUID, besides: AbstractSet[UUID]) -> str:
    """Return the type of some other record that needs this one; empty when there is none.

    ``besides`` are records that do not count, for they are taken back together with it.
    """
    for table, condition in _REFERENCES.get(entity_type, ()):
        rows = library.rows(
            f"select id from {table} where {condition} limit ?", entity.bytes, len(besides) + 1
        )
        if any(UUID(bytes=bytes(row[0])) not in besides for row in rows):
            return table
    return ""
