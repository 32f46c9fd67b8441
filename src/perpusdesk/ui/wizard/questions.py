"""The questions of each step; answers are noted as they are given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import LANGUAGES, _
from perpusdesk.domain.pins import LONGEST
from perpusdesk.ui.kit.code_entry import CodeEntry
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.scanner_lesson import ScannerLesson
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.choices import BigChoices
from perpusdesk.ui.wizard.fields import FieldsPage, FolderPart
from perpusdesk.ui.wizard.steps import Way, Wizard


def language_page(wizard: Wizard, changed: Callable[[str], object]) -> QWidget:
    """Return the choice of the language, which holds at once."""
    choices = BigChoices(changed)
    for code in LANGUAGES:
        choices.add(code, text.LANGUAGE_NAMES[code])
    choices.choose(wizard.answers.language)
    return choices


def way_page(wizard: Wizard) -> QWidget:
    """Return the choice of what to start with."""
    choices = BigChoices(lambda value: wizard.answer(way=Way(value)))
    for way, icon, name, what in text.ways():
        choices.add(way.value, name, icon, what)
    choices.choose(wizard.answers.way.value)
    return choices


def library_page(wizard: Wizard) -> FieldsPage:
    """Return the questions for names, time zone and, out of the way, the folder."""
    page, answers = FieldsPage(), wizard.answers
    page.line("library", _("Name of the library"), answers.library, _noting(wizard, "library"))
    page.line("branch", _("Name of this branch"), answers.branch, _noting(wizard, "branch"))
    zones: list[tuple[str, object]] = list(text.zones())
    page.choice("zone", _("Time zone"), zones, answers.zone, _noting(wizard, "zone"))
    page.column.addWidget(FolderPart(wizard, page))
    return page


def code_page(wizard: Wizard, camera: Callable[[CodeEntry, bool], object]) -> FieldsPage:
    """Return the question for the code; ``camera`` is told when its part wants one."""
    page, answers = FieldsPage(), wizard.answers
    entry = CodeEntry(answers.code)
    entry.changed.connect(_noting(wizard, "code"))
    page.fields["code"] = entry.field
    page.column.addWidget(entry)
    page.setFocusProxy(entry)
    page.line("device", _("Name of this computer"), answers.device, _noting(wizard, "device"))
    page.column.addWidget(FolderPart(wizard, page))
    entry.camera_wanted.connect(lambda on: camera(entry, on))
    return page


def person_page(wizard: Wizard) -> FieldsPage:
    """Return the questions for the first person."""
    page, answers = FieldsPage(), wizard.answers
    page.line("person", _("Name"), answers.person, _noting(wizard, "person"))
    roles: list[tuple[str, object]] = list(text.roles())
    page.choice("role", _("Role"), roles, answers.role, _noting(wizard, "role"))
    pin = QLineEdit(answers.pin)
    pin.setMaxLength(LONGEST)
    pin.textChanged.connect(_noting(wizard, "pin"))
    page.add_field("pin", Field(_("PIN (if you like)"), pin, hint=text.about_pin()))
    return page


def scanner_page(wizard: Wizard) -> QWidget:
    """Return the test scan."""
    lesson = ScannerLesson()
    lesson.learnt.connect(lambda settings: wizard.answer(scanner=settings))
    return lesson


def summary(wizard: Wizard) -> QWidget:
    """Return what was chosen, to look over before the start."""
    answers, shown = wizard.answers, QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if answers.way is not Way.DEMO:
        name = answers.device if answers.way is Way.JOIN else answers.library
        column.addWidget(words(name.strip(), "lead", strong=True, wrap=True))
        column.addWidget(words(text.summary(answers), wrap=True))
        column.addWidget(words(text.folder_is(answers.folder), "caption", "muted", wrap=True))
    return shown


def _noting(wizard: Wizard, name: str) -> Callable[[object], object]:
    return lambda value: wizard.answer(**{name: value})
