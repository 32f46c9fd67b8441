"""The program as a kiosk: nobody gets out but staff, and the desk's window hears no scan of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from helpers.frames import folder_of_frames
from helpers.keys import scan
from helpers.library import SmallLibrary, value_of
from helpers.windows import take_apart
from perpusdesk.app.kiosk import KioskMode
from perpusdesk.app.program import Program
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.staff.pins import sealed
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.guest_book import count_visitor
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.services.visits.rooms import save_room
from perpusdesk.services.visits.visit_settings import settings_of
from perpusdesk.ui.camera import sources

PIN = "482916"


def entered(program: Program) -> KioskMode:
    """The kiosk in front."""
    program.window.registry.run("kiosk")
    program.tasks.wait_idle()
    assert program.kiosk is not None
    return program.kiosk


def ask_way_out(program: Program, mode: KioskMode) -> None:
    keys = Qt.KeyboardModifier
    held = keys.ControlModifier | keys.AltModifier | keys.ShiftModifier
    QTest.keyClick(mode.kiosk.window, Qt.Key.Key_Q, held)
    program.tasks.wait_idle()


def type_code(program: Program, mode: KioskMode, code: str) -> None:
    for digit in code:
        mode.gate.pad.put(digit)
    mode.gate.pad.send()
    program.tasks.wait_idle()


def test_it_hides_the_desk_which_hears_no_scan(program: Program, qtbot: QtBot) -> None:
    mode = entered(program)
    window = mode.kiosk.window
    qtbot.waitUntil(window.isActiveWindow)
    assert program.front is window
    assert not program.window.isVisible()
    handle = window.windowHandle()
    assert handle is not None
    handle.installEventFilter(program.window._catcher)  # hears first whatever was heard last
    scan(window, "A0001")
    program.tasks.wait_idle()
    assert not program.desk_page.visit_open
    assert program.desk.library.value("select count(*) from visit where staff is null") == 1


def test_staff_without_a_pin_leaves_by_the_code(program: Program) -> None:
    mode = entered(program)
    ask_way_out(program, mode)
    assert mode.kiosk.window.page is mode.kiosk.window.guest
    type_code(program, mode, "111111")
    assert not program.window.isVisible()
    type_code(program, mode, settings_of(program.desk).exit_code)
    assert program.window.isVisible()
    assert not mode.kiosk.window.isVisible()
    assert program.front is program.window
    entered(program)
    assert mode.kiosk.window.isVisible()


def test_three_wrong_codes_lead_back(program: Program) -> None:
    mode = entered(program)
    ask_way_out(program, mode)
    for _try in range(3):
        type_code(program, mode, "111111")
    assert mode.kiosk.window.page is mode.kiosk.window.start
    assert mode.kiosk.window.isVisible()


def test_where_people_sign_in_only_a_pin_leads_out(program: Program, small: SmallLibrary) -> None:
    small.change("staff", small.staff["head"], secret=sealed(PIN))
    mode = entered(program)
    ask_way_out(program, mode)
    screen = mode.screen
    assert screen.isVisible()
    screen.choose(small.staff["head"])
    type_code(program, mode, "222222")
    program.tasks.wait_idle()
    assert not program.window.isVisible()
    small.time.passes(minutes=10)
    type_code(program, mode, PIN)
    program.tasks.wait_idle()
    assert program.window.isVisible()
    assert program.desk.staff == small.staff["head"]
    assert not program.window.locked


def test_a_kiosk_counts_without_anybody_and_does_nothing_else(small: SmallLibrary) -> None:
    small.change("staff", small.staff["head"], secret=sealed(PIN))
    desk = KioskDesk(small.library, small.branches["pusat"], None)
    done = count_visitor(desk)
    assert value_of(done).today == 1
    for job in (lambda: undo(desk), lambda: desk.action("lend")):
        with pytest.raises(KnownError) as error:
            job()
        assert error.value.fault is Fault.NOT_SIGNED_IN
    assert not isinstance(save_room(desk, "Ruang"), type(done))


def test_cards_are_read_by_the_camera_too(
    program: Program,
    settings: SettingsFile,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "PICTURES_A_SECOND", 0.0)
    folder = folder_of_frames(tmp_path / "frames", ("A0001",))
    settings.change(camera=f"folder:{folder}", camera_on=True)
    mode = entered(program)
    qtbot.waitUntil(lambda: mode.kiosk.window.page is mode.kiosk.window.thanks)
    assert program.desk.library.value("select count(*) from visit") == 1
    assert not program.camera.on
    mode.kiosk.reset()
    mode._leave()
    program.tasks.wait_idle()
    assert program.camera.on
    program.camera.close()


def test_a_computer_may_start_as_a_kiosk(
    small: SmallLibrary, settings: SettingsFile, tmp_path: Path
) -> None:
    made = Program(small.desk(), settings=settings, reports=tmp_path / "reports")
    made.show(as_kiosk=True)
    made.tasks.wait_idle()
    assert made.kiosk is not None
    assert made.kiosk.kiosk.window.isVisible()
    assert not made.window.isVisible()
    made.window.close()
    assert not made.kiosk.kiosk.window.isVisible()
    take_apart(made.kiosk.kiosk.window)
    take_apart(made.window)
