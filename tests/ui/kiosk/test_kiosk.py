"""The kiosk as visitors use it, and left alone with thousands of them."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from helpers.keys import scan, type_keys
from helpers.library import MEMBERS, SmallLibrary, value_of
from helpers.ui_audit import audit
from helpers.windows import take_apart
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.services.visits.rooms import save_room
from perpusdesk.services.visits.visit_settings import set_guest_book, set_kiosk_room
from perpusdesk.ui.kiosk.control import Kiosk
from perpusdesk.ui.kiosk.gate import Gate
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks

MIB = 1024 * 1024
GROWS_AT_MOST = 16 * MIB
"""Resident set after the first tenth of the visitors: what they leave in caches of the library."""


class Stand:
    """A kiosk with its library, as it stands in the hall."""

    def __init__(self, small: SmallLibrary, **times: int) -> None:
        self.small = small
        self.bugs: list[BaseException] = []
        self.known: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append, self.known.append)
        desk = KioskDesk(small.library, small.branches["pusat"], None)
        self.sounds = Sounds(on=False)
        self.kiosk = Kiosk(desk, self.tasks, self.sounds, **times)
        self.window = self.kiosk.window
        self.kiosk.open()
        self.wait()

    def wait(self) -> None:
        """Let everything under way come to its end."""
        QApplication.processEvents()
        self.tasks.wait_idle()
        assert not self.bugs, self.bugs
        assert not self.known, self.known

    def close(self) -> None:
        """Take it away."""
        self.kiosk.shut()
        self.tasks.close()
        self.sounds.close()
        take_apart(self.window)

    def scan(self, code: str) -> None:
        """Hold a card before the scanner."""
        scan(self.window, code)
        self.wait()

    def touch(self, words: str) -> None:
        """Touch the button with these words on the page in front."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.wait()

    def button(self, words: str) -> QPushButton:
        """The button with these words on the page in front."""
        shown = [one for one in self.window.page.findChildren(QPushButton) if one.isVisible()]
        (found,) = [one for one in shown if one.text() == words]
        return found

    def texts(self) -> str:
        """Everything that any part of the window says, shown or not, aloud or in print."""
        return "\n".join(text for one in every_widget(self.window) for text in said_by(one))

    def rows(self, *columns: str) -> list[tuple[object, ...]]:
        """The counted visits in order."""
        query = f"select {', '.join(columns)} from visit where voided = 0 order by rid"
        return [tuple(row) for row in self.small.library.rows(query)]


def every_widget(window: QWidget) -> list[QWidget]:
    """The window and all in it."""
    return [window, *window.findChildren(QWidget)]


def said_by(widget: QWidget) -> list[str]:
    """All texts of one widget."""
    texts = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        texts.append(widget.text())
    return texts


@pytest.fixture
def stand(qtbot: QtBot, small: SmallLibrary) -> Iterator[Stand]:
    """The kiosk, open and in front; nobody is signed in."""
    made = Stand(small)
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def test_a_card_is_greeted_by_the_first_name_and_forgotten(stand: Stand) -> None:
    stand.scan("A0003")
    assert stand.window.page is stand.window.thanks
    assert "Selamat datang, Rina" in stand.texts()
    assert "Umpama" not in stand.texts()
    assert stand.rows("member", "people") == [(stand.small.members["A0003"].bytes, 1)]
    QTest.keyClick(stand.window, Qt.Key.Key_Return)
    assert stand.window.page is stand.window.start
    assert "Rina" not in stand.texts()


def test_a_card_that_comes_again_counts_once_and_names_nobody(stand: Stand) -> None:
    stand.scan("A0001")
    stand.scan("A0001")
    assert len(stand.rows("id")) == 1
    assert "sudah tercatat" in stand.texts()
    assert "Siti" not in stand.texts()


def test_without_greeting_no_name_is_shown(stand: Stand) -> None:
    value_of(set_guest_book(stand.small.desk("head"), greet=False))
    stand.kiosk.open()
    stand.wait()
    stand.scan("A0001")
    assert "Siti" not in stand.texts()
    assert len(stand.rows("id")) == 1


def test_a_code_that_nobody_has_is_said_kindly(stand: Stand) -> None:
    stand.scan("X99999")
    assert "tidak dikenal" in stand.texts()
    assert stand.rows("id") == []


def test_a_scanned_book_is_read_here(stand: Stand) -> None:
    stand.scan("B0005")
    assert stand.small.library.value("select count(*) from reading") == 1
    assert "Ensiklopedia" not in stand.texts()
    assert stand.rows("id") == []


def test_three_taps_count_a_visitor_without_a_card(stand: Stand) -> None:
    for words in ("Tidak membawa kartu", "Remaja (13–18 tahun)", "Perempuan", "Membaca"):
        stand.touch(words)
    assert stand.window.page is stand.window.thanks
    assert stand.rows("age", "sex", "purpose", "member") == [("13-18", "P", "read", None)]


def test_every_question_can_be_skipped(stand: Stand) -> None:
    stand.touch("Tidak membawa kartu")
    for _question in range(3):
        stand.touch("Lewati")
    assert stand.rows("people", "age", "sex", "purpose") == [(1, None, None, None)]


def test_keys_do_the_same(stand: Stand) -> None:
    for key in "1320":
        type_keys(stand.window, key)
        QTest.qWait(120)
        stand.wait()
    assert stand.rows("age", "sex", "purpose") == [("19-59", "P", None)]


def test_back_asks_anew_and_at_last_gives_up(stand: Stand) -> None:
    stand.touch("Tidak membawa kartu")
    stand.touch("Anak (0–12 tahun)")
    stand.touch("Kembali")
    stand.touch("Kembali")
    assert stand.window.page is stand.window.start
    assert stand.rows("id") == []


def test_a_group_says_how_many_and_from_where(stand: Stand) -> None:
    stand.touch("Kami rombongan")
    for digit in "042":
        stand.touch(digit)
    stand.touch("Lanjutkan")
    stand.touch("SD/MI")
    assert stand.rows("people", "age", "occupation") == [(42, "0-12", "pupil")]
    assert "42 pengunjung dicatat." in stand.texts()


def test_a_scan_in_the_middle_belongs_to_who_scans(stand: Stand) -> None:
    stand.touch("Tidak membawa kartu")
    stand.touch("Anak (0–12 tahun)")
    stand.scan("A0002")
    assert "Selamat datang, Budi" in stand.texts()
    assert stand.rows("age") == [("19-59",)]


def test_an_answer_that_comes_late_is_not_shown_to_the_next(stand: Stand) -> None:
    scan(stand.window, "A0001")
    stand.kiosk.no_card()
    stand.wait()
    assert stand.window.page is stand.window.question
    assert "Siti" not in stand.texts()
    assert len(stand.rows("id")) == 1


def test_who_goes_away_is_counted_only_after_an_answer(qtbot: QtBot, small: SmallLibrary) -> None:
    stand = Stand(small, idle_ms=30, thanks_ms=30)
    stand.kiosk.no_card()
    qtbot.waitUntil(lambda: stand.window.page is stand.window.start)
    stand.wait()
    assert stand.rows("id") == []
    stand.kiosk.no_card()
    stand.window.question.choose(0)
    qtbot.waitUntil(lambda: stand.window.page is stand.window.start)
    stand.wait()
    assert stand.rows("age", "sex") == [("0-12", None)]
    stand.scan("A0001")
    qtbot.waitUntil(lambda: stand.window.page is stand.window.start)
    assert "Siti" not in stand.texts()
    stand.close()


def test_it_counts_into_its_room(stand: Stand) -> None:
    desk = stand.small.desk("head")
    room = value_of(save_room(desk, "Ruang Anak"))
    set_kiosk_room(desk, room)
    stand.kiosk.open()
    stand.wait()
    stand.scan("A0001")
    assert stand.rows("room") == [(room.bytes,)]


def test_nobody_closes_it_and_it_comes_to_the_front_again(stand: Stand, qtbot: QtBot) -> None:
    window = stand.window
    assert not window.close()
    assert window.isVisible()
    window.showMinimized()
    qtbot.waitUntil(lambda: window.isFullScreen() and not window.isMinimized())
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key in (Qt.Key.Key_F4, Qt.Key.Key_Tab, Qt.Key.Key_W, Qt.Key.Key_K):
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible()
    assert window.page is window.start


def test_another_part_is_offered_and_left(stand: Stand) -> None:
    part = QLabel("Survei")
    stand.kiosk.add_offer("Isi survei", "note", lambda: part)
    stand.wait()
    stand.touch("Isi survei")
    assert stand.window.page is stand.window.guest
    assert part.isVisible()
    stand.kiosk.reset()
    assert stand.window.page is stand.window.start


@pytest.mark.parametrize("page", ["start", "question", "people", "thanks"])
def test_every_page_can_be_used(stand: Stand, page: str) -> None:
    steps = {
        "start": lambda: None,
        "question": stand.kiosk.no_card,
        "people": stand.kiosk.group,
        "thanks": lambda: stand.scan("A0001"),
    }
    steps[page]()
    stand.wait()
    assert audit(stand.window) == []
    buttons = [one for one in stand.window.page.findChildren(QPushButton) if one.isVisible()]
    assert min((one.height() for one in buttons), default=0) >= 44


def test_the_way_out_fits_the_screen_in_large_text(stand: Stand, qapp: QApplication) -> None:
    gate = Gate()
    stand.kiosk.show_part(gate)
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.LIGHT, 150, high_contrast=False))
    stand.window.resize(1366, 768)
    stand.wait()
    gate.begin(sign_in=False)
    stand.wait()
    assert stand.window.minimumSizeHint().height() <= 768
    shown = [one for one in gate.pad.findChildren(QPushButton) if one.isVisible()]
    assert len(shown) == 12
    assert max(one.width() for one in shown) - min(one.width() for one in shown) <= 1
    assert "kode keluar" in stand.texts()


# --- left alone ------------------------------------------------------------------------------

NAMES = sorted({part for _card, name, *_rest in MEMBERS for part in name.split()})
CARDS = [card for card, *_rest in MEMBERS]


def one_visitor(stand: Stand, dice: random.Random) -> int:
    """Somebody comes, scans or taps, and goes; return how many scans and taps it took."""
    way = dice.random()
    if way < 0.5:
        stand.scan(dice.choice([*CARDS, "X99999", "B0005"]))
        return 1
    if stand.window.page is stand.window.thanks:
        QTest.keyClick(stand.window, Qt.Key.Key_Return)
    stand.touch("Kami rombongan" if way < 0.6 else "Tidak membawa kartu")
    taps = 1
    while stand.window.page in (stand.window.question, stand.window.people):
        shown = [
            one
            for one in stand.window.page.findChildren(QPushButton)
            if one.isVisible() and one.isEnabled()
        ]
        QTest.mouseClick(dice.choice(shown), Qt.MouseButton.LeftButton)
        taps += 1
        if dice.random() < 0.05:  # goes away in the middle
            stand.kiosk._gone_away()
    stand.wait()
    return taps


def left_alone(stand: Stand, wanted: int, seed: int) -> tuple[int, int]:
    """Let visitors come until so many scans and taps; return resident bytes early and at last."""
    dice, done, early = random.Random(seed), 0, 0
    widgets = 0
    while done < wanted:
        done += one_visitor(stand, dice)
        stand.small.time.passes(minutes=dice.randint(0, 3))
        if dice.random() < 0.5:
            stand.kiosk.reset()
            told = stand.texts()
            assert not [name for name in (*NAMES, *CARDS) if name in told]
        assert stand.window.isVisible()
        assert not stand.window.close()
        if early == 0 and done >= wanted // 10:
            early, widgets = resident(), len(QApplication.allWidgets())
    assert len(QApplication.allWidgets()) == widgets
    return early, resident()


def resident() -> int:
    """Bytes of memory that this process has in use, after tidying up."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def test_a_few_hundred_scans_and_taps_leave_nothing(stand: Stand) -> None:
    early, late = left_alone(stand, 300, 1)
    assert late - early < GROWS_AT_MOST
    assert len(stand.rows("id")) > 50


@pytest.mark.slow
def test_ten_thousand_scans_and_taps_neither_leak_nor_leave(stand: Stand) -> None:
    early, late = left_alone(stand, 10_000, 2)
    assert late - early < GROWS_AT_MOST, f"{early / MIB:.1f} MiB, then {late / MIB:.1f} MiB"
