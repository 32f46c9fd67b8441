"""The files that are to be moved in: looked at beside everything else, corrected by people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perpusdesk.exchange.open_files import Format
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_looks import FileLook, TableLook, look_at, meanings_of
from perpusdesk.services.transfer.import_memory import remember_columns
from perpusdesk.ui.kit.tasks import Tasks


class ChosenFiles(QObject):
    """``changed`` tells that something else is known of the files than before."""

    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._looks: dict[Path, FileLook] = {}
        self._said: dict[Path, Format] = {}
        self._latest: dict[Path, int] = {}
        self._under_way = self._number = 0

    @property
    def looks(self) -> Sequence[FileLook]:
        """What was recognised so far, in the order chosen."""
        return tuple(self._looks.values())

    @property
    def looking(self) -> bool:
        """Whether some file is still being looked at."""
        return self._under_way > 0

    @property
    def usable(self) -> list[Path]:
        """The files of which something can be taken."""
        return [look.path for look in self._looks.values() if look.usable]

    @property
    def formats(self) -> dict[Path, Format]:
        """What people said that single files are."""
        return {path: self._said[path] for path in self.usable if path in self._said}

    def add(self, paths: Sequence[Path]) -> None:
        """Look at these files, besides those that were chosen before."""
        for path in paths:
            self._look(path)

    def say_format(self, path: Path, format_: Format) -> None:
        """Take a file for something else than it seemed."""
        self._said[path] = format_
        self._look(path)

    def say_columns(self, table: TableLook, meanings: dict[str, str]) -> None:
        """Keep what the columns of a table mean, and look again."""
        guessed = meanings_of(table.header, table.kind)
        said = {name: field for name, field in meanings.items() if field != guessed.get(name)}
        path = next((look.path for look in self._looks.values() if table in look.tables), None)
        if path is not None:
            self._tasks.run(
                lambda: remember_columns(self._desk, table.header, said),
                lambda _none: self._look(path),
                owner=self,
            )

    def leave_out(self, path: Path) -> None:
        """Forget a file."""
        self._looks.pop(path, None)
        self._said.pop(path, None)
        self.changed.emit()

    def clear(self) -> None:
        """Forget all files."""
        self._looks.clear()
        self._said.clear()
        self.changed.emit()

    def _look(self, path: Path) -> None:
        said = self._said.get(path)
        self._under_way += 1
        self._number += 1
        number = self._latest[path] = self._number

        def look() -> FileLook:
            with self._desk.beside() as quiet:
                return look_at(quiet, path, said)

        self._looks.setdefault(path, FileLook(path, said))
        self._tasks.aside(look, lambda found: self._looked(found, number), owner=self)
        self.changed.emit()

    def _looked(self, look: FileLook, number: int) -> None:
        """Take a look's result, unless a later one was begun or the file was left out."""
        self._under_way -= 1
        if look.path in self._looks and self._latest.get(look.path) == number:
            self._looks[look.path] = look
        if not self.looking:
            self.changed.emit()
