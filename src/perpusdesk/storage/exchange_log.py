"""What this device's last exchanges came to; for its people, never exchanged."""

from __future__ import annotations

from typing import Final

import msgspec

from perpusdesk.storage.library import Library

KEPT: Final = 500


class ExchangeEntry(msgspec.Struct, frozen=True, array_like=True):
    """One exchange, whole or broken off (``reason``, a code); bytes are those of the transport.

    ``way`` is ``http``, ``hub`` (a hub towards its city) or ``folder``; ``offset_ms`` the other
    side's clock less ours, ``None`` when it was not heard.
    """

    at_ms: int
    way: str
    where: str
    peer: bytes = b""
    reason: str = ""
    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    took_ms: int = 0
    offset_ms: int | None = None
    repaired: int = 0
    server_restored: bool = False
    differs: bool = False

    @property
    def done(self) -> bool:
        """Whether it came to its end."""
        return not self.reason


def note_exchange(library: Library, entry: ExchangeEntry) -> None:
    """Keep one more; a failure like the last one takes its place, so that offline days stay short.

    The last ``KEPT`` are kept.
    """
    with library.local_work() as database:
        rows = database.execute_sql("select max(number) from exchange_log").fetchall()
        last = rows[0][0] or 0
        number = last + 1
        if not entry.done and last:
            query = "select value from exchange_log where number = ?"
            before = _entry(database.execute_sql(query, (last,)).fetchall()[0][0])
            same = (before.reason, before.where) == (entry.reason, entry.where)
            number = last if same and not before.bytes_down else number
        database.execute_sql("delete from exchange_log where number = ?", (number,))
        database.execute_sql(
            "insert into exchange_log(number, at, value) values (?, ?, ?)",
            (number, entry.at_ms, msgspec.msgpack.encode(entry)),
        )
        query = "delete from exchange_log where number <= ?"
        database.execute_sql(query, (number - KEPT,))


def latest_exchanges(library: Library, count: int = 50) -> list[ExchangeEntry]:
    """Return the last ones, the newest first."""
    query = "select value from exchange_log order by number desc limit ?"
    return [_entry(value) for (value,) in library.rows(query, count)]


def last_done(library: Library) -> ExchangeEntry | None:
    """Return the last exchange that came to its end."""
    return next((one for one in latest_exchanges(library, KEPT) if one.done), None)


def _entry(value: bytes) -> ExchangeEntry:
    return msgspec.msgpack.decode(bytes(value), type=ExchangeEntry)
