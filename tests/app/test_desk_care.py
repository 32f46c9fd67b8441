"""What a running desk does unasked, and who is at it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.app import chores as unasked
from perpusdesk.app.program import Program
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.holds import place_hold, set_aside
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import FILE_NAME


def rows(program: Program) -> list[str]:
    program.tasks.wait_idle()
    return [row.text() for row in program.staff.rows]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_another_person_takes_the_desk_by_keyboard(
    program: Program, qtbot: QtBot, small: SmallLibrary, key: Qt.Key
) -> None:
    program.window.registry.run("staff")
    assert rows(program) == ["Kepala Contoh", "Petugas Contoh", "Relawan Contoh"]
    assert program.staff.rows[1].hasFocus()
    qtbot.keyClick(program.staff.rows[1], Qt.Key.Key_Down)
    qtbot.keyClick(program.staff.rows[2], key)
    program.tasks.wait_idle()
    assert not program.staff.isVisible()
    assert program.window.rail.staff.text() == "Relawan Contoh"
    assert program.desk.staff == small.staff["volunteer"]
    assert open_desk(small.library).staff == small.staff["volunteer"]


def test_what_is_done_bears_the_new_name(program: Program, small: SmallLibrary) -> None:
    program.window.registry.run("staff")
    rows(program)
    program.staff.rows[0].click()
    program.tasks.wait_idle()
    program.window.box.take_burst("A0001")
    program.window.box.take_burst("B0001")
    program.tasks.wait_idle()
    (staff,) = {op.staff for op in small.library.all_ops() if op.verb == "lend"}
    assert staff == small.staff["head"]


def test_somebody_who_left_is_not_offered(program: Program, small: SmallLibrary) -> None:
    small.change("staff", small.staff["volunteer"], active=0)
    program.window.registry.run("staff")
    assert rows(program) == ["Kepala Contoh", "Petugas Contoh"]


def test_the_list_of_people_can_be_used_by_everybody(program: Program, qapp: QApplication) -> None:
    program.window.registry.run("staff")
    rows(program)
    assert audit_everywhere(qapp, program.staff) == []


def test_the_turn_of_the_day_lets_holds_expire(program: Program, small: SmallLibrary) -> None:
    desk = small.desk("head")
    on_shelf = Override("contoh", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    member = small.members["A0001"]
    hold = value_of(place_hold(desk, member, small.titles[0], override=on_shelf))
    value_of(set_aside(desk, hold.hold, small.copies["B0001"]))
    state = "select state from hold"
    shown: list[object] = []
    program.desk_page.shown.connect(shown.append)
    program.chores.look()
    program.tasks.wait_idle()
    assert (small.library.value(state), shown) == ("ready", [])
    small.time.passes(days=30)
    program.chores.look()
    program.tasks.wait_idle()
    assert small.library.value(state) == "expired"
    assert len(shown) == 1


def test_a_wrong_clock_is_said_once_and_may_be_believed(
    program: Program, small: SmallLibrary
) -> None:
    bar = program.window.bar
    program.chores.look()
    assert bar.problem is None
    small.time.moment = datetime(2010, 1, 1, tzinfo=UTC)
    program.chores.look()
    assert bar.problem is not None and "Jam" in bar.problem.happened
    bar.clear()
    program.chores.look()
    assert bar.problem is None
    program.chores._believe()
    program.tasks.wait_idle()
    assert not small.library.clock_suspect


def test_a_full_disk_is_told_before_it_is_full(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unasked, "is_low", lambda _folder: True)
    program.chores.look()
    program.tasks.wait_idle()
    assert program.window.bar.problem is not None
    assert "penuh" in program.window.bar.problem.happened


@pytest.mark.parametrize("damaged", [False, True])
def test_a_file_left_by_a_power_cut_is_looked_at(
    program: Program, small: SmallLibrary, *, damaged: bool
) -> None:
    lock = small.library._lock
    assert lock is not None
    lock.unchecked = True
    if damaged:
        small.library.rows("pragma wal_checkpoint(truncate)")
        with (small.library.folder / FILE_NAME).open("r+b") as file:
            file.seek(8 * 4096)
            file.write(bytes(16 * 4096))
    program.chores.first_look()
    program.tasks.wait_idle()
    assert small.library.unchecked == damaged
    problem = program.window.bar.problem
    assert (problem is not None) == damaged
    if problem:
        assert "tidak dapat dibaca" in problem.happened
