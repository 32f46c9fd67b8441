"""The wizard's last question: whether the recovery sheet of the new library is at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.common.passing import passing_folder
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.fields import FieldsPage
from perpusdesk.ui.wizard.steps import Wizard

_COLUMNS = 4
Aside = Callable[
    [Callable[[], Any], Callable[[Any], object], Callable[[KnownError], object], QWidget], object
]
"""Does work on another thread, then tells what came of it, or why nothing did, on this one."""


def at_once(
    work: Callable[[], Any],
    then: Callable[[Any], object],
    failed: Callable[[KnownError], object],
    _owner: QWidget,
) -> None:
    """Do it here, where no other thread is at hand."""
    try:
        done = work()
    except KnownError as error:
        failed(error)
    else:
        then(done)


class SheetPage(FieldsPage):
    """Shows the code, prints or saves its sheet, and asks one group of it back."""

    def __init__(self, wizard: Wizard, aside: Aside) -> None:
        """``aside`` does long work on another thread."""
        super().__init__()
        self._wizard, self._aside = wizard, aside
        self.opener: Callable[[QUrl], object] = QDesktopServices.openUrl
        wizard.draw_sheet()
        self.column.addWidget(_code(wizard.answers.drawn))
        self.print = button(_("Print the sheet"), self.open_sheet, icon="print")
        self.save = button(_("Save as PDF …"), self.save_sheet)
        self.column.addWidget(Flow(self.print, self.save))
        self._said = words("", wrap=True)
        self._said.hide()
        self.column.addWidget(self._said)
        group = text.group_wanted(wizard.answers.group)
        edit = self.line("typed", group, wizard.answers.typed, self._typed)
        edit.setMaxLength(20)
        self.column.addWidget(words(text.later(), "caption", "muted", wrap=True))

    def _typed(self, value: str) -> None:
        self._wizard.answer(typed=value)
        self.fields["typed"].clear_error()

    def open_sheet(self) -> None:
        """Open the sheet in the program that prints; the file goes with this run."""
        self._write(lambda: passing_folder() / "recovery.pdf", self._open)

    def _open(self, file: Path) -> None:
        opened = self.opener(QUrl.fromLocalFile(str(file)))
        self._say(text.sheet_opened() if opened else text.sheet_not_opened(), well=bool(opened))

    def save_sheet(self) -> None:
        """Ask where, and save the sheet there."""
        name = f"{_('Recovery sheet')}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF …"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Save the sheet in a file, and say so."""
        self._write(lambda: file, lambda file: self._say(text.sheet_saved(file.name), well=True))

    def _write(self, place: Callable[[], Path], then: Callable[[Path], object]) -> None:
        """Draw the sheet aside, for that takes longer than a page may stand still."""
        answers = self._wizard.answers
        library, code = answers.library.strip(), answers.drawn
        self._may_ask(False)

        def written(done: Path | OSError) -> None:
            self._may_ask(True)
            if isinstance(done, OSError):
                self._say(done.strerror or str(done), well=False)
            else:
                then(done)

        def failed(error: KnownError) -> None:
            self._may_ask(True)
            self._say(str(say_fault(error)), well=False)

        self._aside(lambda: _drawn(place, library, code), written, failed, self)

    def _may_ask(self, may: bool) -> None:
        for each in (self.print, self.save):
            each.setEnabled(may)

    def _say(self, what: str, *, well: bool) -> None:
        self._said.setText(what)
        set_tone(self._said, "ok" if well else "bad")
        self._said.show()


def _drawn(place: Callable[[], Path], library: str, code: str) -> Path | OSError:
    """Draw the sheet into a file; on any thread. Raises ``KnownError``."""
    from perpusdesk.printing.recovery_sheet import SheetData, recovery_sheet

    sheet = recovery_sheet(SheetData(library, code, date.today()))
    try:
        file = place()
        write_atomically(file, sheet)
    except OSError as error:
        return error
    return file


def _code(code: str) -> QWidget:
    """Return the groups of a code, large, each under its number."""
    card = Card()
    card.setAccessibleName(f"{_('Recovery code')}: {code}")
    grid = QGridLayout(card)
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(12)
    for place, group in enumerate(code.split("-")):
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(words(str(place + 1), "caption", "muted"))
        shown = words(group, "title", strong=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cell.addWidget(shown)
        grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)
    return card
