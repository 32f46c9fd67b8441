"""A day with visitors through the real window: counted, asked, heard, acted upon, and handed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.librarian import Librarian
from helpers.library import SmallLibrary, value_of
from helpers.surveys import begun
from perpusdesk.domain.complaints import State
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.improvements import Source
from perpusdesk.services.feedback.complaint_lists import complaint_lines
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.figures.figures import figures, this_month
from perpusdesk.services.surveys.surveys import surveys
from perpusdesk.services.visits.rooms import save_room
from perpusdesk.services.visits.visit_settings import settings_of
from perpusdesk.ui.reports.pack_part import PackPart
from perpusdesk.ui.service.board_part import BoardPart
from perpusdesk.ui.service.messages_part import MessagesPart
from perpusdesk.ui.shell import paper_files

_KEYS = Qt.KeyboardModifier
WAY_OUT = _KEYS.ControlModifier | _KEYS.AltModifier | _KEYS.ShiftModifier


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open no file in another program; tell which would be."""
    files: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: files.append(url.toLocalFile())
    )
    return files


def test_what_a_visitor_says_becomes_a_figure_and_an_action(
    head: Librarian, small: SmallLibrary, printed: list[str], qtbot: QtBot
) -> None:
    desk = head.program.desk
    value_of(save_room(desk, "Ruang baca", 20))
    survey = begun(desk, "skm")
    _counted_at_the_desk(head)
    _at_the_kiosk(head)
    (found,) = surveys(desk)
    assert (found.id, found.answers) == (survey.id, 1)
    _heard_and_acted_upon(head)
    _seen_on_the_dashboard(head, qtbot)
    _handed_in(head, printed, qtbot)


def _counted_at_the_desk(head: Librarian) -> None:
    visiting = head.program.visiting
    head.program.window.go(visiting.page.name)
    visiting.page.open_part("book")
    head.wait()
    head.program.window.registry.run("count_visitor_1")
    head.program.window.registry.run("count_visitor_6")
    head.wait()
    assert "2 hari ini" in head.toast()
    head.scan("A0001")
    assert "pengunjung hari ini" in head.reads()


def _at_the_kiosk(head: Librarian) -> None:
    program = head.program
    program.window.registry.run("kiosk")
    head.wait()
    mode = program.kiosk
    assert mode is not None and not program.window.isVisible()
    mode.kiosk.no_card()
    head.wait()
    mode.kiosk.reset()
    mode.kiosk.show_part(mode.surveys.begin())
    head.wait()
    answering = mode.surveys.answering
    answering.go_on()
    while answering.question is not None:
        if answering.page.choices:
            answering.page.choices[-1].click()
            QApplication.processEvents()
        else:
            answering.go_on()
            head.wait()
    head.wait()
    QTest.keyClick(mode.kiosk.window, Qt.Key.Key_Q, WAY_OUT)
    head.wait()
    for digit in settings_of(program.desk).exit_code:
        mode.gate.pad.put(digit)
    mode.gate.pad.send()
    head.wait()
    assert program.window.isVisible()


def _heard_and_acted_upon(head: Librarian) -> None:
    program = head.program
    program.window.registry.run("service_messages")
    head.wait()
    messages = program.visiting.page.part("messages")
    assert isinstance(messages, MessagesPart)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Lampu di rak 600 redup")
    head.presses("Ctrl+Return")
    (line,) = complaint_lines(program.desk)
    assert (line.row.text, line.state) == ("Lampu di rak 600 redup", State.NEW)
    messages.ask_board()
    head.wait()
    head.presses("Ctrl+Return")
    (action,) = improvement_lines(program.desk)
    assert (action.row.source, action.row.source_id) == (Source.COMPLAINT, line.id)
    board = program.visiting.page.part("board")
    assert isinstance(board, BoardPart)
    assert board.chosen is not None and board.chosen.id == action.id, "it leads to the board"


def _seen_on_the_dashboard(head: Librarian, qtbot: QtBot) -> None:
    reporting = head.program.reporting
    head.program.window.go(reporting.page.name)
    reporting.page.open_part("dashboard")
    reporting.counting.look()
    qtbot.waitUntil(lambda: bool(re.search(r"Pengunjung\n(.*\n)?3\n", head.reads())))
    month = this_month(head.program.desk)
    assert figures(head.program.desk, ["visits"], month, month).value("visits") == 3


def _handed_in(head: Librarian, printed: list[str], qtbot: QtBot) -> None:
    reporting, desk = head.program.reporting, head.program.desk
    reporting.page.open_part("packs")
    head.wait()
    part = reporting.page.part("packs")
    month = this_month(desk)
    assert isinstance(part, PackPart)
    part.show_pack("monthly", Period(month, month))
    head.wait()
    part.print_paper()
    head.wait()
    (file,) = printed
    assert Path(file).read_bytes().startswith(b"%PDF-")
    qtbot.waitUntil(lambda: not reporting.counting.busy)
