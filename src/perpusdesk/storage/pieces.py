"""Parts of packages that are too large for one frame, until the last part is here."""

from __future__ import annotations

from typing import Final

from perpusdesk.protocol.messages import Piece
from perpusdesk.storage.door import Door

MOST_BYTES: Final = 8 * 1024 * 1024
"""The largest package that is taken in pieces."""
MOST_OF_ONE: Final = 32 * 1024 * 1024
"""Bytes of unfinished packages kept for one device."""
_STALE_MS: Final = 14 * 24 * 3600 * 1000


class Pieces:
    """Pieces by the digest of their package; pieces come in order, so what is here has no gap."""

    def __init__(self, door: Door) -> None:
        self._door, self._database = door, door.database

    def got(self, package: bytes) -> int:
        """Return how many bytes of a package are here."""
        query = "select coalesce(max(start + length(data)), 0) from piece where package = ?"
        return int(self._database.execute_sql(query, (package,)).fetchall()[0][0])

    def put(self, piece: Piece, source: bytes) -> int:
        """Keep a piece that goes on where the last one ended; return how many bytes are here.

        Another piece changes nothing. What nobody went on with for two weeks is forgotten.
        """
        now = self._door.time.now_ms()
        with self._door.transaction():
            run = self._database.execute_sql
            run("delete from piece where at < ?", (now - _STALE_MS,))
            query = "select coalesce(sum(length(data)), 0) from piece where source = ?"
            there = int(run(query, (source,)).fetchall()[0][0])
            got = self.got(piece.digest)
            fits = got == piece.start and got + len(piece.data) <= min(piece.total, MOST_BYTES)
            if fits and piece.data and there + len(piece.data) <= MOST_OF_ONE:
                run(
                    "insert into piece values (?, ?, ?, ?, ?, ?)",
                    (piece.digest, piece.start, piece.total, piece.data, source, now),
                )
                got += len(piece.data)
        return got

    def whole(self, package: bytes) -> bytes | None:
        """Return all bytes of a package when the last piece is here."""
        query = "select data, total from piece where package = ? order by start"
        rows = self._database.execute_sql(query, (package,)).fetchall()
        data = b"".join(bytes(row[0]) for row in rows)
        return data if rows and len(data) == rows[0][1] else None

    def forget(self, package: bytes) -> None:
        """Drop the pieces of a package that is whole, or was not what it should have been."""
        with self._door.transaction():
            self._database.execute_sql("delete from piece where package = ?", (package,))
