"""The screen of safety makes its parts when they are looked at, and hands everything on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from perpusdesk.scan.types import Scan
from perpusdesk.ui.safety.page import SafetyPage


class Plain:
    """A part that only shows something."""

    def __init__(self) -> None:
        self.widget = QWidget()
        self.times = 0

    def opened(self) -> None:
        """Count."""
        self.times += 1


class Searching(Plain):
    """A part with a list that is searched, scanned and left."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[object] = []

    def search_edited(self, typed: str) -> None:
        """Note what was typed."""
        self.said.append(typed)

    def into_list(self) -> None:
        """Note that the keyboard came."""
        self.said.append("list")

    def handle_scan(self, scan: Scan) -> None:
        """Note what was scanned."""
        self.said.append(scan)

    def escape(self) -> None:
        """Note that somebody leaves."""
        self.said.append("esc")


SCAN = object()


@pytest.fixture
def page(qapp: QApplication) -> SafetyPage:
    made = SafetyPage()
    made.add_tab("plain", "Biasa", Plain)
    made.add_tab("searching", "Mencari", Searching)
    return made


def test_nothing_is_made_before_somebody_looks(page: SafetyPage) -> None:
    assert [tab.part for tab in page._tabs] == [None, None]
    page.opened()
    assert page._tabs[0].part.times == 1
    assert page._tabs[1].part is None
    page.open_part("searching")
    assert page._tabs[1].part.widget is page._stack.currentWidget()


def test_what_a_part_does_not_take_goes_past_it(page: SafetyPage) -> None:
    passed: list[object] = []
    page.scan_passed.connect(passed.append)
    page.opened()
    page.handle_scan(SCAN)
    for call in (page.escape, page.into_list, lambda: page.search_edited("x")):
        call()
    assert passed == [SCAN]
    page.turn(1)
    page.handle_scan(SCAN)
    page.search_edited("ani")
    page.into_list()
    page.escape()
    assert page.part("searching").said == [SCAN, "ani", "list", "esc"]
    assert passed == [SCAN]


def test_turning_goes_round(page: SafetyPage) -> None:
    page.opened()
    fronts = []
    page.part_opened.connect(fronts.append)
    for step in (1, 1, -1):
        page.turn(step)
    assert fronts == ["searching", "plain", "searching"]
