"""The staff's tab in the running program: add, change, give a PIN, close an account, take back."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.services.staff.shift import take_over
from perpusdesk.services.staff.staff import StaffLine, staff_lines
from perpusdesk.ui.settings.staff import StaffSection

pytestmark = pytest.mark.usefixtures("quick_hashes")


def settle(program: Program) -> None:
    for _ in range(4):
        QApplication.processEvents()
        program.tasks.wait_idle()


def section(program: Program, small: SmallLibrary, who: str = "head") -> StaffSection:
    """Open the tab with somebody at the desk."""
    program.tasks.run(lambda: take_over(program.desk, small.staff[who]))
    settle(program)
    program.window.go("settings")
    page = program.preferences.page
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    settle(program)
    return page.staff.section


def line_of(program: Program, person: UUID) -> StaffLine:
    return next(line for line in staff_lines(program.desk) if line.id == person)


def choose(made: StaffSection, person: UUID) -> None:
    made.table.selectRow(list(made._lines).index(person))


def test_somebody_is_added_with_rights_of_a_role_and_more(
    program: Program, small: SmallLibrary
) -> None:
    made = section(program, small)
    made.add.click()
    form = made.form
    form.save.click()
    assert form.name.error, "a person has a name"
    form.name.edit.setText("Wati Contoh")
    form.role.edit.choose("cataloguer")
    form.role.edit.activated.emit(0)
    assert form.rights["import"].isChecked() and not form.rights["money"].isChecked()
    form.rights["override"].setChecked(True)
    form.rights["import"].setChecked(False)
    assert "tambahan" in form.rights["override"].text()
    assert "dicabut" in form.rights["import"].text()
    form.save.click()
    settle(program)
    line = next(line for line in staff_lines(program.desk) if line.name == "Wati Contoh")
    assert (line.role, line.more, line.less) == ("cataloguer", {"override"}, {"import"})
    assert not form.isVisible() and made.table.isVisible()
    program.window.registry.run("undo")
    settle(program)
    assert all(line.name != "Wati Contoh" for line in staff_lines(program.desk))


def test_own_pin_makes_all_sign_in_and_is_changed_with_the_present_one(
    program: Program, small: SmallLibrary
) -> None:
    made = section(program, small)
    choose(made, small.staff["desk"])
    made.pin.click()
    made.pin_form.new.edit.setText("905172")
    made.pin_form.again.edit.setText("905172")
    made.pin_form.save.click()
    settle(program)
    assert "PIN Anda" in made.pin_form.new.error, "the first one is for who manages staff"
    made.open_pin(small.staff["head"])
    for text in ("123456", "482913"):
        made.pin_form.new.edit.setText(text)
        made.pin_form.again.edit.setText(text)
        made.pin_form.save.click()
        settle(program)
    assert line_of(program, small.staff["head"]).signs_in and program.locking.pins
    assert not program.window.locked, "who chose it goes on working"
    choose(made, small.staff["head"])
    made.pin.click()
    assert made.pin_form.present.isVisibleTo(made)
    for present in ("111222", "482913"):
        made.pin_form.present.edit.setText(present)
        made.pin_form.new.edit.setText("371940")
        made.pin_form.again.edit.setText("371940")
        made.pin_form.save.click()
        settle(program)
        assert bool(made.pin_form.present.error) == (present == "111222")


def test_an_account_is_closed_and_opened_and_taken_back(
    program: Program, small: SmallLibrary
) -> None:
    made, person = section(program, small), small.staff["volunteer"]
    choose(made, person)
    made.close_.click()
    settle(program)
    assert not line_of(program, person).active
    choose(made, person)
    assert made.open_.isVisibleTo(made) and not made.close_.isVisibleTo(made)
    made.open_.click()
    settle(program)
    assert line_of(program, person).active
    program.window.registry.run("undo")
    settle(program)
    assert not line_of(program, person).active


def test_who_may_not_manage_staff_sees_the_list_alone(
    program: Program, small: SmallLibrary
) -> None:
    made = section(program, small, "desk")
    choose(made, small.staff["head"])
    for each in (made.add, made.edit, made.pin, made.no_pin, made.close_):
        assert not each.isEnabled()
    choose(made, small.staff["desk"])
    assert made.pin.isEnabled(), "one's own PIN is one's own"


def test_the_tab_is_in_order(program: Program, small: SmallLibrary, qapp: QApplication) -> None:
    made = section(program, small)
    assert audit_everywhere(qapp, program.window) == []
    made.open_person(small.staff["desk"])
    assert audit_everywhere(qapp, program.window) == []
    made.open_pin(small.staff["head"])
    assert audit_everywhere(qapp, program.window) == []
