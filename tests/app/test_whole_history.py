"""From a member, a title or a copy to all that was done about it, and back by Esc."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.services.circulation.lend import lend
from perpusdesk.ui.history.part import HistoryPart


@pytest.fixture
def working(program: Program, small: SmallLibrary) -> Program:
    program.desk.staff = small.staff["head"]
    for member, copy in (("A0001", "B0001"), ("A0002", "B0003")):
        value_of(lend(program.desk, small.members[member], small.copies[copy]))
    program.window.resize(1366, 768)
    return program


def settled(program: Program) -> None:
    for _again in range(4):
        program.tasks.wait_idle()
        QApplication.processEvents()


def told(program: Program, qtbot: QtBot, ask: Callable[[], object]) -> HistoryPart:
    """Ask for a history, and return the tab when it is filled."""
    ask()
    part = program.safekeeping.page.part("history")
    assert isinstance(part, HistoryPart)
    qtbot.waitUntil(lambda: not part._reading and bool(part._ids))
    settled(program)
    assert program.window.page == "safety"
    return part


def test_a_member_a_title_and_a_copy_lead_to_their_history(
    working: Program, small: SmallLibrary, qtbot: QtBot, qapp: QApplication
) -> None:
    program = working
    program.screens.show_member(small.members["A0001"])
    settled(program)
    part = told(program, qtbot, lambda: program.window.registry.run("member_history"))
    search = part.search()
    assert (search.record, search.record_id) == ("member", small.members["A0001"])
    assert part._ids
    program.screens.show_title(small.titles[0])
    settled(program)
    part = told(program, qtbot, program.screens.titles.panel.whole.click)
    assert part.search().record == "title"
    program.window.go("titles")
    settled(program)
    copies = program.screens.titles.panel.copies
    copies.choose(0)
    settled(program)
    panel = program.screens.titles.panel
    next(one for one in copies.findChildren(QPushButton) if one.text() == "Riwayat").click()
    settled(program)
    assert panel.past.isVisible()
    part = told(program, qtbot, panel.whole_of_copy.click)
    assert part.search().record == "copy"
    assert audit_everywhere(qapp, program.window) == []
    part.escape()
    settled(program)
    assert part.search().record_id is None
