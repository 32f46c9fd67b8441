"""The first run on the screen: by keyboard alone, in both languages, for every eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from helpers.keys import scan, type_keys
from helpers.ui_audit import audit_everywhere, settle
from perpusdesk.common.i18n import language, set_language
from perpusdesk.ui.kit.scanner_lesson import ScannerLesson
from perpusdesk.ui.start.window import StartWindow
from perpusdesk.ui.wizard.fields import FieldsPage, FolderPart
from perpusdesk.ui.wizard.page import WizardPage
from perpusdesk.ui.wizard.sheet_page import SheetPage
from perpusdesk.ui.wizard.steps import Answers, Step, Way, Wizard, Wrong


@pytest.fixture
def window(qtbot: QtBot) -> StartWindow:
    made = StartWindow()
    qtbot.addWidget(made)
    made.resize(1024, 768)
    return made


@pytest.fixture
def page(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> WizardPage:
    made = WizardPage(Wizard(Answers("id", tmp_path / "library")))
    window.show_page(made)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)
    settle(focus.window())


def write(qtbot: QtBot, text: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    qtbot.keyClicks(focus, text)


def test_by_keyboard_alone(page: WizardPage, qtbot: QtBot) -> None:
    ended: list[Wizard] = []
    page.finished.connect(ended.append)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.step is Step.LIBRARY
    write(qtbot, "Perpustakaan Contoh")
    press(qtbot, Qt.Key.Key_Return)
    write(qtbot, "Sri Contoh")
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.step is Step.SCANNER
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.wizard.step is Step.SCANNER
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.step is Step.SHEET
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.step is Step.SHEET
    write(qtbot, page.wizard.answers.drawn.split("-")[page.wizard.answers.group - 1])
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    assert ended == [page.wizard]
    answers = page.wizard.answers
    assert (answers.library, answers.branch, answers.person) == (
        "Perpustakaan Contoh",
        "Pusat",
        "Sri Contoh",
    )
    press(qtbot, Qt.Key.Key_Return)
    assert len(ended) == 1


def test_arrows_choose_the_way(page: WizardPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Down)
    assert page.wizard.answers.way is Way.DEMO
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.at_end


def test_the_language_holds_at_once(page: WizardPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Down)
    assert language() == "en"
    assert page.on.text() == "Continue"
    assert page.wizard.answers.branch == "Main library"
    press(qtbot, Qt.Key.Key_Up)
    assert page.on.text() == "Lanjut"
    assert page.wizard.answers.branch == "Pusat"


def test_what_is_missing_is_said_at_its_field(page: WizardPage, qtbot: QtBot) -> None:
    page.go_on()
    page.go_on()
    press(qtbot, Qt.Key.Key_Return)
    assert page.wizard.step is Step.LIBRARY
    assert isinstance(page.content, FieldsPage)
    assert page.content.fields["library"].error
    assert not page.content.fields["branch"].error
    assert page.content.fields["library"].edit.hasFocus()


def test_an_unsafe_folder_comes_out_of_hiding(page: WizardPage, qtbot: QtBot) -> None:
    page.wizard.check_folder = lambda _folder: Wrong.NETWORK
    page.go_on()
    page.go_on()
    part = page.content.findChild(FolderPart)
    assert part is not None and not part.field.isVisible()
    write(qtbot, "Perpustakaan Contoh")
    press(qtbot, Qt.Key.Key_Return)
    assert part.field.isVisible() and part.field.error


def at_scanner(page: WizardPage) -> ScannerLesson:
    page.wizard.answer(library="Perpustakaan Contoh", person="Sri Contoh")
    while page.wizard.step is not Step.SCANNER:
        page.go_on()
    settle(page.window())
    lesson = page.content
    assert isinstance(lesson, ScannerLesson)
    assert lesson.field.hasFocus()
    return lesson


@pytest.mark.parametrize("end", ["\r", "\t"])
def test_a_test_scan_teaches_and_does_not_go_on(page: WizardPage, end: str) -> None:
    lesson = at_scanner(page)
    scan(page.window(), "B000457", end)
    assert page.wizard.step is Step.SCANNER
    assert lesson.field.hasFocus()
    assert "B000457" in lesson.said
    learnt = page.wizard.answers.scanner
    assert learnt is not None and not learnt.ends_alone


def test_a_scanner_without_an_end_is_recognised_by_silence(page: WizardPage, qtbot: QtBot) -> None:
    at_scanner(page)
    scan(page.window(), "B000457", end="")
    qtbot.waitUntil(lambda: page.wizard.answers.scanner is not None)
    assert page.wizard.answers.scanner is not None
    assert page.wizard.answers.scanner.ends_alone


def test_prefix_and_suffix_follow_from_what_is_printed(page: WizardPage, qtbot: QtBot) -> None:
    lesson = at_scanner(page)
    scan(page.window(), "~B000457#")
    lesson._other()
    qtbot.keyClicks(lesson.printed, "B000457")
    qtbot.keyClick(lesson.printed, Qt.Key.Key_Return)
    assert page.wizard.step is Step.SCANNER
    learnt = page.wizard.answers.scanner
    assert learnt is not None
    assert (learnt.prefix, learnt.suffix) == ("~", "#")


def test_typing_by_hand_is_told_apart(page: WizardPage) -> None:
    lesson = at_scanner(page)
    type_keys(page.window(), "B000457\r")
    assert page.wizard.answers.scanner is None
    assert "diketik" in lesson.said


@pytest.mark.parametrize("code", ["id", "en"])
def test_every_step_can_be_used_by_everybody(
    qapp: QApplication, window: StartWindow, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    set_language(code)
    page = WizardPage(Wizard(Answers(code, tmp_path / "library"), lambda _: Wrong.SYNCED))
    window.show_page(page)
    page.wizard.answer(library="", person="Sri Contoh")
    found = []
    for step in page.wizard.path:
        assert page.wizard.step is step
        if step is Step.LIBRARY:
            page.go_on()
            found += audit_everywhere(qapp, window)
            page.wizard.check_folder = lambda _folder: None
            page.wizard.answer(library="Perpustakaan Contoh")
        if step is Step.SCANNER:
            scan(window, "B000457")
        found += audit_everywhere(qapp, window)
        if step is Step.SHEET:
            page.go_on()
            found += audit_everywhere(qapp, window)
            answers = page.wizard.answers
            page.wizard.answer(typed=answers.drawn.split("-")[answers.group - 1])
        if not page.wizard.at_end:
            page.go_on()
    assert found == []


def test_the_sheet_is_printed_saved_and_left_for_later(
    page: WizardPage, qapp: QApplication, tmp_path: Path
) -> None:
    page.wizard.answer(library="Perpustakaan Contoh", branch="Pusat", person="Sri Contoh")
    while page.wizard.step is not Step.SHEET:
        page.go_on()
    sheet = page.content
    assert isinstance(sheet, SheetPage)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert set(page.wizard.answers.drawn.split("-")) <= shown
    opened: list[str] = []
    sheet.opener = lambda url: not opened.append(url.toLocalFile())
    sheet.print.click()
    assert Path(opened[0]).read_bytes().startswith(b"%PDF")
    sheet.save_to(tmp_path / "lembar.pdf")
    assert (tmp_path / "lembar.pdf").read_bytes().startswith(b"%PDF")
    assert "lembar.pdf" in sheet._said.text()
    (tmp_path / "berkas").write_bytes(b"")
    sheet.save_to(tmp_path / "berkas" / "lembar.pdf")
    assert "lembar.pdf" not in sheet._said.text(), "what went wrong is said, and the page stays"
    page.go_on()
    assert "bukan kelompok" in sheet.fields["typed"].error
    assert not audit_everywhere(qapp, page.window())
    page.skip()
    assert page.wizard.at_end
