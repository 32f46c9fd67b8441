"""A library that cannot be opened, or whose file is damaged: salvaged with all that helps."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

import apsw
import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.ops import Op
from perpusdesk.services.doctor.record import note_salvage
from perpusdesk.services.safety.backup_places import usual_place
from perpusdesk.storage import op_log
from perpusdesk.storage.backup.finding import sticks, stores_under
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.store import Store, open_store
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.name_card import places_on_card, read_card, streams_on_card
from perpusdesk.storage.salvage.making import Aids, Progress
from perpusdesk.storage.salvage.report import Report
from perpusdesk.storage.salvage.salvage import salvage
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.vault import key_of

WANTED_NAME: Final = "library.repair"
"""A file that says: the library is damaged, salvage it before it is opened again."""

Ids = tuple[bytes, bytes]
_LOG: Final = logging.getLogger(__name__)


def can_be_salvaged(folder: Path, error: KnownError) -> bool:
    """Whether a library that did not open for this reason may be salvaged."""
    damaged = error.fault is Fault.DAMAGED
    unreadable = error.fault is Fault.NOT_A_LIBRARY and bool(error.facts.get("detail"))
    return (damaged or unreadable) and (folder / FILE_NAME).is_file()


def want_salvage(folder: Path) -> None:
    """Note that the library is to be salvaged before it is opened the next time."""
    with contextlib.suppress(OSError):
        (folder / WANTED_NAME).touch()


def refuse_damaged(folder: Path) -> None:
    """Raise ``KnownError(DAMAGED)``, with ``asked``, when somebody wants it salvaged first."""
    if (folder / WANTED_NAME).is_file() and (folder / FILE_NAME).is_file():
        raise KnownError(Fault.DAMAGED, file=str(folder), asked=True)


def repair_library(
    folder: Path,
    progress: Progress = lambda _done: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Salvage the library in a folder that nobody has open, with what its backups have.

    Raises ``KnownError``, and ``StoppedError`` of ``storage.salvage``; then all is as it was.
    """
    keys = system_key_store(folder)
    key = key_of(folder, keys)
    card = read_card(folder)
    aids = Aids(card, _streams_told(folder, card), ops_of_backups(folder, card))
    report = salvage(folder, key, aids, progress=progress, stop=stop)
    with contextlib.suppress(OSError):
        (folder / WANTED_NAME).unlink()
    with Library.open(folder) as library:
        note_salvage(library, report)
    _LOG.info("salvaged: %s", msgspec.json.encode(report).decode())
    return report


def _streams_told(folder: Path, card: Ids | None) -> Iterator[tuple[bytes, int]]:
    """Yield the streams that the name card and the backups tell of."""
    yield from streams_on_card(folder)
    for store in _stores(folder, card):
        with contextlib.suppress(KnownError, OSError, ValueError):
            newest = store.newest_whole()
            for name in newest[1].have if newest else ():
                device, incarnation = name.split("/")
                yield bytes.fromhex(device), int(incarnation, 16)


def ops_of_backups(folder: Path, card: Ids | None) -> Iterator[Op]:
    """Yield the ops of the newest readable backup of each place: the log keeps what it has."""
    for store in _stores(folder, card):
        with contextlib.suppress(KnownError, OSError):
            yield from _ops_of(store)


def backup_roots(folder: Path) -> list[Path]:
    """Return where backups of a library may be that does not open: chosen places, then sticks."""
    usual = Path(usual_place(folder).where)
    return list(dict.fromkeys([*places_on_card(folder), usual, *sticks()]))


def _stores(folder: Path, card: Ids | None) -> Iterator[Store]:
    """Yield the stores of this device that can be opened."""
    keys = system_key_store(folder)
    for place, lock in (found for root in backup_roots(folder) for found in stores_under(root)):
        if card is not None and lock.device != card[1].hex():
            continue
        with contextlib.suppress(KnownError, OSError):
            store = open_store(place, keys)
            if store is not None:
                yield store


def _ops_of(store: Store) -> Iterator[Op]:
    """Yield the ops of the newest backup that can be read to its end."""
    for name in store.backups():
        try:
            with OpenBackup(store, name).database() as connection:
                database = cast("Sql", _Reader(connection))
                yield from op_log.everything(database, Streams(database))
            return
        except KnownError as error:
            _LOG.info("the backup %s is of no help: %s", name, error)


class _Reader:
    """What reading the log asks of a database, over a bare connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def execute_sql(self, sql: str, values: Sequence[Any] | None = None, /) -> apsw.Cursor:
        return self._connection.execute(sql, tuple(values or ()))
