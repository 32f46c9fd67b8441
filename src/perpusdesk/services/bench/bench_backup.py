"""How long a backup, its check and a restore take at city size, while the desk keeps lending.

The backup runs on a thread beside the desk's, as in the window. The floor of the same run is a bare
copy of the database file, written through to the disk.
"""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from perpusdesk.domain.decisions import Refused
from perpusdesk.services.bench.bench_desk import Lane, machine, quantiles
from perpusdesk.services.bench.bench_library import barcode, card, ensure_bench_library
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.understand import understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backups import Job, Outcome, prepare, write_to
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library

_BETWEEN_S: Final = 0.02
"""Pause between two members at the desk: far busier than any library."""
_BARE_TURNS: Final = 150
_DAY: Final = 500


def bench_backup(folder: Path, size: int) -> dict[str, Any]:
    """Measure; times in seconds, of the desk in ms. The library is made when it is not there."""
    large = ensure_bench_library(folder / str(size), size)
    store = folder / f"{size}.backup"
    target = folder / f"{size}.restored"
    for old in (store, target, target.with_name(f"{target.name}.keys")):
        shutil.rmtree(old, ignore_errors=True)
    keys = KeyStore(large)
    with Library.open(large) as library:
        desk = open_desk(library)
        lane = Lane(desk, size)
        for turn in range(_BARE_TURNS):
            lane.turn(turn, keep=turn >= 20)
        alone = quantiles([*lane.lend_ms, *lane.return_ms])
        first, while_first = _beside(lane, lambda job: write_to(job, keys, store), desk)
        for turn in range(_DAY):  # a busy day at the desk
            lane.turn(turn, keep=False)
        second, while_second = _beside(lane, lambda job: write_to(job, keys, store), desk)
        proof_s = _verified(second, large)
    assert second.written is not None
    assert second.store is not None
    opened = OpenBackup(second.store, second.written.name)
    restore_s = _restored(opened, target, size)
    backup_s, bare_s = _written_s(first), _copied(large / FILE_NAME, store)
    figures = {
        "backup_s": backup_s,
        "backup_new_mb": _mb(first),
        "second_backup_s": _written_s(second),
        "second_backup_new_mb": _mb(second),
        "verify_s": proof_s,
        "restore_to_first_loan_s": restore_s,
        "desk_ms_while_backing_up": while_first,
        "desk_ms_while_backing_up_again": while_second,
    }
    baseline = {"desk_ms_alone": alone, "bare_copy_s": bare_s}
    return {
        "bench": "backup",
        "size": size,
        "machine": {**machine(), "load": [round(one, 1) for one in os.getloadavg()]},
        "library_mb": round((large / FILE_NAME).stat().st_size / 1e6),
        "figures": figures,
        "baseline": baseline,
        "ratio": {"backup_to_bare_copy": round(backup_s / bare_s, 2)},
    }


def _beside(
    lane: Lane, work: Callable[[Job], Outcome], desk: Desk
) -> tuple[Outcome, dict[str, float]]:
    """Work on another thread while the desk lends and takes back."""
    found: list[Outcome] = []
    job = prepare(desk)
    thread = threading.Thread(target=lambda: found.append(work(job)))
    lane.lend_ms.clear()
    lane.return_ms.clear()
    thread.start()
    turn = 0
    while thread.is_alive() or turn < 30:
        lane.turn(turn, keep=True)
        turn += 1
        time.sleep(_BETWEEN_S)
    thread.join()
    return found[0], quantiles([*lane.lend_ms, *lane.return_ms])


def _written_s(outcome: Outcome) -> float:
    """Return how long it took until the backup was there; its check is counted by itself."""
    entry = outcome.entries[0]
    return round((entry.took_ms - entry.proof_ms) / 1000, 2)


def _mb(outcome: Outcome) -> float:
    return round(outcome.entries[0].new_bytes / 1e6, 1)


def _verified(outcome: Outcome, folder: Path) -> float:
    assert outcome.written is not None
    assert outcome.store is not None
    began = time.monotonic()
    proof = verify_backup(outcome.store, outcome.written.name, folder)
    if not proof.whole:
        raise AssertionError(proof.odd)
    return round(time.monotonic() - began, 2)


def _restored(backup: OpenBackup, target: Path, size: int) -> float:
    """Return the time from the wish to restore until a book is lent."""
    began, chance = time.monotonic(), random.Random(3)
    restore_folder(backup, target, KeyStore(target))
    with Library.open(target) as library:
        desk = open_desk(library)
        while True:
            member = understand(desk, card(chance.randrange(size // 5)), scanned=True).member
            copy = understand(desk, barcode(chance.randrange(size)), scanned=True).copy
            assert member is not None
            assert copy is not None
            if not isinstance(lend(desk, member, copy), Refused):
                return round(time.monotonic() - began, 2)


def _copied(file: Path, beside: Path) -> float:
    target, began = beside / "bare.copy", time.monotonic()
    shutil.copyfile(file, target)
    with target.open("r+b") as copied:
        os.fsync(copied.fileno())
    took = time.monotonic() - began
    target.unlink()
    return round(took, 2)
