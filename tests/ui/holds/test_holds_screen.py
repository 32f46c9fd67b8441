"""Holds: what to pick, what is kept, setting aside by scan, and the list on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage
from helpers.sheets import cells, saves_into
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.ui.holds.actions import hold_actions
from perpusdesk.ui.holds.page import HoldsPage
from perpusdesk.ui.shell import paper_files


class Holds(Stage):
    """The stage with the holds' screen; title 0 is waited for and stands on the shelf again."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self._prepare()
        self.page = HoldsPage(self.desk, self.tasks, self.window.messages, folder / "papers")
        self.asked: list[object] = []
        self.page.member_asked.connect(self.asked.append)
        self.page.title_asked.connect(self.asked.append)
        self.put(self.page, *hold_actions(self.page))

    def _prepare(self) -> None:
        """Rina waits for title 0 (a copy came to the shelf past the desk); Joko's copy is kept."""
        small, desk = self.small, self.desk
        lent = (("A0001", "B0001"), ("A0002", "B0002"), ("A0001", "B0003"), ("A0002", "B0004"))
        for card, barcode in lent[2:]:
            value_of(lend(desk, small.members[card], small.copies[barcode]))
        value_of(place_hold(desk, small.members["A0004"], small.titles[1]))
        value_of(take_back(desk, small.copies["B0003"]))
        value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
        value_of(lend(desk, small.members["A0002"], small.copies["B0002"]))
        value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
        small.change("copy", small.copies["B0001"], condition=Condition.GOOD)

    def picks(self) -> list[str]:
        model = self.page.room.pick.rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def kept(self) -> list[str]:
        model = self.page.room.ready.rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def press(self, part, place: int, verb: str) -> None:
        part.choose(place)
        buttons = part.bar.findChildren(type(self.page.room.print))
        next(button for button in buttons if button.text() == verb).click()
        self.wait()


@pytest.fixture
def screen(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[Holds]:
    made = Holds(qtbot, small, "head", tmp_path)
    yield made
    made.close()


def test_both_lists_are_filled(screen):
    assert screen.picks() == ["Pelaut Kertas, 899.221 AND p  ·  B0001, Rina Umpama Dewi"]
    assert screen.kept() == ["Kebun di Atap, B0003  ·  635 BRA k, Joko Umpama, s.d. 05-11-2026"]


def test_a_scanned_copy_is_set_aside_and_that_can_be_undone(screen):
    screen.scan("B0001")
    assert screen.picks() == []
    assert len(screen.kept()) == 2
    assert screen.said[-1] == "Disimpan untuk Rina Umpama Dewi s.d. 05-11-2026"
    screen.window.toasts._toast.findChildren(type(screen.page.room.print))[0].click()
    screen.wait()
    assert len(screen.picks()) == 1


def test_copies_that_are_kept_or_not_waited_for_are_said(screen):
    screen.scan("B0003")
    screen.scan("B0009")
    screen.scan("XYZ")
    assert screen.said == [
        "B0003 sudah disimpan untuk Joko Umpama.",
        "Tidak ada yang menunggu B0009 di sini.",
        "Tidak ada yang menunggu XYZ di sini.",
    ]
    assert len(screen.picks()) == 1


def test_the_chosen_hold_can_be_set_aside_released_and_cancelled(screen):
    screen.press(screen.page.room.pick, 0, "Sisihkan B0001")
    assert len(screen.kept()) == 2
    screen.press(screen.page.room.ready, 0, "Lepaskan")
    assert len(screen.kept()) == 1 and len(screen.picks()) == 1
    screen.press(screen.page.room.ready, 0, "Batalkan reservasi")
    assert screen.kept() == []


def test_ways_lead_to_member_and_title(screen):
    screen.press(screen.page.room.pick, 0, "Anggota")
    screen.press(screen.page.room.pick, 0, "Judul")
    screen.scan("A0001")
    small = screen.small
    assert screen.asked == [small.members["A0003"], small.titles[0], small.members["A0001"]]


def test_words_narrow_both_lists_and_esc_widens_them(screen):
    screen.type("rina")
    assert len(screen.picks()) == 1 and screen.kept() == []
    assert "Esc" in screen.page.room.hint.text()
    screen.page.escape()
    assert len(screen.kept()) == 1


def test_the_pick_list_is_made(screen, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    screen.do("pick_list")
    screen.wait()
    assert Path(opened[0]).read_bytes().startswith(b"%PDF")


def answer(screen, action, reason):
    screen.do(action)
    ask = screen.page.saving.ask
    assert ask.isVisible()
    ask.form.fields[0].edit.setText(reason)
    ask.send()
    screen.wait()


def traces(screen):
    found = screen.small.library.rows("select payload from op where kind = 'export.made'")
    return [payload for (payload,) in found]


def test_both_lists_leave_as_workbooks_with_a_reason(screen, tmp_path):
    saved = saves_into(screen.page.saving.saver, tmp_path)
    answer(screen, "pick_save", "Untuk petugas gudang")
    answer(screen, "kept_save", "Menelepon pemesan")
    pick, kept = [cells(one.file)[1:] for one in saved]
    assert [row[0] for row in pick] == ["Pelaut Kertas"]
    assert [row[0] for row in kept] == ["Kebun di Atap"]
    assert len(traces(screen)) == 2


def test_a_narrowed_list_is_saved_narrowed(screen, tmp_path):
    saved = saves_into(screen.page.saving.saver, tmp_path)
    screen.type("rina")
    screen.do("kept_save")
    assert not screen.page.saving.ask.isVisible()
    answer(screen, "pick_save", "Rapat")
    assert [one.lines for one in saved] == [1]


def test_esc_leaves_the_question_and_nothing_is_saved(screen, tmp_path):
    saved = saves_into(screen.page.saving.saver, tmp_path)
    screen.do("pick_save")
    screen.page.escape()
    screen.wait()
    assert not screen.page.saving.ask.isVisible()
    assert (saved, traces(screen)) == ([], [])


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_question_can_be_used(qapp, qtbot, small, tmp_path, language):
    set_language(language)
    screen = Holds(qtbot, small, "head", tmp_path)
    screen.do("pick_save")
    try:
        assert audit_everywhere(qapp, screen.window) == []
    finally:
        screen.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_screen_can_be_used(qapp, qtbot, small, tmp_path, language):
    set_language(language)
    screen = Holds(qtbot, small, "head", tmp_path)
    screen.page.room.pick.choose(0)
    screen.page.room.ready.choose(0)
    try:
        assert audit_everywhere(qapp, screen.window) == []
    finally:
        screen.close()
