"""The campaigns of other files than the database, each with a world of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from damage.backups import BackupWorld
from damage.harm import Result
from damage.packages import PackageWorld
from damage.snapshots import SnapshotWorld
from damage.sticks import StickWorld

WORLDS: Final = (BackupWorld, SnapshotWorld, StickWorld, PackageWorld)


def files_in_turn(folder: Path, seeds: Iterable[int]) -> Iterator[Result]:
    """Damage a file of each world in turn, a damage for each seed."""
    worlds = [world(folder / world.__name__) for world in WORLDS]
    for turn, seed in enumerate(seeds):
        yield worlds[turn % len(worlds)].run(seed)
