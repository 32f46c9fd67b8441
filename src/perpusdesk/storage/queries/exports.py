"""Everything that can go out of the library, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.library import Library

_PART: Final = 200
_COPIES: Final = (
    "select c.title, c.barcode, c.inventory, k.name as kind, b.name as branch, b.code,"
    ' c.location, c.access, c."condition", c.price, c.source, c.received, c.note'
    " from copy c left join collection_kind k on k.id = c.kind"
    " left join branch b on b.id = c.branch where c.deleted = 0 and c.title in ({marks})"
    " order by c.barcode"
)
_COPY_FIELDS: Final = (
    "barcode",
    "inventory",
    "kind",
    "branch",
    "branch_code",
    "location",
    "access",
    "condition",
    "price",
    "source",
    "received",
    "note",
)
_MEMBER_FIELDS: Final = (
    "card",
    "name",
    "category",
    "sex",
    "birth_date",
    "phone",
    "email",
    "address",
    "institution",
    "registered",
    "expires",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "note",
)


def titles(
    library: Library, only: Sequence[UUID] | None = None
) -> Iterator[tuple[UUID, dict[str, Any], list[dict[str, Any]]]]:
    """Yield id, fields and copies of every title (``only``: of these, in this order)."""
    names = FIELD_RECORDS["title"]
    columns = ", ".join(f'"{name}"' for name in ("rid", "id", *names))
    parts = _chosen(library, columns, only) if only is not None else _all(library, columns)
    for part in parts:
        copies = _copies_of(library, [row[1] for row in part])
        for row in part:
            fields = dict(zip(names, row[2:], strict=True))
            yield UUID(bytes=bytes(row[1])), fields, copies.get(bytes(row[1]), [])


def members(library: Library) -> Iterator[dict[str, Any]]:
    """Yield the fields of every member whose data is not restricted, as they were added."""
    last = -1
    while True:
        rows = library.rows(
            "select m.rid, m.card, m.name, k.name, m.sex, m.birth_date, m.phone, m.email,"
            " m.address, m.institution, m.registered, m.expires, m.guardian_name,"
            " m.guardian_relation, m.guardian_phone, m.note from member m"
            " left join member_category k on k.id = m.category"
            " where m.deleted = 0 and coalesce(m.restricted, '') = '' and m.rid > ?"
            " order by m.rid limit ?",
            last,
            _PART,
        )
        if not rows:
            return
        for row in rows:
            yield dict(zip(_MEMBER_FIELDS, (value or "" for value in row[1:]), strict=True))
        last = rows[-1][0]


def _all(library: Library, columns: str) -> Iterator[list[Any]]:
    last = -1
    query = f"select {columns} from title where deleted = 0 and rid > ? order by rid limit ?"
    while rows := library.rows(query, last, _PART):
        yield rows
        last = rows[-1][0]


def _chosen(library: Library, columns: str, only: Sequence[UUID]) -> Iterator[list[Any]]:
    for start in range(0, len(only), _PART):
        part = [id_.bytes for id_ in only[start : start + _PART]]
        marks = ",".join("?" * len(part))
        query = f"select {columns} from title where deleted = 0 and id in ({marks})"
        found = {bytes(row[1]): row for row in library.rows(query, *part)}
        yield [found[id_] for id_ in part if id_ in found]


def _copies_of(library: Library, ids: list[bytes]) -> dict[bytes, list[dict[str, Any]]]:
    found: dict[bytes, list[dict[str, Any]]] = {}
    if ids:
        for title, *values in library.rows(_COPIES.format(marks=",".join("?" * len(ids))), *ids):
            fields = dict(zip(_COPY_FIELDS, values, strict=True))
            found.setdefault(bytes(title), []).append(fields)
    return found
