"""Files that somebody opened by a double click, or handed to ``perpusdesk``: what is offered then.

Nothing is done unasked: a package leads to the exchange with its folder, a release to its
installation, each by a button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject

from perpusdesk.app.exchanging import Exchanging
from perpusdesk.app.updating import Updating
from perpusdesk.common.given_files import PACKAGES, STICK_FOLDER, UPDATE
from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

_MOST_LOOKED = 2_000


class Kind(StrEnum):
    """What was opened."""

    STICK = "stick"
    UPDATE = "update"
    MISSING = "missing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing that was opened; ``place`` is the folder of a stick, or what holds a release."""

    kind: Kind
    place: Path


def understood(given: Path) -> Opened:
    """Return what a file or folder is, by its name and what lies in it. Raises nothing."""
    ending = given.suffix.lower()
    try:
        if not given.exists():
            return Opened(Kind.MISSING, given)
        if given.is_dir():
            return _folder(given)
    except OSError:
        return Opened(Kind.MISSING, given)
    if ending == PACKAGES:
        return Opened(Kind.STICK, _stick_of(given.parent))
    return Opened(Kind.UPDATE if ending == UPDATE else Kind.OTHER, given)


def _folder(given: Path) -> Opened:
    for place in (given, given / STICK_FOLDER):
        endings = _endings(place)
        if PACKAGES in endings:
            return Opened(Kind.STICK, _stick_of(place))
        if UPDATE in endings:
            return Opened(Kind.UPDATE, place)
    return Opened(Kind.OTHER, given)


def _endings(place: Path) -> set[str]:
    if not place.is_dir():
        return set()
    files = zip(range(_MOST_LOOKED), place.iterdir(), strict=False)
    return {file.suffix.lower() for _number, file in files}


def _stick_of(folder: Path) -> Path:
    return folder.parent if folder.name == STICK_FOLDER else folder


class Given(QObject):
    """Shows on the right screen what can be done with what was opened."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, exchanging: Exchanging, updating: Updating
    ) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._exchanging, self._updating = exchanging, updating

    def take(self, given: Sequence[Path]) -> None:
        """Look what these are, beside the desk's work, and offer; of several kinds each once."""
        if given:
            self._tasks.aside(
                lambda: list(dict.fromkeys(map(understood, given))), self._offer, owner=self
            )

    def _offer(self, opened: list[Opened]) -> None:
        for one in opened:
            {
                Kind.STICK: self._offer_exchange,
                Kind.UPDATE: self._offer_update,
                Kind.MISSING: self._say_missing,
                Kind.OTHER: self._say_other,
            }[one.kind](one.place)

    def _offer_exchange(self, stick: Path) -> None:
        page = self._exchanging.page
        self._window.go(page.name)

        def exchange() -> None:
            self._window.messages.solved()
            self._exchanging.through_stick(stick)

        self._window.messages.problem(
            Problem(
                _("Packages of the library lie in {folder}.").format(folder=_name(stick)),
                _("What is new there comes in, and what it lacks is written there."),
                tone="text",
                steps=[
                    (_("Exchange now"), exchange),
                    (_("Not now"), self._window.messages.solved),
                ],
            )
        )

    def _offer_update(self, given: Path) -> None:
        self._window.go("settings")
        self._updating.take_file(given)

    def _say_missing(self, given: Path) -> None:
        self._window.messages.problem(
            Problem(
                _("{name} is not there (any more).").format(name=_name(given)),
                todo=_("Is it on a stick? Plug it in and open the file again."),
            )
        )

    def _say_other(self, given: Path) -> None:
        self._window.messages.problem(
            Problem(
                _("PerpusDesk can do nothing with {name}.").format(name=_name(given)),
                _("Nothing was changed."),
                _(
                    "It opens packages (.pdx), updates (.pdupdate) and the folder of a stick with"
                    " them. Lists and catalogues come in under Import & export."
                ),
            )
        )


def _name(place: Path) -> str:
    return place.name or str(place)
