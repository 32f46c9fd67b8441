"""What ``status`` tells of the exchange; loads nothing of the network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from perpusdesk.storage.exchange_log import ExchangeEntry, last_done, latest_exchanges
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.membership import device_key, membership


def exchange_status(library: Library) -> dict[str, Any]:
    """Return what ``status`` tells of the exchange."""
    known, done = membership(library), last_done(library)
    latest = latest_exchanges(library, 1)
    peer = done.peer if done else known.server if known else b""
    return {
        "waiting": library.exchange.waiting(peer) if known else _ops(library),
        "last_exchange": _moment(done),
        "clock_offset_ms": (done.offset_ms or 0) if done else 0,
        "server": known.url if known else None,
        "keys": _keys(library) if known else None,
        "last_failure": latest[0].reason if latest and latest[0].reason else None,
    }


def _keys(library: Library) -> str:
    """Return where this device's secrets are: ``keyring``, ``file``, or ``lost``."""
    store = system_key_store(library.folder)
    return store.kept.value if device_key(store, library.device) is not None else "lost"


def _ops(library: Library) -> int:
    """Return how many ops would be sent if this library joined a server."""
    return int(library.value("select count(*) from op"))


def _moment(entry: ExchangeEntry | None) -> str | None:
    if entry is None:
        return None
    return datetime.fromtimestamp(entry.at_ms / 1000, UTC).isoformat(timespec="seconds")
