"""Records made elsewhere for a book in hand: from this library, the ISBN index, or a catalogue."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.common.errors import KnownError
from perpusdesk.exchange.copy_servers import CopyServer, Kind
from perpusdesk.exchange.marc_titles import read_titles
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.desk import Desk
from perpusdesk.storage.isbn_index import IsbnIndex
from perpusdesk.storage.queries.lookup import normal_isbn, titles_by_isbn

_MOST: Final = 10
_SPECIAL: Final = str.maketrans(dict.fromkeys('"\\{}()@\r\n\x00', " "))


class Where(StrEnum):
    """Where a record was found."""

    LIBRARY = "library"
    INDEX = "index"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record to catalogue from, and whose it is.

    One of the library's own (this or another branch) has a ``title`` to which a copy can be added;
    any other has a ``record``.
    """

    where: Where
    source: str
    record: TitleRecord | None = None
    title: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one catalogue said, or why it said nothing."""

    server: CopyServer
    proposals: tuple[Proposal, ...] = ()
    failed: KnownError | None = None


def look_up(desk: Desk, isbn: str) -> list[Proposal]:
    """Return what is known of an ISBN without a network: the library's own titles first.

    Raises ``KnownError`` (DAMAGED) when the index beside the library cannot be read.
    """
    number = normal_isbn(isbn)
    if number is None:
        return []
    own = titles_by_isbn(desk.library, number)
    found = [Proposal(Where.LIBRARY, hit.title, title=hit.id) for hit in own]
    with IsbnIndex(desk.library.folder) as index:
        for kept in index.find(number, _MOST):
            read = next(read_titles(io.BytesIO(kept.marc)), None)
            if isinstance(read, TitleRecord):
                found.append(Proposal(Where.INDEX, kept.source, read))
    return found


def ask_servers(
    servers: Sequence[CopyServer],
    wanted: str,
    *,
    stop: Callable[[], bool] | None = None,
    limit: int = _MOST,
) -> Iterator[Answer]:
    """Ask catalogues for an ISBN or for words, one after the other, and yield each answer.

    Touches no library, so it belongs on a thread of its own; takes up to some 20 s for a catalogue
    that is silent. A catalogue that fails hides no other. ``stop`` is asked before each.
    """
    from perpusdesk.exchange.sru import search_sru  # HTTP is slow to import
    from perpusdesk.exchange.z3950 import search_z3950

    for server in servers:
        if stop is not None and stop():
            return
        query = query_for(server, wanted)
        if not server.enabled or query is None:
            continue
        search = search_sru if server.kind is Kind.SRU else search_z3950
        try:
            records = search(server, query, limit)
        except KnownError as error:
            yield Answer(server, failed=error)
            continue
        found = (Proposal(Where.SERVER, server.name, record) for record in records)
        yield Answer(server, tuple(found))


def query_for(server: CopyServer, wanted: str) -> str | None:
    """Return what to ask a server for, ``None`` when it takes no such question.

    What is typed cannot end the quotation that it stands in.
    """
    if number := normal_isbn(wanted):
        return server.isbn_query.replace("{isbn}", number)
    words = " ".join(wanted.translate(_SPECIAL).split())
    if not words or not server.text_query:
        return None
    return server.text_query.replace("{text}", words)
