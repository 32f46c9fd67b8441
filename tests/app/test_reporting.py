"""The screen of reports in the whole program: it counts by itself and leads to records."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from helpers.library import SmallLibrary
from helpers.library import value_of as done
from perpusdesk.app.program import Program
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.ui.dashboard.part import DashboardPart


def _dashboard(program: Program) -> DashboardPart:
    program.window.go("figures")
    part = program.reporting.page.part("dashboard")
    assert isinstance(part, DashboardPart)
    for _round in range(50):
        QApplication.processEvents()
        program.tasks.wait_idle()
        if not program.reporting.counting.busy:
            return part
    raise AssertionError("it comes to no end")


def test_what_was_lent_at_the_desk_stands_in_the_dashboard(
    program: Program, small: SmallLibrary
) -> None:
    part = _dashboard(program)
    assert part.room.tiles["loans"].accessibleName() == "Pinjaman: 0"
    program.window.go("desk")
    for code in ("A0001", "B0001"):
        program.window.box.take_burst(code)
        program.tasks.wait_idle()
    part = _dashboard(program)
    assert part.room.tiles["loans"].accessibleName() == "Pinjaman: 1"


def test_a_title_short_of_copies_opens_in_the_catalogue(
    program: Program, small: SmallLibrary
) -> None:
    desk = small.desk("head")
    done(lend(desk, small.members["A0001"], small.copies["B0001"]))
    done(lend(desk, small.members["A0002"], small.copies["B0002"]))
    done(place_hold(desk, small.members["A0003"], small.titles[0]))
    part = _dashboard(program)
    mark = part.room.charts.wanted.chart.marks[0]
    part.room.charts.wanted.chart.chosen.emit(mark.what)
    program.tasks.wait_idle()
    assert program.window.page == "titles"
