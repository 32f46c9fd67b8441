"""F1 in a running program: every screen and tab, behind the lock, before the desk, at a kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from helpers.keys import scan
from helpers.library import SmallLibrary
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.app.start import Place, Start
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.settings import SettingsFile
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.help.places import FAULTS, SCREENS, page_of
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.text import refusal_of
from perpusdesk.ui.start.pages import ProblemPage, WaitPage
from perpusdesk.ui.wizard.page import WizardPage
from perpusdesk.ui.wizard.steps import Step


def f1(window: QWidget) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    QApplication.processEvents()


def page_in_front(program: Program) -> str:
    panel = program.helping.panel
    assert panel is not None
    assert panel.isVisible()
    return panel.page


def named(place: str) -> str:
    return page_of(place).partition("#")[0]


def help_buttons(parent: QWidget) -> list[QAbstractButton]:
    found = parent.findChildren(QAbstractButton)
    return [one for one in found if one.isVisible() and one.accessibleName().startswith("Bantuan")]


# --- screens ---------------------------------------------------------------------------------


def test_every_screen_and_tab_has_a_page_of_its_own(program: Program) -> None:
    window, seen, lost = program.window, set(), []
    opened = [one.id for one in window.registry.here() if one.id.startswith("open_")]
    assert len(opened) >= 12
    for id_ in opened:
        window.registry.run(id_)
        program.tasks.wait_idle()
        QApplication.processEvents()
        bars = [
            bar for bar in window.stack.currentWidget().findChildren(QTabBar) if bar.isVisible()
        ]
        outer = bars[0] if bars else None
        for tab in range(outer.count() if outer else 1):
            if outer is not None and outer.isTabVisible(tab):
                outer.setCurrentIndex(tab)
                program.tasks.wait_idle()
            place = window.help_place
            seen.add(place)
            if not any(f"{place}/".startswith(f"{known}/") for known in SCREENS):
                lost.append(place)
    assert lost == []
    tabbed = {key for key in SCREENS if key.count("/") == 1 and not key.startswith("upkeep")}
    reached = {"/".join(place.split("/")[:2]) for place in seen}
    assert tabbed - reached <= {"exchange/trip"}  # a van's alone


def test_reading_leaves_the_visit_open_and_takes_no_scan(program: Program) -> None:
    window = program.window
    scan(window, "A0001")
    program.tasks.wait_idle()
    f1(window)
    assert page_in_front(program) == named("desk")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert (program.desk_page.visit_open, window.page) == (True, "desk")
    assert window.box.edit.hasFocus()
    f1(window)
    scan(window, "B0001")
    program.tasks.wait_idle()
    assert program.desk.library.value("select count(*) from loan") == 1
    assert program.helping.panel is not None
    assert not program.helping.panel.isVisible()


def test_rail_palette_and_key_sheet_lead_there_too(program: Program) -> None:
    program.window.registry.run("open_holds")
    program.window.rail.help.click()
    assert page_in_front(program) == named("holds")
    action = program.window.registry.get("help")
    assert (action.keys, action.text()) == (("F1",), "Panduan")
    assert action in program.window.registry.offers()


# --- what went wrong -------------------------------------------------------------------------


def test_a_refusal_at_the_desk_has_its_page(program: Program, small: SmallLibrary) -> None:
    small.change("member", small.members["A0002"], expires="2026-10-01")
    for code in ("A0002", "B0005"):
        scan(program.window, code)
        program.tasks.wait_idle()
    assert program.window.help_place == "refusal/member_expired"
    (button,) = help_buttons(program.desk_page.widget)
    button.click()
    assert page_in_front(program) == named("refusal/member_expired")


def test_a_failure_and_a_refusal_have_their_page_while_their_screen_is_in_front(
    program: Program,
) -> None:
    window = program.window
    window.messages.known(KnownError(Fault.PRINTER))
    QApplication.processEvents()
    (button,) = help_buttons(window.bar)
    button.click()
    assert page_in_front(program) == FAULTS[Fault.PRINTER].partition("#")[0]
    window.go("holds")
    assert window.help_place == "holds"
    window.messages.problem(refusal_of(say_refusal(Refused(Reason.REPORT_UNKNOWN))))
    assert window.help_place == "refusal/report_unknown"
    window.messages.solved()
    assert window.help_place == "holds"
    window.messages.bug(ValueError("contoh"))
    f1(window)
    assert page_in_front(program) == named("bug")


# --- around the screens ----------------------------------------------------------------------


def test_the_locked_desk_has_help_and_stays_locked(program: Program) -> None:
    screen = words("terkunci")
    program.window.lock(screen)
    f1(program.window)
    assert page_in_front(program) == named("lock")
    panel = program.helping.panel
    assert panel is not None
    QTest.keyClick(panel.reader, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert program.window.locked


def test_at_a_kiosk_it_is_for_staff_alone(program: Program, qtbot: QtBot) -> None:
    program.enter_kiosk()
    mode = program.kiosk
    assert mode is not None
    window = mode.kiosk.window
    f1(window)
    assert not mode.helping.open
    window.leave_asked.emit()
    program.tasks.wait_idle()
    qtbot.waitUntil(mode.gate.isVisible)
    f1(window)
    assert mode.helping.open
    assert mode.helping.panel is not None
    assert mode.helping.panel.page == named("kiosk")
    mode.gate.left.emit()
    assert not mode.helping.open


# --- before the desk -------------------------------------------------------------------------


@pytest.fixture
def start(settings: SettingsFile, tmp_path: Path) -> Iterator[Start]:
    made = Start(settings, Place(tmp_path / "here"))
    yield made
    made.close()
    take_apart(made.window)


def shown_before_the_desk(start: Start) -> str:
    f1(start.window)
    panel = start.helping.panel
    assert panel is not None
    assert panel.isVisible()
    page = panel.page
    QTest.keyClick(panel.reader, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert start.window.isVisible()
    return page


def test_every_step_of_the_wizard_has_help(start: Start) -> None:
    start.ask_new()
    wizard = start.window.page
    assert isinstance(wizard, WizardPage)
    assert len(help_buttons(wizard)) == 1
    for step in (Step.LANGUAGE, Step.WAY):
        assert wizard.wizard.step is step
        assert shown_before_the_desk(start) == named(f"wizard/{step}")
        wizard.go_on()


def test_the_way_back_in_the_manual_is_not_that_of_the_wizard(start: Start) -> None:
    start.ask_new()
    wizard = start.window.page
    assert isinstance(wizard, WizardPage)
    wizard.go_on()
    f1(start.window)
    panel = start.helping.panel
    assert panel is not None
    QTest.keyClick(panel.reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.wizard.step is Step.WAY


@pytest.mark.parametrize("fault", [Fault.UNSAFE_PLACE, Fault.NEWER_LIBRARY, Fault.READ_ONLY])
def test_a_start_that_fails_has_the_page_of_its_failure(start: Start, fault: Fault) -> None:
    start.known(KnownError(fault))
    page = start.window.page
    assert isinstance(page, ProblemPage)
    assert len(help_buttons(page)) == 1
    assert shown_before_the_desk(start) == FAULTS[fault].partition("#")[0]


def test_what_nobody_expected_has_help_too(start: Start) -> None:
    start.bug(ValueError("contoh"))
    assert shown_before_the_desk(start) == named("bug")


def test_a_page_that_goes_while_somebody_reads_takes_nothing_with_it(start: Start) -> None:
    start.ask_new()
    f1(start.window)
    start.window.show_page(WaitPage("Membuka"))
    QApplication.sendPostedEvents(None, 52)  # what was to be deleted is
    panel = start.helping.panel
    assert panel is not None
    QTest.keyClick(panel.reader, Qt.Key.Key_Escape)
    assert not panel.isVisible()
