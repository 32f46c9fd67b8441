"""The wizard's last question: whether the recovery sheet of the new library is at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

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


class SheetPage(FieldsPage):
    """Shows the code, prints or saves its sheet, and asks one group of it back."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self._wizard = wizard
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
        file = self._written(lambda: passing_folder() / "recovery.pdf")
        if file is None:
            return
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
        if self._written(lambda: file) is not None:
            self._say(text.sheet_saved(file.name), well=True)

    def _written(self, place: Callable[[], Path]) -> Path | None:
        answers = self._wizard.answers
        try:
            file = place()
            from perpusdesk.printing.recovery_sheet import SheetData, recovery_sheet

            sheet = SheetData(answers.library.strip(), answers.drawn, date.today())
            write_atomically(file, recovery_sheet(sheet))
        except KnownError as error:
            self._say(str(say_fault(error)), well=False)
        except OSError as error:
            self._say(error.strerror or str(error), well=False)
        else:
            return file
        return None

    def _say(self, what: str, *, well: bool) -> None:
        self._said.setText(what)
        set_tone(self._said, "ok" if well else "bad")
        self._said.show()


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
