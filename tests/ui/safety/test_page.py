"""The screen of safety makes its parts when they are looked at, and hands everything on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from perpusdesk.scan.types import Scan, Source, Symbology
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


SCAN = Scan("B000457", Symbology.CODE39, datetime(2026, 11, 22, tzinfo=UTC), Source.SCANNER)


@dataclass
class Made:
    """A page and the parts that it made so far."""

    page: SafetyPage
    plain: list[Plain] = field(default_factory=list)
    searching: list[Searching] = field(default_factory=list)


@pytest.fixture
def made(qapp: QApplication) -> Made:
    made = Made(SafetyPage())

    def plain() -> Plain:
        made.plain.append(Plain())
        return made.plain[-1]

    def searching() -> Searching:
        made.searching.append(Searching())
        return made.searching[-1]

    made.page.add_tab("plain", "Biasa", plain)
    made.page.add_tab("searching", "Mencari", searching)
    return made


def test_nothing_is_made_before_somebody_looks(made: Made) -> None:
    assert (made.plain, made.searching) == ([], [])
    made.page.opened()
    assert [one.times for one in made.plain] == [1]
    assert made.searching == []
    made.page.open_part("searching")
    assert len(made.searching) == 1
    assert made.page.part("searching") is made.searching[0]


def test_what_a_part_does_not_take_goes_past_it(made: Made) -> None:
    passed: list[object] = []
    page = made.page
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
    assert made.searching[0].said == [SCAN, "ani", "list", "esc"]
    assert passed == [SCAN]


def test_turning_goes_round(made: Made) -> None:
    made.page.opened()
    fronts: list[str] = []
    made.page.part_opened.connect(fronts.append)
    for step in (1, 1, -1):
        made.page.turn(step)
    assert fronts == ["searching", "plain", "searching"]
