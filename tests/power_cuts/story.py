"""What a story of power cuts is: machines in one folder, their work, and what was confirmed."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from helpers.library import SmallLibrary, build
from perpusdesk.services.desk import Desk
from perpusdesk.storage.check import Verdict, check, quick_check
from perpusdesk.storage.library import Library

Have = dict[str, int]
DESK = "desk"


class Story(ABC):
    """One run; ``confirmed`` and ``facts`` grow while it is played.

    ``confirmed`` is by machine what its library held for certain when it last said so.
    """

    machines: ClassVar[tuple[str, ...]] = (DESK,)

    def __init__(self, root: Path, chance: Random, *, encrypted: bool) -> None:
        self.root, self.chance, self.encrypted = root, chance, encrypted
        self.confirmed: dict[str, Have] = {}
        self.facts: dict[str, Any] = {}
        self.actions: dict[str, dict[bytes, int]] = {}
        self.small: SmallLibrary | None = None

    # -- told by each kind of story -------------------------------------------------------------

    def prepare(self) -> None:
        """Lay out what is there, safely written and closed, before the story begins."""
        self.small = small_library(self.root / DESK, encrypted=self.encrypted)

    @abstractmethod
    def play(self) -> None:
        """Do the work."""

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        """Open what is left in ``root`` after a cut and return what is wrong with it."""
        wrong = []
        for machine in self.machines:
            wrong += look_at(root / machine, confirmed.get(machine, {}), self._whole(machine))
        return wrong

    # -- used by them ---------------------------------------------------------------------------

    def confirm(self, machine: str, library: Library) -> None:
        """Say on the screen that all that a library holds now is safe."""
        self.confirmed = {**self.confirmed, machine: library.have()}

    def tell(self, **facts: Any) -> None:
        """Confirm something else, by name."""
        self.facts = {**self.facts, **facts}

    def ended(self, machine: str, library: Library) -> None:
        """Keep how many ops each action has, at the end of the story."""
        self.actions[machine] = own_actions(library)

    def _whole(self, machine: str) -> dict[bytes, int]:
        return self.actions.get(machine, {})


def look_at(folder: Path, confirmed: Have, actions: dict[bytes, int]) -> list[str]:
    """Open one library and return what is wrong with it; then it can be written to again."""
    with Library.open(folder) as library:
        wrong = flaws(library, confirmed, actions)
        library.put_local("written after the cut", 1)
        key = library.key
    if quick_check(folder, key=key) is not Verdict.WHOLE:
        wrong.append("the file is damaged")
    return wrong


def flaws(library: Library, confirmed: Have, actions: dict[bytes, int]) -> list[str]:
    """Return what is wrong with an open library: lost, torn, or rows unlike their ops."""
    have = library.have()
    wrong = [
        f"lost: {stream} ends at {have.get(stream, 0)}, {seq} was confirmed"
        for stream, seq in confirmed.items()
        if have.get(stream, 0) < seq
    ]
    wrong += [
        f"half an action: {count} of {actions[action]} ops"
        for action, count in own_actions(library).items()
        if action in actions and actions[action] != count
    ]
    return wrong + [str(one) for one in check(library, 3)]


def own_actions(library: Library) -> dict[bytes, int]:
    """Return how many ops each action of this device has."""
    query = (
        "select action, count(*) from op where stream in"
        " (select number from stream where device = ?) group by action"
    )
    return {bytes(action): count for action, count in library.rows(query, library.device)}


# -- the library that most begin with -------------------------------------------------------------


@cache
def _template(encrypted: bool) -> SmallLibrary:
    folder = Path(tempfile.mkdtemp(prefix="power-cuts-"))
    small = build(folder / DESK, encrypted=encrypted)
    small.rule("Umum", loan_limit=1000, loan_days=7)
    small.library.close()
    return small


def small_library(folder: Path, *, encrypted: bool) -> SmallLibrary:
    """Return the small library of the tests in a new folder, with its key beside it, closed."""
    small = _template(encrypted)
    copied(small.library.folder, folder)
    return replace(small, time=replace(small.time))


def opened(small: SmallLibrary, folder: Path, staff: str = "head") -> Desk:
    """Return a desk at a library that is opened (anew)."""
    sources = replace(small.library.sources, wall_ms=small.time.wall_ms)
    sources = replace(sources, uptime_ms=small.time.uptime_ms)
    small.library = Library.open(folder, sources=sources)
    return small.desk(staff)


def copied(source: Path, folder: Path) -> None:
    """Copy a data folder that nobody has open, with what is beside it."""
    shutil.copytree(source, folder)
    with suppress(FileNotFoundError):
        keys = source.with_name(f"{source.name}.keys")
        shutil.copytree(keys, folder.with_name(f"{folder.name}.keys"))


def forget_templates() -> None:
    """Remove the templates of this process."""
    for encrypted in (False, True):
        with suppress(OSError):
            shutil.rmtree(_template(encrypted).library.folder.parent)
    _template.cache_clear()
