"""The lists of the catalogue's care as workbooks, as they stand on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from helpers.library import refusal_of, value_of
from helpers.sheets import cells, saves_into
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.cataloguing.headings import Heading, heading_ids, save_heading
from perpusdesk.services.cataloguing.remove_title import remove_title
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.services.transfer.import_headings import import_headings
from perpusdesk.ui.upkeep.page import Part


@pytest.fixture
def saved(who, tmp_path):
    return saves_into(who.page.saving.saver, tmp_path)


def press(part):
    name = "Simpan XLSX"
    next(one for one in part.findChildren(QPushButton) if one.text() == name).click()


def test_the_groups_that_are_left_are_saved(who, saved):
    for place in range(4):
        who.small.change("title", who.small.titles[place], isbn=("9786020332956", "")[place // 2])
    who.small.change("title", who.small.titles[3], title="Ensiklopedia Sungai", author="Tim Contoh")
    part = who.part(Part.DUPLICATES)
    part.search_asked.emit()
    who.wait()
    who.do("upkeep_save")
    who.do("upkeep_skip")
    press(part)
    who.wait()
    assert [one.lines for one in saved] == [4, 2]


def test_removed_titles_are_saved(who, saved):
    form = set_short(blank_form(who.desk), "title", "Angin")
    value_of(remove_title(who.desk, value_of(save_title(who.desk, form)).title, "Salah masuk"))
    press(who.part(Part.REMOVED))
    who.wait()
    assert cells(saved[0].file)[1][0] == "Angin"


def test_headings_are_saved_as_they_are_narrowed(who, saved):
    for name in ("Laut", "Angin", "Lautan"):
        value_of(save_heading(who.desk, Heading("topic", name)))
    part = who.part(Part.HEADINGS)
    part.search.setText("laut")
    part.ask_list()
    who.wait()
    press(part)
    who.wait()
    assert [row[0] for row in cells(saved[0].file)[1:]] == ["Laut", "Lautan"]


def test_nothing_is_saved_of_an_empty_list(who, saved):
    who.part(Part.HEADINGS)
    who.do("upkeep_save")
    assert saved == []


def test_who_may_not_import_headings_is_told_so(stage, tmp_path):
    who = stage("volunteer")
    file = tmp_path / "subjek.csv"
    file.write_text("Tajuk\nLaut\n", encoding="utf-8")
    refusal_of(import_headings(who.desk, file), Reason.RIGHT_MISSING)
    part = who.part(Part.HEADINGS)
    who.page.headings.look_at(file)
    who.wait()
    part.ask.send()
    who.wait()
    assert "hak" in who.said[-1] and heading_ids(who.desk) == []
