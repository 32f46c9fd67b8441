"""Exchange through a stick by a library that is a member, noted in its history."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.exchange_log import ExchangeEntry, note_exchange
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing import snapshot_stick
from perpusdesk.syncing.bootstrap import is_new
from perpusdesk.syncing.folder import PLACE, FolderExchange, FolderOutcome
from perpusdesk.syncing.identity import Member, member_of
from perpusdesk.syncing.membership import library_secret
from perpusdesk.syncing.snapshots import Shelf

WAY: Final = "folder"


def folder_exchange(library: Library, keys: KeyStore, folder: Path) -> FolderExchange:
    """Return an exchange with a folder, to be done step by step on the library's thread.

    Raises ``KnownError`` with NOT_ENROLLED: without keys nobody else could read the stick.
    """
    member, secret = _secrets(library, keys)
    return FolderExchange(library.exchange, member.trust, folder, secret, token_bytes)


def run_noted(library: Library, exchange: FolderExchange, folder: Path) -> Iterator[FolderOutcome]:
    """Do an exchange step by step, and note in the history what it came to."""
    began, reason = time.monotonic(), ""
    try:
        yield from exchange.steps()
        reason = "full" if exchange.outcome.full else ""
    except KnownError as error:
        reason = error.fault.value
        raise
    finally:
        told = exchange.outcome
        took = int((time.monotonic() - began) * 1000)
        entry = ExchangeEntry(
            at_ms=library.now_ms(),
            way=WAY,
            where=folder.name or str(folder),
            reason=reason,
            sent=told.sent,
            received=told.received,
            bytes_up=told.bytes_written,
            bytes_down=told.bytes_read,
            took_ms=took,
        )
        note_exchange(library, entry)


def snapshot_to_stick(library: Library, keys: KeyStore, folder: Path, program: str) -> Path:
    """Make a snapshot and write it to a stick, to start a new van from; raises ``KnownError``.

    Reads beside the library's own connection: any thread may do it with ``library.beside()``.
    """
    member, secret = _secrets(library, keys)
    sign = library.exchange.sign
    assert sign is not None, "a member signs"
    shelf = Shelf(library.folder / "snapshot", library.key)
    shelf.make(library, sign, member.identity.certificate, program)
    return snapshot_stick.to_stick(shelf, folder / PLACE, library.id, secret, token_bytes)


def start_from_stick(library: Library, keys: KeyStore, folder: Path) -> Iterator[float] | None:
    """Fill a new device from the newest snapshot on a stick; yields how much is read, 0 to 1.

    ``None``: there is none on it, or this device is not new. Raises ``KnownError``.
    """
    member, secret = _secrets(library, keys)
    found = snapshot_stick.on_stick(folder / PLACE, library.id, secret)
    if not found or not is_new(library):
        return None
    return _start(library, found[0][1], secret, member.identity.authority)


def _start(library: Library, path: Path, secret: bytes, authority: bytes) -> Iterator[float]:
    gathering = None
    into = library.folder / "snapshot-in"
    reading = snapshot_stick.from_stick(path, into, library.id, secret, authority, key=library.key)
    for gathering in reading:
        yield gathering.done
    if gathering is not None:
        gathering.put_in(library)
        yield 1.0


def _secrets(library: Library, keys: KeyStore) -> tuple[Member, bytes]:
    member, secret = member_of(library, keys), library_secret(keys, library.device)
    if member is None or secret is None:
        raise KnownError(Fault.NOT_ENROLLED)
    return member, secret
