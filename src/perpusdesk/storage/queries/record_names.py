"""What records are called, many at once: for lists that name them beside something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import sure_id

_CHUNK: Final = 500
_QUERIES: Final = {
    "titles": "select id, title, author, year from title where id in ({marks})",
    "copies": "select c.id, t.title, c.barcode, c.inventory from copy c"
    " left join title t on t.id = c.title where c.id in ({marks})",
    "members": "select id, name, card from member where id in ({marks})",
    "loans": "select l.id, t.title, c.barcode, m.name from loan l"
    " left join copy c on c.id = l.copy left join title t on t.id = c.title"
    " left join member m on m.id = l.member where l.id in ({marks})",
}


def record_names(library: Library, kind: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return in one line each what these titles, copies, members or loans are called.

    Records that are not in the library are left out.
    """
    found: dict[UUID, str] = {}
    for part in in_parts(ids, _CHUNK):
        query = _QUERIES[kind].format(marks=",".join("?" * len(part)))
        for id_, *texts in library.rows(query, *(one.bytes for one in part)):
            found[sure_id(id_)] = " · ".join(str(text) for text in texts if text)
    return found
