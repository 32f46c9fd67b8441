"""The lock of a running program: what it hides, who opens it, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.devices import another_device, exchange
from helpers.keys import scan, type_keys
from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app.first_run import make_library
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.staff.sign_in import sign_in as sign_in_service
from perpusdesk.services.staff.staff import StaffForm, deactivate, edit_staff, set_pin
from perpusdesk.ui.staff.lock_text import Why
from perpusdesk.ui.wizard.steps import Answers

HEAD_PIN, DESK_PIN = "482913", "905172"


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def with_pins(small: SmallLibrary) -> SmallLibrary:
    """The small library where head and desk have PINs, and the desk a card."""
    head = small.desk("head")
    value_of(set_pin(head, small.staff["head"], HEAD_PIN))
    value_of(set_pin(head, small.staff["desk"], DESK_PIN, to_change=False))
    form = StaffForm("Petugas Contoh", "desk", card="P-0001")
    value_of(edit_staff(head, small.staff["desk"], form))
    return small


@pytest.fixture
def locked(
    qtbot: QtBot, with_pins: SmallLibrary, settings: SettingsFile, tmp_path: Path
) -> Iterator[Program]:
    """The program as it starts where people sign in."""
    made = Program(open_desk(with_pins.library), settings=settings, reports=tmp_path / "reports")
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    settle(made)
    yield made
    made.window.close()
    take_apart(made.window)


def settle(program: Program) -> None:
    for _ in range(4):
        QApplication.processEvents()
        program.tasks.wait_idle()


def enter(program: Program, pin: str) -> None:
    screen = program.locking.screen
    screen.pin.edit.setText(pin)
    QTest.keyClick(screen.pin.edit, Qt.Key.Key_Return)
    settle(program)


def sign_in(program: Program, small: SmallLibrary, who: str, pin: str) -> None:
    program.locking.screen.choose(small.staff[who])
    enter(program, pin)


def loans(small: SmallLibrary) -> int:
    return int(small.library.value('select count(*) from loan where "end" = 0'))


def test_the_program_asks_who_is_there_before_it_shows_anything(
    locked: Program, with_pins: SmallLibrary
) -> None:
    window = locked.window
    assert window.locked and not window.box.isVisible() and not window.rail.isVisible()
    sign_in(locked, with_pins, "desk", "111222")
    assert window.locked and locked.locking.screen._said.text()
    sign_in(locked, with_pins, "desk", DESK_PIN)
    assert not window.locked and window.box.isVisible()
    assert locked.desk.staff == with_pins.staff["desk"]
    assert window.rail.staff.text() == "Petugas Contoh"


def test_scans_and_keys_at_the_locked_screen_do_nothing_and_are_said_so(
    locked: Program, with_pins: SmallLibrary
) -> None:
    locked.locking.screen.people.rows[0].setFocus()
    scan(locked.window, "A0001")
    settle(locked)
    assert "terkunci" in locked.locking.screen._said.text()
    scan(locked.window, "B0001")
    QTest.keyClick(locked.window, Qt.Key.Key_F2)
    QTest.keyClick(locked.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(locked)
    assert loans(with_pins) == 0 and not locked.window.palette_panel.isVisible()
    assert not locked.window.registry.here()
    sign_in(locked, with_pins, "desk", DESK_PIN)
    assert not locked.desk_page.visit_open and not locked.window.box.text()


def test_the_open_visit_and_the_page_come_back_after_the_lock(
    locked: Program, with_pins: SmallLibrary
) -> None:
    sign_in(locked, with_pins, "desk", DESK_PIN)
    scan(locked.window, "A0001")
    settle(locked)
    assert locked.desk_page.visit_open
    locked.window.registry.run("lock")
    settle(locked)
    assert locked.window.locked and not locked.desk_page.widget.isVisible()
    sign_in(locked, with_pins, "head", HEAD_PIN)
    assert locked.desk_page.visit_open and locked.desk_page.widget.isVisible()
    scan(locked.window, "B0001")
    settle(locked)
    assert loans(with_pins) == 1
    who = with_pins.library.value("select staff from op where verb = 'lend' limit 1")
    assert bytes(who) == with_pins.staff["head"].bytes


def test_a_staff_card_scanned_anywhere_asks_for_its_pin_and_esc_goes_on(
    locked: Program, with_pins: SmallLibrary
) -> None:
    sign_in(locked, with_pins, "head", HEAD_PIN)
    locked.window.go("titles")
    scan(locked.window, "P-0001")
    settle(locked)
    screen = locked.locking.screen
    assert locked.window.locked and screen.people.person is not None
    assert screen.people.person.id == with_pins.staff["desk"]
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    settle(locked)
    assert not locked.window.locked and locked.window.page == "titles"
    assert locked.desk.staff == with_pins.staff["head"]
    scan(locked.window, "P-0001")
    settle(locked)
    type_keys(locked.window, DESK_PIN)
    QTest.keyClick(screen.pin.edit, Qt.Key.Key_Return)
    settle(locked)
    assert locked.desk.staff == with_pins.staff["desk"] and locked.window.page == "titles"
    locked.screens.titles._emptied.stop()


def test_nobody_there_for_a_while_locks_and_esc_does_not_open(
    locked: Program, with_pins: SmallLibrary, settings: SettingsFile
) -> None:
    sign_in(locked, with_pins, "desk", DESK_PIN)
    idle, now = locked.locking.idle, [0.0, 0.0]
    idle._clocks = lambda: (now[0], now[1])
    idle.touch()
    now[0] = 599.0
    idle.look()
    assert not locked.window.locked
    scan(locked.window, "A0001")  # somebody is there
    settle(locked)
    now[0] += 590.0
    idle.look()
    assert not locked.window.locked
    now[1] += 601.0  # the computer slept: only the wall clock went on
    idle.look()
    assert locked.window.locked
    QTest.keyClick(locked.locking.screen, Qt.Key.Key_Escape)
    assert locked.window.locked
    sign_in(locked, with_pins, "desk", DESK_PIN)
    settings.change(lock_after=0)
    now[0] += 1e6
    idle.look()
    assert not locked.window.locked


def test_an_account_closed_elsewhere_leaves_the_desk_at_once(
    locked: Program, with_pins: SmallLibrary, tmp_path: Path
) -> None:
    sign_in(locked, with_pins, "desk", DESK_PIN)
    scan(locked.window, "A0001")
    settle(locked)
    other = another_device(with_pins, tmp_path / "other", "Cabang")
    head = Desk(other.library, other.branch, with_pins.staff["head"])
    value_of(deactivate(head, with_pins.staff["desk"]))
    locked.tasks.run(lambda: exchange(locked.desk, head))
    settle(locked)
    locked.exchanging.arrived.emit()
    settle(locked)
    assert locked.window.locked and locked.desk.staff is None
    names = [person.name for person in locked.locking.screen.people.people]
    assert names == ["Kepala Contoh", "Relawan Contoh"]
    sign_in(locked, with_pins, "head", HEAD_PIN)
    assert not locked.window.locked and locked.desk_page.visit_open, "nothing is lost"
    other.library.close()


def test_a_given_pin_is_changed_on_the_screen(locked: Program, with_pins: SmallLibrary) -> None:
    sign_in(locked, with_pins, "head", HEAD_PIN)
    desk, volunteer = locked.desk, with_pins.staff["volunteer"]
    locked.tasks.run(lambda: set_pin(desk, volunteer, "660412"))
    settle(locked)
    locked.locking.follow()
    settle(locked)
    locked.locking.lock()
    sign_in(locked, with_pins, "volunteer", "660412")
    screen = locked.locking.screen
    assert locked.window.locked and screen.new.isVisible()
    screen.new.edit.setText("371940")
    screen.again.edit.setText("371941")
    QTest.keyClick(screen.again.edit, Qt.Key.Key_Return)
    settle(locked)
    assert locked.window.locked
    screen.new.edit.setText("371940")
    screen.again.edit.setText("371940")
    QTest.keyClick(screen.again.edit, Qt.Key.Key_Return)
    settle(locked)
    assert not locked.window.locked and locked.desk.staff == volunteer
    assert not screen.pin.edit.text() and not screen.new.edit.text()


def test_the_page_in_front_shows_what_the_other_person_may(
    locked: Program, with_pins: SmallLibrary
) -> None:
    sign_in(locked, with_pins, "head", HEAD_PIN)
    locked.window.go("settings")
    settle(locked)
    section = locked.preferences.page.staff.section
    section.open_person(with_pins.staff["volunteer"])
    section.form.name.edit.setText("Belum disimpan")
    locked.window.registry.run("staff")
    sign_in(locked, with_pins, "desk", DESK_PIN)
    assert not section.add.isEnabled()
    assert section.form.name.edit.text() == "Belum disimpan", "an unsaved form stays"
    locked.window.registry.run("staff")
    sign_in(locked, with_pins, "head", HEAD_PIN)
    assert section.add.isEnabled()


def test_a_library_without_pins_is_not_locked(program: Program, small: SmallLibrary) -> None:
    assert not program.window.locked
    program.window.registry.run("lock")
    settle(program)
    assert not program.window.locked
    program.window.registry.run("staff")
    settle(program)
    assert program.staff.isVisible()


def test_the_lock_screen_is_in_order(locked: Program, qapp: QApplication) -> None:
    screen = locked.locking.screen
    assert audit_everywhere(qapp, locked.window) == []
    screen.ask_new("Pilih PIN Anda sendiri.")
    assert audit_everywhere(qapp, locked.window) == []
    for why in Why:
        screen.open(why, screen.people.people, None, can_leave=True, can_recover=True)
    screen.forgotten.click()
    assert screen.code.isVisible()
    assert audit_everywhere(qapp, locked.window) == []


def test_the_pin_of_the_first_run_is_asked_for_from_the_first_start(
    tmp_path: Path, settings: SettingsFile
) -> None:
    answers = Answers(
        "id", tmp_path / "new", library="Contoh", branch="Pusat", person="Wati", pin="482913"
    )
    library = make_library(settings, answers, moved=False)
    desk = open_desk(library)
    assert desk.pins_in_use and desk.staff is None
    (person,) = desk.people
    assert value_of(sign_in_service(desk, person, "482913")).name == "Wati"
    assert desk.may("staff")
    library.close()
