"""The members' list as a workbook: never without a reason, a right and a trace."""

from __future__ import annotations

import pytest
import python_calamine

from helpers.ui_audit import audit_everywhere


@pytest.fixture
def saving(screen, tmp_path):
    saver = screen.page.saving.saver
    saver._ask = lambda _parent, name, _kinds: tmp_path / f"{name}.xlsx"
    screen.saved = []
    saver.saved.connect(screen.saved.append)
    return screen


def answer(screen, reason):
    screen.do("members_save")
    ask = screen.page.saving.ask
    ask.form.fields[0].edit.setText(reason)
    ask.send()
    screen.wait()


def traces(screen):
    query = "select count(*) from op where kind = 'export.made'"
    return screen.small.library.value(query)


def test_the_list_leaves_with_a_reason_that_is_recorded(saving):
    saving.type("misal")
    answer(saving, "Rapat dengan sekolah")
    (saved,) = saving.saved
    assert (saved.lines, traces(saving)) == (2, 1)
    book = python_calamine.CalamineWorkbook.from_path(str(saved.file))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[:3] == ["No. kartu", "Nama", "Jenis anggota"]
    assert [row[:2] for row in rows] == [["A0002", "Budi Misalnya"], ["A0001", "Siti Misalnya"]]


def test_the_button_is_there_when_the_list_is(saving):
    saving.page.room.list.save.click()
    assert saving.page.saving.ask.isVisible()
    saving.type("qqqq")
    assert saving.page.room.list.save.isHidden()


def test_without_a_reason_or_a_place_nothing_leaves(saving):
    answer(saving, "  ")
    saving.page.saving.saver._ask = lambda *_: None
    answer(saving, "Rapat")
    assert (saving.saved, traces(saving)) == ([], 0)


def test_who_may_not_is_told_so(stage, tmp_path):
    screen = stage("volunteer")
    screen.page.saving.saver._ask = lambda *_: tmp_path / "a.xlsx"
    answer(screen, "Rapat")
    assert traces(screen) == 0
    assert not (tmp_path / "a.xlsx").exists()
    assert "hak" in screen.said[-1]


def test_the_question_can_be_used(qapp, screen):
    screen.do("members_save")
    assert audit_everywhere(qapp, screen.window) == []
