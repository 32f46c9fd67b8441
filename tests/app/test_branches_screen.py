"""The branches' tab in the running program: add, change, remove, put a computer somewhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.library.branches import BranchForm, BranchKind, open_branch
from perpusdesk.services.library.devices import move_device
from perpusdesk.services.members.form_facts import form_facts
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.visits.stops import is_van
from perpusdesk.ui.settings.branches import BranchesSection
from perpusdesk.ui.settings.devices import DevicesSection

Make = Callable[[str], Program]


@pytest.fixture
def program_of(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path
) -> Iterator[Make]:
    """Start the program on the device's own desk, at the main building, with somebody there."""
    own = UUID(bytes=small.library.device)
    small.change("device", own, name="Meja depan", number=1, branch=small.branches["pusat"])
    running: list[Program] = []

    def make(who: str) -> Program:
        desk = open_desk(small.library, staff=small.staff[who])
        made = Program(desk, settings=settings, reports=tmp_path / "reports")
        running.append(made)
        made.show()
        made.window.activateWindow()
        qtbot.waitUntil(made.window.isActiveWindow)
        settle(made)
        return made

    yield make
    for made in running:
        made.window.close()
        take_apart(made.window)


def settle(program: Program) -> None:
    for _ in range(4):
        QApplication.processEvents()
        program.tasks.wait_idle()


def tab(program: Program, name: str) -> None:
    program.window.go("settings")
    page = program.preferences.page
    page.tabs.setCurrentIndex(page._names.index(name))
    settle(program)


def branches(program: Program) -> BranchesSection:
    tab(program, "branches")
    return program.preferences.page.branches.section


def devices(program: Program) -> DevicesSection:
    tab(program, "devices")
    return program.preferences.page.devices.section


def shown(made: BranchesSection) -> list[str]:
    return [line.branch.name for line in made._lines.values()]


def test_one_is_added_and_changed_by_keyboard_and_taken_back(program_of: Make) -> None:
    program = program_of("head")
    made = branches(program)
    made.add.setFocus()
    QTest.keyClick(made.add, Qt.Key.Key_Space)
    form = made.form
    assert form.name.edit.hasFocus()
    QTest.keyClicks(form.name.edit, "pusat")
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    settle(program)
    assert form.name.error and form.isVisible(), "there is one of this name"
    form.name.edit.clear()
    QTest.keyClicks(form.name.edit, "Mobil Kenanga")
    form.kind.edit.choose(BranchKind.VAN)
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    settle(program)
    assert not form.isVisible() and made.table.hasFocus()
    assert made.called.text() == "Mobil Kenanga", "the new one is chosen"
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    assert form.isVisible() and form.name.edit.text() == "Mobil Kenanga"
    QTest.keyClick(form.name.edit, Qt.Key.Key_Escape)
    assert not form.isVisible() and made.table.hasFocus(), "Esc leaves it as it was"
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    form.phone.edit.setText("0811-000")
    form.save.click()
    settle(program)
    assert "0811-000" in made.about.text()
    for _ in range(2):
        program.window.registry.run("undo")
        settle(program)
    assert "Mobil Kenanga" not in shown(branches(program))


def test_why_one_cannot_be_removed_is_said_and_one_never_used_goes(
    program_of: Make, small: SmallLibrary
) -> None:
    program = program_of("head")
    program.tasks.run(lambda: open_branch(program.desk, BranchForm("Cabang Keliru")))
    made, said = branches(program), []
    program.window.messages.said.connect(lambda one: said.append(one.text))
    made.choose(small.branches["pusat"])
    made.remove.click()
    settle(program)
    assert "20" in said[-1], "it says how many copies are there"
    made.choose(next(line.id for line in made._lines.values() if "Keliru" in line.branch.name))
    made.remove.click()
    settle(program)
    assert "Cabang Keliru" not in shown(made)


def test_lists_of_branches_hear_of_a_new_one(program_of: Make, small: SmallLibrary) -> None:
    program = program_of("head")
    parts: dict[str, Any] = {
        name: program.reporting.page.part(name) for name in ("dashboard", "packs", "entries", "own")
    }
    moves: Any = next(one for one in program.screens.stock.parts if one.name == "moves")
    for part in (*parts.values(), moves):
        part.opened()
    settle(program)
    program.tasks.run(lambda: value_of(open_branch(program.desk, BranchForm("Cabang Baru"))))
    for part in (*parts.values(), moves):
        part.opened()
    settle(program)
    offered = {name: parts[name].room.branch for name in ("dashboard", "packs", "entries")}
    offered |= {"own": parts["own"].room.picks.branch, "devices": devices(program).place.branch}
    for name, choice in offered.items():
        assert choice.findText("Cabang Baru") >= 0, name
    assert "Cabang Baru" in dict(moves._branches)
    facts = form_facts(program.desk)
    assert "Cabang Baru" in [name for name, _id in facts.branches]


def test_who_may_not_change_them_sees_them(program_of: Make) -> None:
    program = program_of("volunteer")
    made = branches(program)
    assert len(shown(made)) == 2
    for button in (made.add, made.edit, made.remove, made.here):
        assert not button.isVisible()
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    assert not made.form.isVisible()


def test_this_computer_goes_into_its_van_at_once_and_back(
    program_of: Make, small: SmallLibrary
) -> None:
    program, van = program_of("head"), small.branches["van"]
    made = branches(program)
    made.choose(van)
    made.here.click()
    settle(program)
    assert program.desk.branch == van and is_van(program.desk)
    assert made._lines[van].here and "Meja depan" in made.about.text()
    program.window.registry.run("undo")
    settle(program)
    assert program.desk.branch == small.branches["pusat"]


def test_another_device_is_sent_into_its_van_and_goes_when_it_hears_of_it(
    program_of: Make, small: SmallLibrary, tmp_path: Path
) -> None:
    program, van = program_of("head"), small.branches["van"]
    laptop = another_device(small, tmp_path / "van", "Laptop mobil")
    there = open_desk(laptop.library, staff=laptop.staff)
    assert there.branch == small.branches["pusat"]
    exchange(program.desk, there)
    made = devices(program)
    made.table.selectRow([line.name for line in made._lines.values()].index("Laptop mobil"))
    made.place.branch.choose(van)
    made.place.branch.activated.emit(0)
    made.place.set.click()
    settle(program)
    exchange(program.desk, there)
    assert there.settle() and there.branch == van
    laptop.library.close()


def test_a_device_that_was_sent_elsewhere_says_so(program_of: Make, small: SmallLibrary) -> None:
    program, said = program_of("head"), []
    program.window.messages.said.connect(lambda one: said.append(one.text))
    own, van = UUID(bytes=small.library.device), small.branches["van"]
    program.tasks.run(lambda: small.change("device", own, branch=van))  # as an exchange brings it
    program.exchanging.arrived.emit()
    settle(program)
    assert program.desk.branch == van
    assert [one for one in said if "Mobil Keliling" in one]
    program.tasks.run(lambda: value_of(move_device(program.desk, own, small.branches["pusat"])))
    settle(program)
    assert program.desk.branch == small.branches["pusat"]


@pytest.mark.parametrize("state", ["list", pytest.param("form", marks=pytest.mark.slow)])
def test_the_tab_can_be_read_everywhere(program_of: Make, qapp: QApplication, state: str) -> None:
    program = program_of("head")
    names = [f"Perpustakaan Cabang Kelurahan Contoh Raya Timur Nomor {n}" for n in range(12)]
    for name in names:
        program.tasks.run(partial(open_branch, program.desk, BranchForm(name)))
    made = branches(program)
    if state == "form":
        made.edit.click()
    settle(program)
    assert audit_everywhere(qapp, program.window) == []
