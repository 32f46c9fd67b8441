"""Backing up in another process that is killed at any moment, again and again."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from helpers.backups import Kept
from perpusdesk.common.errors import KnownError
from perpusdesk.storage.library import Library

_CHILD = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from helpers.backups import Kept, add_members
from perpusdesk.storage.backup.rotating import rotate
from perpusdesk.storage.library import Library
with Library.open(Path({folder!r})) as library:
    kept = Kept(library, Path({store!r}))
    print("ready", flush=True)
    while True:
        add_members(library, 2)
        written = kept.write()
        print(written.name, flush=True)
        with kept.place.alone():
            rotate(kept.store, 420)
"""


@dataclass
class Told:
    """What was seen: kills, confirmed backups, and what was wrong, best nothing."""

    kills: int
    confirmed: int
    wrong: list[str]


def kill_backups(folder: Path, store: Path, kills: int, seed: int) -> Told:
    """Kill the process so often; after each kill every backup that is there must be whole."""
    chance, told = random.Random(seed), Told(0, 0, [])
    code = _CHILD.format(paths=sys.path, folder=str(folder), store=str(store))
    for _turn in range(kills):
        words = [sys.executable, "-c", code]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.25))
            child.kill()
            lines = child.stdout.read().splitlines(keepends=True)
        names = [line.decode().strip() for line in lines if line.endswith(b"\n")]
        told.kills += 1
        told.confirmed += len(names)
        told.wrong += _wrong(folder, store, names)
    return told


def _wrong(folder: Path, store: Path, names: list[str]) -> list[str]:
    with Library.open(folder) as library:
        kept = Kept(library, store)
        found = []
        there = kept.store.backups()
        if names and not (set(names) & set(there)):
            found.append(f"confirmed and gone: {names[-1]}")
        for name in there:
            try:
                verdict = kept.verify(name)
                found += [f"{name}: {odd}" for odd in verdict.odd]
            except KnownError as error:
                found.append(f"{name}: {error}")
        return found
