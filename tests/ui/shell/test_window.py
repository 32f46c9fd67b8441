"""The window: screens plug in, scans find their screen, Esc finds the box, nothing is lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from helpers.keys import scan
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import set_language
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.ui.kit import theme
from perpusdesk.ui.shell import text
from perpusdesk.ui.shell.chip import Trust
from perpusdesk.ui.shell.window import MainWindow


class Deaf:
    """A screen that takes no scans."""

    def __init__(self, name, key=""):
        self.name, self.title, self.icon, self.key = name, name.title(), "desk", key
        self.widget = QWidget()
        self.field = QLineEdit()
        QVBoxLayout(self.widget).addWidget(self.field)


class Screen(Deaf):
    """A screen with everything a screen may have."""

    def __init__(self, name, key=""):
        super().__init__(name, key)
        self.scans, self.escapes, self.openings = [], 0, 0

    def handle_scan(self, scan):
        self.scans.append(scan.text)

    def escape(self):
        self.escapes += 1

    def opened(self):
        self.openings += 1


class Below(Screen):
    """A screen that is reached from another."""

    under = "catalogue"


@pytest.mark.parametrize(
    ("room", "size", "whole"),
    [
        (QRect(0, 0, 1920, 1040), (1366, 768), False),
        (QRect(0, 24, 1366, 704), (1366, 704), True),
        (QRect(0, 0, 1024, 728), (1024, 728), True),
        (QRect(0, 0, 1366, 768), (1366, 768), True),  # no room for the title bar otherwise
    ],
)
def test_the_window_is_never_larger_than_the_screen(qtbot, room, size, whole):
    made = MainWindow()
    qtbot.addWidget(made)
    made.fit(room)
    assert (made.width(), made.height()) == size
    assert made.isMaximized() is whole


@pytest.fixture
def desk(window):
    page = Screen("desk", "F2")
    window.add_page(page)
    return page


@pytest.fixture
def list_(window, desk):
    page = Deaf("catalogue", "F3")
    window.add_page(page)
    return page


def press(window, key):
    QTest.keyClick(window.windowHandle(), key)


def test_the_first_screen_opens_and_its_key_opens_it_again(window, desk, list_):
    assert window.page == "desk"
    assert desk.openings == 1
    press(window, Qt.Key.Key_F3)
    assert window.page == "catalogue"
    assert window.stack.currentWidget() is list_.widget
    press(window, Qt.Key.Key_F2)
    assert (window.page, desk.openings) == ("desk", 2)


def test_a_name_can_be_taken_once(window, desk):
    with pytest.raises(ValueError, match="desk"):
        window.add_page(Screen("desk"))


def test_the_rail_opens_screens(window, desk, list_, qtbot):
    qtbot.mouseClick(window.rail._buttons["catalogue"], Qt.MouseButton.LeftButton)
    assert window.page == "catalogue"


def test_a_scan_goes_to_the_screen_in_front_if_it_takes_scans(window, desk, list_):
    other = Screen("members")
    window.add_page(other)
    window.go("members")
    scan(window, "A00123")
    assert (other.scans, desk.scans) == (["A00123"], [])


def test_else_it_opens_the_first_that_does(window, desk, list_):
    window.go("catalogue")
    scan(window, "B000457")
    assert (window.page, desk.scans) == ("desk", ["B000457"])


def test_the_camera_comes_in_by_the_same_door(window, desk):
    when = datetime.now().astimezone()
    window.take_scan(Scan("B000457", Symbology.CODE128, when, Source.CAMERA))
    assert desk.scans == ["B000457"]


def test_escape_empties_the_box_then_comes_back_to_it_then_asks_the_screen(window, desk):
    window.box.edit.setText("las")
    window.box.take_focus()
    press(window, Qt.Key.Key_Escape)
    assert (window.box.text(), desk.escapes) == ("", 0)
    desk.field.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.box.edit.hasFocus()
    assert desk.escapes == 0
    press(window, Qt.Key.Key_Escape)
    assert desk.escapes == 1


def test_the_rail_shows_icons_alone_in_a_narrow_window_and_for_large_text(
    window, desk, qapp, qtbot
):
    window.resize(1366, 768)
    assert not window.rail.narrow
    wide = window.rail.sizeHint().width()
    window.resize(1024, 768)
    assert window.rail.narrow
    qtbot.waitUntil(lambda: window.rail.width() < wide / 2)
    window.resize(1366, 768)
    theme.apply(qapp, theme.ThemeSettings(text_percent=150))
    assert window.rail.narrow


def test_the_camera_panel_follows_and_its_key_asks(window, desk, qtbot):
    window.set_camera_panel(QLabel("gambar"))
    assert not window._camera.isVisible()
    with qtbot.waitSignal(window.camera_wanted) as asked:
        press(window, Qt.Key.Key_F9)
    assert asked.args == [True]
    window.show_camera(True)
    assert window._camera.isVisible()
    window.show_camera(False)
    assert not window._camera.isVisible()


def test_a_demo_is_marked_and_a_library_is_not(qtbot, window):
    demo = MainWindow(demo=True)
    qtbot.addWidget(demo)
    demo.show()
    strip = demo.menuWidget()
    assert strip.isVisible()
    assert "DEMO" in strip.accessibleName()
    assert demo.grab().toImage().pixelColor(4, 4) == theme.colour("warn")
    assert window.menuWidget() is None


def test_staff_and_trust_are_said_in_words(window):
    window.set_staff("Sri W.")
    window.set_trust(Trust(text.trust_here(3)))
    assert window.rail.staff.text() == "Sri W."
    assert window.rail.chip.accessibleName() == "Tersimpan di komputer ini\n3 menunggu dikirim"
    set_language("en")
    assert text.trust_here(0) == "Saved on this computer"


def test_closing_is_told(window, qtbot):
    with qtbot.waitSignal(window.closing):
        window.close()


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_known_failure_has_all_three_sentences(fault, language):
    set_language(language)
    problem = text.problem_of(KnownError(fault, path="/x"))
    assert all((problem.happened, problem.safe, problem.todo))
    assert problem.details == f"{fault.value}\npath: /x"


def test_a_known_failure_stays_until_it_is_dealt_with(window):
    said = []
    window.messages.said.connect(lambda message: said.append(message.kind))
    window.messages.known(KnownError(Fault.DISK_FULL))
    assert window.bar.isVisible()
    window.messages.solved()
    assert not window.bar.isVisible()
    assert said == ["problem"]


def raised():
    secret = "Siti Contoh"
    try:
        raise ValueError(secret)
    except ValueError as bug:
        return bug


def test_a_bug_shows_a_page_with_a_report_and_a_way_on(window, desk, tmp_path, qtbot):
    window.messages.bug(raised())
    fault = window._fault
    assert fault.isVisible()
    report = fault.findChild(QPlainTextEdit).toPlainText()
    saved = list((tmp_path / "reports").iterdir())
    assert [path.name for path in saved] == ["report-20261123-120000.txt"]
    assert saved[0].read_text("utf-8") == report
    assert "test_window.py" in report
    assert "ValueError" in report
    assert "Siti" not in report
    copy = next(b for b in fault.findChildren(QPushButton) if b.text() == "Salin laporan")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == report
    qtbot.mouseClick(fault.go_on, Qt.MouseButton.LeftButton)
    assert desk.widget.isVisible()
    assert window.box.edit.hasFocus()


def test_a_report_that_cannot_be_saved_is_still_shown(window, tmp_path):
    (tmp_path / "reports").write_text("in the way")
    window.messages.bug(raised())
    assert window._fault.isVisible()
    assert "salin" in window._fault._where.text()


def test_a_scan_on_the_fault_page_is_not_lost(window, desk):
    window.messages.bug(raised())
    scan(window, "B000457")
    assert desk.scans == ["B000457"]


def test_going_to_a_page_leaves_the_page_of_the_fault(window, desk):
    window.messages.bug(raised())
    assert not desk.widget.isVisible()
    window.go(desk.name)
    assert desk.widget.isVisible()


def test_a_screen_under_another_has_no_word_in_the_rail_but_marks_the_others(window, desk, list_):
    below = Below("form")
    window.add_page(below)
    window.go("form")
    assert window.page == "form" and below.openings == 1
    assert "form" not in window.rail._buttons
    assert window.rail._buttons["catalogue"].isChecked()
    assert "open_form" not in {action.id for action in window.registry.here()}
    scan(window, "B000001")
    assert below.scans == ["B000001"]
