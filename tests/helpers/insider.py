"""What somebody could do who has the library's key and an SQL shell."""

from __future__ import annotations

from typing import Any

from perpusdesk.protocol import payload as wire
from perpusdesk.storage.chain import Chain
from perpusdesk.storage.library import Library
from perpusdesk.storage.stamps import Streams


def edit(library: Library, statement: str, *values: Any) -> int:
    """Run a statement past the door; return how many rows it changed."""
    before = library.database.total_changes()
    with library.database.writing():
        library.database.execute_sql(statement, values)
    return library.database.total_changes() - before


def stream_of(library: Library) -> int:
    """Return the local number of the longest stream."""
    number: int = library.value("select stream from op group by stream order by count(*) desc")
    return number


def other_payload(library: Library, stream: int, seq: int) -> None:
    """Change what an op says."""
    query = "select payload from op where stream = ? and seq = ?"
    payload = {**wire.decode(library.value(query, stream, seq)), "note": "Lunas"}
    edit(
        library,
        "update op set payload = ? where stream = ? and seq = ?",
        wire.encode(payload),
        stream,
        seq,
    )


def swap(library: Library, stream: int, one: int, two: int) -> None:
    """Let two ops change places."""
    for now, then in ((one, -1), (two, one), (-1, two)):
        query = "update op set seq = ? where stream = ? and seq = ?"
        edit(library, query, then, stream, now)


def chain_again(library: Library) -> None:
    """Make all chains anew, as if what is there had always been there."""
    with library.database.writing():
        chain = Chain(library.database, Streams(library.database))
        chain.begin_anew()
        chain.build(10**9)
