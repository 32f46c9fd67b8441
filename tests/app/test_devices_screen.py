"""Devices in the running program: join with all that is here, shut out, let in, see what waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.devices import another_device
from helpers.enrol_server import EnrolServer
from helpers.keys import scan
from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.protocol import enrolment_code
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.services.staff.shift import take_over
from perpusdesk.syncing.membership import membership, own_certificate
from perpusdesk.ui.settings.devices import DevicesSection


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EnrolServer]:
    made = EnrolServer(tmp_path / "server")
    yield made
    made.close()


@pytest.fixture
def van(small: SmallLibrary, program: Program, tmp_path: Path) -> Iterator[Desk]:
    """A van that the library knows; the head of the library is at this desk."""
    own = UUID(bytes=small.library.device)
    program.tasks.run(lambda: small.change("device", own, name="Meja depan", number=1))
    program.tasks.run(lambda: take_over(program.desk, small.staff["head"]))
    program.tasks.wait_idle()
    made = another_device(small, tmp_path / "van", "Mobil Melati")
    tells(program, made)
    yield made
    made.library.close()


def tells(program: Program, other: Desk) -> None:
    ops = list(other.library.all_ops())
    program.tasks.run(lambda: program.desk.library.ingest(ops))
    program.tasks.wait_idle()


def section(program: Program) -> DevicesSection:
    program.window.go("settings")
    program.preferences.page.tabs.setCurrentIndex(4)
    program.tasks.wait_idle()
    return program.preferences.page.devices.section


def state(made: DevicesSection) -> str:
    return made.server._state.text()


def test_a_code_that_is_scanned_anywhere_opens_the_tab_and_joins(
    program: Program, server: EnrolServer, qtbot: QtBot
) -> None:
    code = enrolment_code.read(server.code("admin"))
    assert isinstance(code, enrolment_code.EnrolmentCode)
    scan(program.window, enrolment_code.qr_text(code))
    program.tasks.wait_idle()
    assert program.window.page == "settings"
    made = program.preferences.page.devices.section
    assert made.server.entry.code == code
    with qtbot.waitSignal(program.preferences.page.joined):
        made.server.join.click()
    program.tasks.wait_idle()
    certificate = own_certificate(program.desk.library)
    assert certificate is not None
    assert certificate.role == "admin"
    known = membership(program.desk.library)
    assert known is not None
    assert known.url == server.url
    assert "127.0.0.1" in state(made)
    assert made.server.entry.text == ""
    assert not made.server.entry.isVisible()


def test_a_refusal_is_said_below_the_code_and_the_desk_goes_on(
    program: Program, server: EnrolServer, tmp_path: Path
) -> None:
    server.close()
    create_library(tmp_path / "other", NewLibrary("Lain", "Lain")).close()
    other = EnrolServer(tmp_path / "other")
    made = section(program)
    made.server.entry.edit.setPlainText(other.code())
    made.server.join.click()
    program.tasks.wait_idle()
    assert "perpustakaan lain" in made.server._said.text()
    assert membership(program.desk.library) is None
    assert made.server.join.isEnabled()
    other.close()


def test_a_stolen_van_is_shut_out_and_what_it_sends_is_seen_and_accepted(
    program: Program, small: SmallLibrary, van: Desk
) -> None:
    made = section(program)
    names = [made.model.index(row, 1).data() for row in range(made.model.rowCount())]
    assert names == ["Meja depan (perangkat ini)", "Mobil Melati"]
    assert not made.revoke.isEnabled()
    made.table.selectRow(0)
    assert not made.revoke.isEnabled()
    made.table.selectRow(1)
    made.revoke.click()
    program.tasks.wait_idle()
    assert made.model.index(1, 1).data() == "Mobil Melati (akses ditutup)"
    assert not made._withheld.isVisible()
    value_of(lend(van, small.members["A0002"], small.copies["B0003"]))
    tells(program, van)
    made = section(program)
    program.preferences.page.opened()
    program.tasks.wait_idle()
    assert "Kebun di Atap · Budi Misalnya" in made._withheld.text()
    made.accept.click()
    program.tasks.wait_idle()
    assert made._withheld.text() == ""
    assert program.desk.library.value("select count(*) from loan") == 1
    made.allow.click()
    program.tasks.wait_idle()
    assert made.model.index(1, 1).data() == "Mobil Melati"


def test_who_may_not_can_only_look(program: Program, van: Desk, small: SmallLibrary) -> None:
    program.tasks.run(lambda: take_over(program.desk, small.staff["volunteer"]))
    made = section(program)
    made.table.selectRow(1)
    assert not made.revoke.isEnabled()
    assert made._may_not.isVisible()


def test_the_tab_is_sound_everywhere(
    program: Program, van: Desk, small: SmallLibrary, qapp: QApplication
) -> None:
    made = section(program)
    made.table.selectRow(1)
    made.revoke.click()
    program.tasks.wait_idle()
    value_of(lend(van, small.members["A0002"], small.copies["B0003"]))
    tells(program, van)
    made = section(program)
    assert audit_everywhere(qapp, program.window) == []


def test_a_van_gets_its_days_without_contact_and_they_are_taken_back(
    program: Program, van: Desk
) -> None:
    made = section(program)
    assert not made.contact.days.isEnabled()
    made.table.selectRow(1)
    assert made.contact.days.text() == "selalu terbuka"
    assert not made.contact.set.isEnabled()
    made.contact.days.setValue(7)
    made.contact.set.click()
    program.tasks.wait_idle()
    query = "select contact_days from device where id = ?"
    assert program.desk.library.value(query, van.library.device) == 7
    assert made.model.index(1, 5).data() == "7 hari"
    assert made.contact.days.value() == 7
    made.table.selectRow(0)
    assert made.contact.days.value() == 0
    program.window.registry.run("undo")
    program.tasks.wait_idle()
    assert not program.desk.library.value(query, van.library.device)
