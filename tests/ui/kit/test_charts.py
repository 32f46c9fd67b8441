"""Charts: told apart without colour, walked by keys, and saying the same as their tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from perpusdesk.ui.kit.charts.bars import Bar, BarsChart
from perpusdesk.ui.kit.charts.chart import nice_steps, nice_top
from perpusdesk.ui.kit.charts.heat import HeatMap
from perpusdesk.ui.kit.charts.lines import Line, LinesChart
from perpusdesk.ui.kit.charts.patterns import ORDER, SOLID, fill
from perpusdesk.ui.kit.charts.share import Share, ShareChart, percent


@given(st.lists(st.integers(0, 10**9), max_size=5))
def test_an_axis_ends_at_a_round_number_above_all(values: list[int]) -> None:
    top = nice_top(values)
    assert top >= max(values, default=0)
    assert top <= max(4, 2.5 * max(values, default=0))


@pytest.mark.parametrize("power", [1, 100, 100_000])
@pytest.mark.parametrize(
    ("top", "steps"), [(1, 4), (1.5, 3), (2, 4), (2.5, 5), (3, 3), (4, 4), (5, 5), (6, 3), (8, 4)]
)
def test_an_axis_is_divided_into_round_numbers(top: float, steps: int, power: int) -> None:
    assert nice_steps(top * power) == steps


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 8, "13 %"), (1, 3, "33 %"), (0, 0, "0 %"), (5, 5, "100 %")]
)
def test_percent_is_rounded_half_up(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def _grey(pattern: int, ratio: float) -> bytes:
    """How a pattern looks on grey paper."""
    side = round(48 * ratio)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    fill(painter, QRectF(0, 0, 48, 48), pattern)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(grey.constBits())


@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_patterns_are_told_apart_on_grey_paper(qtbot: QtBot, ratio: float) -> None:
    seen = [_grey(pattern, ratio) for pattern in ORDER]
    for place, one in enumerate(seen):
        for other in seen[place + 1 :]:
            differing = sum(abs(a - b) > 60 for a, b in zip(one, other, strict=True))
            assert differing > len(one) * 0.08


def test_keys_walk_all_marks_and_choose_one(qtbot: QtBot) -> None:
    chart = BarsChart("Cabang")
    qtbot.addWidget(chart)
    bars = [Bar(name, [(5, SOLID)], "5", ("5",), name) for name in ("Pusat", "Timur", "Van")]
    chart.show_bars(("Cabang", "Pengunjung"), bars)
    chart.resize(400, 200)
    chart.show()
    chosen: list[object] = []
    chart.chosen.connect(chosen.append)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Up)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert chosen == ["Van", "Pusat"]
    assert chart.accessibleDescription() == "Pusat: 5; Timur: 5; Van: 5"


def test_a_click_chooses_what_is_under_it(qtbot: QtBot) -> None:
    chart = HeatMap("Jam")
    qtbot.addWidget(chart)
    values = {(0, 0): 3.0, (1, 1): 9.0}
    chart.show_values(("Sen", "Sel"), ("08", "09"), values, str, lambda place: place)
    chart.resize(400, 200)
    chart.show()
    chosen: list[object] = []
    chart.chosen.connect(chosen.append)
    place, mark = chart._places[1]
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(1, 1).toPoint())
    assert chosen == [(1, 1)]
    assert mark.said == "Sel 09: 9.0"


def test_tables_say_what_the_charts_say(qtbot: QtBot) -> None:
    lines = LinesChart("Tren")
    lines.show_lines(("Jan", "Feb"), [Line("2026", (1_000, 2)), Line("2025", (3, 4))])
    assert lines.twin().rows == (("Jan", "1.000", "3"), ("Feb", "2", "4"))
    shares = ShareChart("Umur", ("Umur", "Eksemplar", "Bagian"))
    shares.show_shares([Share("baru", 1), Share("lama", 3)])
    assert shares.twin().rows == (("baru", "1", "25 %"), ("lama", "3", "75 %"))
    for chart in (lines, shares):
        qtbot.addWidget(chart)
        cells = [cell for row in chart.twin().rows for cell in row[1:]]
        said = " ".join(mark.value for mark in chart.marks)
        assert all(cell in said for cell in cells)
    mark = lines.mark_at(1, 2)
    assert mark is not None and mark.said == "Feb, 2025: 4"
