"""More stories: a backup to a stick, a restore, one step back, and a library that is locked up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.library.opening import open_to_work
from perpusdesk.services.safety.backups import prepare, write_to
from perpusdesk.services.safety.restore import open_restored, take_the_rest
from perpusdesk.storage.backup.finding import stores_under
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.store import Store, open_store
from perpusdesk.storage.backup.swapping import is_unfinished, lay_ready
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.step_back import step_back
from power_cuts.stories import STICK, job
from power_cuts.story import DESK, Have, Story, opened

OTHER = "other"
STORE = "backup"


class Backup(Story):
    """Backups are written to a stick while the desk works on."""

    machines: ClassVar[tuple[str, ...]] = (DESK,)

    def prepare(self) -> None:
        super().prepare()
        (self.root / STICK).mkdir()

    def play(self) -> None:
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        for _ in range(2):
            job(self.small, desk, self)
            self.confirm(DESK, desk.library)
            keys = system_key_store(desk.library.folder)
            outcome = write_to(prepare(desk), keys, self.root / STICK)
            assert outcome.whole and outcome.written is not None, outcome
            self.tell(backups=(*self.facts.get("backups", ()), outcome.written.name))
        self.ended(DESK, desk.library)
        desk.library.close()

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        wrong = super().look(root, confirmed, facts)
        names = facts.get("backups", ())
        if not names:
            return wrong
        store = store_on(root / STICK, root / DESK)
        if store is None:
            return [*wrong, "the store of the backups is gone"]
        newest = max(store.backups(), default="")  # older ones of the same day are rotated out
        if newest < names[-1]:
            wrong.append(f"the backup {names[-1]} is gone")
        elif not verify_backup(store, newest, root / DESK).whole:
            wrong.append(f"the backup {newest} is damaged")
        return wrong


def store_on(stick: Path, folder: Path) -> Store | None:
    """Return the store of backups on a stick, opened by the keys of a data folder."""
    found = (open_store(place, system_key_store(folder)) for place, _ in stores_under(stick))
    return next((store for store in found if store is not None), None)


class GoingBack(Backup):
    """The library goes back to a backup, and takes in what was written since."""

    def prepare(self) -> None:
        super().prepare()
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        keys = system_key_store(desk.library.folder)
        self._written = write_to(prepare(desk), keys, self.root / STICK).written
        job(self.small, desk, self)
        self.confirm(DESK, desk.library)
        desk.library.close()

    def play(self) -> None:
        folder = self.root / DESK
        store = store_on(self.root / STICK, folder)
        assert store is not None and self._written is not None
        with Library.open(folder) as library:
            key = library.key
        lay_ready(OpenBackup(store, self._written.name), folder, key)
        with open_restored(folder) as library:
            self.confirm(DESK, library)
            self.ended(DESK, library)

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        if self.encrypted:  # else this would encrypt it
            open_to_work(root / DESK).close()
        elif is_unfinished(root / DESK):
            with Library.open(root / DESK) as library:
                take_the_rest(library)
        return Story.look(self, root, confirmed, facts)


class Restore(Backup):
    """A new computer begins with a backup from a stick."""

    machines: ClassVar[tuple[str, ...]] = (OTHER,)

    def prepare(self) -> None:
        super().prepare()
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        keys = system_key_store(desk.library.folder)
        self._written = write_to(prepare(desk), keys, self.root / STICK).written
        desk.library.close()

    def play(self) -> None:
        self._restore(self.root)
        with Library.open(self.root / OTHER) as library:
            self.confirm(OTHER, library)
            self.ended(OTHER, library)

    def _restore(self, root: Path) -> None:
        store = store_on(root / STICK, self.root / DESK)
        assert store is not None and self._written is not None
        folder = root / OTHER
        restore_folder(
            OpenBackup(store, self._written.name),
            folder,
            system_key_store(folder),
            device_files={},
        )

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        try:
            return Story.look(self, root, confirmed, facts)
        except KnownError as error:
            if error.fault is not Fault.NOT_A_LIBRARY or confirmed:
                raise
        self._restore(root)
        return Story.look(self, root, confirmed, facts)


class StepBack(Story):
    """The library is brought back to a former schema, and forward again by opening it."""

    def play(self) -> None:
        assert self.small is not None
        folder = self.root / DESK
        desk = opened(self.small, folder)
        job(self.small, desk, self)
        self.confirm(DESK, desk.library)
        key = desk.library.key
        desk.library.close()
        step_back(folder, self.chance.randint(1, latest_step() - 1), key=key)
        desk = opened(self.small, folder)
        job(self.small, desk, self)
        self.confirm(DESK, desk.library)
        self.ended(DESK, desk.library)
        desk.library.close()


class LockingUp(Story):
    """A library that was not encrypted is brought over, and used at once."""

    def prepare(self) -> None:
        self.encrypted = False
        super().prepare()

    def play(self) -> None:
        with Library.open(self.root / DESK, encrypted=True) as library:
            assert library.key is not None
            self.confirm(DESK, library)
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        job(self.small, desk, self)
        self.confirm(DESK, desk.library)
        self.ended(DESK, desk.library)
        desk.library.close()


SAFETY_STORIES: dict[str, type[Story]] = {
    "backup": Backup,
    "going back": GoingBack,
    "restore": Restore,
    "step back": StepBack,
    "locking up": LockingUp,
}
