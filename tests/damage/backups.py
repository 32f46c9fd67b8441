"""Damages to the files of a store of backups: packs, manifests, its lock."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from damage.harm import Result, harm
from damage.world import OpKey, ops_in
from helpers.backups import add_members, attach
from helpers.library import build
from perpusdesk.common.errors import KnownError
from perpusdesk.protocol.recovery_code import private_of, public_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backups import prepare, write_to
from perpusdesk.storage.backup.places import FolderPlace
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.store import Store, open_store, recover_store
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import RECOVERY_SETTING, Library

ATTACHED = "ab" * 32 + ".pdf"
_SEED = bytes(range(16))


@dataclass(slots=True)
class Kept:
    """A backup as it was made: which files it needs, and what it gives back."""

    needs: set[str]
    ops: dict[OpKey, tuple[Any, ...]]
    attached: bytes


class BackupWorld:
    """A library and its store with two backups, of which the second builds upon the first."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "place"
        small = build(folder / "library", encrypted=True)
        self.library = small.library
        small.setting(RECOVERY_SETTING, public_of(_SEED).hex())
        self.keys = KeyStore(self.library.folder)
        self.desk: Desk = add_members(self.library, 40)
        self.kept: dict[str, Kept] = {}
        for content in (os.urandom(200_000), os.urandom(90_000)):
            attach(self.library, ATTACHED, content)
            self._write(content)
            add_members(self.library, 10)
            small.time.passes(days=1)
        self.files = {file.name: file.read_bytes() for file in self.store_folder.iterdir()}
        self.files.pop("store.lock", None)

    @property
    def store_folder(self) -> Path:
        """Where the files of the store are."""
        folders = (self.root / "PerpusDesk-backup").iterdir()
        return min(folder for folder in folders if len(folder.name) == 16)

    def _write(self, attached: bytes) -> None:
        job = prepare(self.desk)
        outcome = write_to(job, self.keys, self.root)
        assert outcome.whole
        assert outcome.written is not None
        needs = {"store.json", outcome.written.name, *outcome.written.manifest.packs}
        ops = ops_in(self.library.database)
        self.kept[outcome.written.name] = Kept(needs, ops, attached)

    def store(self) -> Store | None:
        """The store with nothing remembered; ``None``: there is none that can be opened."""
        try:
            return open_store(FolderPlace(self.store_folder), self.keys)
        except KnownError:
            return None

    def run(self, seed: int) -> Result:
        """Damage one file, look, make another backup, look again."""
        random = Random(seed)
        for file in self.store_folder.iterdir():
            file.unlink()
        for name, content in self.files.items():
            (self.store_folder / name).write_bytes(content)
        files = [self.store_folder / name for name in sorted(self.files)]
        result = harm(seed, random, "backup", files)
        if result.identical:
            return result
        changed = {
            name
            for name, content in self.files.items()
            if not (self.store_folder / name).exists()
            or (self.store_folder / name).read_bytes() != content
        }
        self._look(result, changed)
        self._write_anew(result)
        return result

    def _look(self, result: Result, changed: set[str]) -> None:
        store = self.store()
        if store is None or recover_store(store.place, private_of(_SEED)) is None:
            result.faults.append("the store does not open any more")
        listed = store.backups() if store is not None else []
        if store is None:
            result.detected = "lock"
        for name, kept in self.kept.items():
            if store is None:
                continue
            whole = name in listed and verify_backup(store, name, self.folder).whole
            if not whole:
                result.detected = result.detected or "verify"
                if not kept.needs & changed:
                    result.faults.append(f"an older backup is not readable: {name}")
            else:
                self._restored(result, store, name, kept)

    def _restored(self, result: Result, store: Store, name: str, kept: Kept) -> None:
        """What is believed to be whole gives back everything, word for word."""
        target = self.folder / "restored"
        shutil.rmtree(target, ignore_errors=True)
        try:
            restore_folder(OpenBackup(store, name), target, KeyStore(target))
            with Library.open(target) as library:
                if ops_in(library.database) != kept.ops:
                    result.faults.append("a whole backup restores other ops")
        except KnownError as error:
            result.faults.append(f"a whole backup is not restored: {error}")
            return
        if (target / "files" / "ab" / ATTACHED).read_bytes() != kept.attached:
            result.faults.append("a whole backup restores another file")

    def _write_anew(self, result: Result) -> None:
        """The next backup is whole, whatever became of the former ones."""
        try:
            outcome = write_to(prepare(self.desk), self.keys, self.root)
        except KnownError as error:
            result.faults.append(f"no further backup: {error}")
            return
        result.repaired = outcome.whole
        if not outcome.whole:
            result.faults.append("the next backup is not whole")
            return
        assert outcome.written is not None
        assert outcome.store is not None
        name, kept = outcome.written.name, Kept(set(), {}, b"")
        kept.ops = ops_in(self.library.database)
        kept.attached = (self.library.folder / "files" / "ab" / ATTACHED).read_bytes()
        place = FolderPlace(Path(outcome.store.place.where))
        store = open_store(place, self.keys)
        assert store is not None
        if not verify_backup(store, name, self.folder).whole:
            result.faults.append("the next backup does not verify")
        else:
            self._restored(result, store, name, kept)
