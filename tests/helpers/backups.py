"""Backups of a library in tests: written, opened and restored with few words."""

from __future__ import annotations

import os
from pathlib import Path

from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.places import FolderPlace
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.store import Store, make_store, new_lock, open_store
from perpusdesk.storage.backup.verifying import Verdict, verify_backup
from perpusdesk.storage.backup.writing import Source, Written, write_backup
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library

NAMES = ("Melati Kenanga", "Semeru Rinjani", "Cempaka Anggrek", "Musi Barito")


class Kept:
    """The store of a library in a folder, and what is done with it."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library, self.place = library, FolderPlace(folder)
        self.keys = KeyStore(library.folder)
        lock = new_lock(library.id, library.device, "Perpustakaan Uji", "Pusat")
        self.store: Store = open_store(self.place, self.keys) or make_store(
            self.place, lock, self.keys
        )

    def source(self) -> Source:
        """The library as a backup wants it."""
        library = self.library
        return Source(
            library.folder,
            library.key,
            library.id,
            library.device,
            "Perpustakaan Uji",
            "Pusat",
            "1.0",
            library.now_ms(),
        )

    def write(self) -> Written:
        """One more backup."""
        with self.place.alone():
            return write_backup(self.source(), self.store)

    def open(self, name: str) -> OpenBackup:
        """A backup, to be read afresh from the disk."""
        return OpenBackup(self.afresh(), name)

    def afresh(self) -> Store:
        """The store, with nothing remembered."""
        store = open_store(FolderPlace(self.place.folder), self.keys)
        assert store is not None
        return store

    def verify(self, name: str) -> Verdict:
        """What is wrong with a backup, read afresh from the disk."""
        return verify_backup(self.afresh(), name, self.library.folder)


def add_members(library: Library, count: int) -> Desk:
    """Register so many members at the desk of a library."""
    desk = open_desk(library)
    for number in range(count):
        name = f"{NAMES[number % len(NAMES)]} {os.urandom(2).hex()}"
        register_member(desk, MemberForm(name=name))
    return desk


def attach(library: Library, name: str, content: bytes) -> Path:
    """Put a file beside the database, as one that is attached to a record."""
    file = library.folder / "files" / name[:2] / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file
