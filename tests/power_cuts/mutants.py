"""Programs with one flaw each, which the power cuts must bring to light."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from perpusdesk.common import files
from perpusdesk.storage import attached_files, database, library, upgrade

Mutant = Callable[[], AbstractContextManager[Any]]


def unsynced_commits() -> AbstractContextManager[Any]:
    """SQLite does not wait for the disk."""
    loose = (("synchronous", "off"), *database.PRAGMAS[1:])
    return patch.object(database, "PRAGMAS", loose)


def confirmed_before_commit() -> AbstractContextManager[Any]:
    """The screen says it is saved while the transaction is still open."""
    from power_cuts.story import Story

    keep = Story.confirm

    def early(self: Story, machine: str, opened: library.Library) -> None:
        keep(self, machine, opened)
        coming = {**self.confirmed[machine]}
        for stream in coming:
            if stream.startswith(opened.device.hex()):
                coming[stream] += 1
        self.confirmed = {**self.confirmed, machine: coming}

    return patch.object(Story, "confirm", early)


@contextmanager
def vault_after_database() -> Any:
    """The lock of the folder is written when the encrypted file is already there."""
    waiting: list[tuple[Path, Any]] = []
    write, make = library.write_vault, library.make_file

    def later(folder: Path, vault: Any) -> None:
        waiting.append((folder, vault))

    def made(*args: Any) -> None:
        make(*args)
        for one in waiting:
            write(*one)
        waiting.clear()

    with ExitStack() as stack:
        stack.enter_context(patch.object(library, "write_vault", later))
        stack.enter_context(patch.object(library, "make_file", made))
        yield


def replaced_without_sync() -> AbstractContextManager[Any]:
    """Files get their name before their content is safe."""

    class Hasty:
        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def fsync(self, _handle: int) -> None:
            pass

    return patch.object(files, "os", Hasty())


def folders_unsynced() -> AbstractContextManager[Any]:
    """A new name is taken as safe at once."""
    stack = ExitStack()
    for module in (files, upgrade, attached_files):
        stack.enter_context(patch.object(module, "sync_folder", lambda _folder: None))
    return stack


MUTANTS: Final[dict[str, Mutant]] = {
    "unsynced_commits": unsynced_commits,
    "confirmed_before_commit": confirmed_before_commit,
    "vault_after_database": vault_after_database,
    "replaced_without_sync": replaced_without_sync,
    "folders_unsynced": folders_unsynced,
}
"""By name: what is wrong with the program."""
