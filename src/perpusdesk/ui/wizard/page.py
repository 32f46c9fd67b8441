"""The wizard on the screen: one question at a time, by keyboard alone if one likes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, set_language
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.wizard import questions, text
from perpusdesk.ui.wizard.backup_page import backup_page
from perpusdesk.ui.wizard.fields import FieldsPage, FolderPart
from perpusdesk.ui.wizard.sheet_page import Aside, SheetPage, at_once
from perpusdesk.ui.wizard.steps import Faults, Step, Wizard


class WizardPage(QWidget):
    """Walks through the steps of a ``Wizard``; ``finished`` carries it when all is answered."""

    finished = Signal(object)

    camera_wanted = Signal(object, bool)
    """A part of the step in front wants a camera, or no longer (``ui.camera.control``)."""

    stepped = Signal()
    """Another step comes to the front; the parts of the last one go."""

    def __init__(self, wizard: Wizard, aside: Aside = at_once) -> None:
        """``aside`` does long work on another thread."""
        super().__init__()
        self.wizard, self._aside = wizard, aside
        self.content: QWidget = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self.go_back)
        self.show_step()

    @property
    def help_place(self) -> str:
        """What the manual's table calls the step in front."""
        return f"wizard/{self.wizard.step}"

    def show_step(self) -> None:
        """Build the step in front anew, in the language in use."""
        self.stepped.emit()
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self.wizard.answer(branch=self.wizard.answers.branch or text.usual_branch())
        self.content = self._make_content()
        self._shown = self._around(self.content)
        self._column.addWidget(self._shown)
        first = self.content if self.content.focusProxy() is not None else self.on
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text.heading(self.wizard.step, self.wizard.answers))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, from wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """Go to the next step, or say what is wrong; at the end, finish."""
        faults = self.wizard.faults()
        if faults:
            self._show_faults(faults)
        elif self.wizard.at_end:
            self.on.setEnabled(False)
            self.finished.emit(self.wizard)
        else:
            self.wizard.next()
            self.show_step()

    def show_found(self) -> None:
        """Show backups that were found meanwhile, if that is what is asked."""
        if self.wizard.step is Step.BACKUP:
            self.show_step()

    def go_back(self) -> None:
        """Go back one step."""
        if self.wizard.can_go_back:
            self.wizard.back()
            self.show_step()

    def _show_faults(self, faults: Faults) -> None:
        fields = self.content.fields if isinstance(self.content, FieldsPage) else {}
        for name, field in fields.items():
            if name in faults:
                field.show_error(text.wrong(name, faults[name], self.wizard.answers))
            else:
                field.clear_error()
        if "folder" in faults:
            for part in self.content.findChildren(FolderPart):
                part.reveal()
        fields[next(iter(faults))].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def skip(self) -> None:
        """Go on with what the program proposes."""
        self.wizard.skip()
        self.show_step()

    def _entered(self) -> None:
        """Press the button that has the keyboard; elsewhere Enter goes on."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        else:
            self.go_on()

    def _change_language(self, code: str) -> None:
        if self.wizard.answers.branch == text.usual_branch():
            self.wizard.answer(branch="")
        set_language(code)
        self.wizard.answer(language=code)
        self.show_step()

    def _make_content(self) -> QWidget:
        step = self.wizard.step
        if step is Step.LANGUAGE:
            return questions.language_page(self.wizard, self._change_language)
        if step is Step.WAY:
            return questions.way_page(self.wizard)
        if step is Step.LIBRARY:
            return questions.library_page(self.wizard)
        if step is Step.CODE:
            return questions.code_page(self.wizard, self.camera_wanted.emit)
        if step is Step.BACKUP:
            return backup_page(self.wizard, self.show_step, self.camera_wanted.emit)
        if step is Step.PERSON:
            return questions.person_page(self.wizard)
        if step is Step.SCANNER:
            return questions.scanner_page(self.wizard)
        if step is Step.SHEET:
            return SheetPage(self.wizard, self._aside)
        return questions.summary(self.wizard)

    def _around(self, content: QWidget) -> QWidget:
        step, answers = self.wizard.step, self.wizard.answers
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addSpacing(32)
        column.addWidget(words(text.place(*self.wizard.place), "caption", "muted"))
        column.addWidget(words(text.heading(step, answers), "title", strong=True, wrap=True))
        column.addWidget(words(text.why(step, answers), tone="muted", wrap=True))
        column.addSpacing(16)
        column.addWidget(content)
        column.addSpacing(16)
        column.addLayout(self._buttons())
        column.addStretch(1)
        return whole

    def _buttons(self) -> QHBoxLayout:
        verb = text.last_verb(self.wizard.step) if self.wizard.at_end else _("Continue")
        self.on = primary_button(verb, self.go_on, keys="Enter")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.on)
        if self.wizard.can_go_back:
            row.addWidget(button(_("Back"), self.go_back, keys="Alt+←"))
        if self.wizard.can_skip:
            row.addWidget(quiet_button(text.skip_verb(self.wizard.step), self.skip))
        row.addStretch(1)
        row.addWidget(help_button())
        return row
