"""Titles that are here twice are merged, removed ones come back, headings lead their variants."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere, settle
from perpusdesk.common.i18n import set_language
from perpusdesk.services.cataloguing.headings import Heading, heading_ids, save_heading
from perpusdesk.services.cataloguing.remove_title import remove_title
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, open_form, set_short
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.serials.subscriptions import (
    SubscriptionForm,
    expect_issues,
    save_subscription,
)
from perpusdesk.ui.kit import theme
from perpusdesk.ui.upkeep.ways import Part

ISBN = "9786020332956"


@pytest.fixture
def twice(who):
    """Two of the titles are one; somebody waits for the second."""
    first, second = who.small.titles[0], who.small.titles[1]
    who.small.change("title", first, isbn=ISBN, publisher="Kora")
    who.small.change(
        "title", second, title="Pelaut kertas", author="Andini Contoh", isbn=ISBN, publisher="Korra"
    )
    for barcode in ("B0003", "B0004"):
        value_of(lend(who.desk, who.small.members["A0002"], who.small.copies[barcode]))
    value_of(place_hold(who.desk, who.small.members["A0001"], second))
    return who


def search(who):
    part = who.part(Part.DUPLICATES)
    part.search_asked.emit()
    who.wait()
    return part


def click(who, part, row, text):
    """Choose the value of a row."""
    next(cell for cell in part.compare.cells(row) if cell.text() == text).click()
    who.wait()


def copies_of(who, number):
    title = who.small.titles[number]
    return who.sql("select count(*) from copy where title = ? and deleted = 0", title.bytes)[0][0]


def test_a_library_without_duplicates_is_told_so(who):
    part = search(who)
    assert part.count.text() == "Tidak ada judul yang tampak sama."
    assert who.rows(part.rows) == []


def test_two_titles_are_merged_with_copies_and_holds_by_one_key(twice):
    who = twice
    part = search(who)
    (row,) = who.rows(part.rows)
    assert "2 judul" in row and "ISBN sama" in row
    click(who, part, 0, "Pelaut Kertas")
    assert "2 eksemplar, 1 reservasi" in part.moving.text()
    who.do("upkeep_go_on")
    assert (copies_of(who, 0), copies_of(who, 1)) == (4, 0)
    assert who.rows(part.rows) == [] and who.said[-1] == "2 judul kini satu"
    who.window.toasts._toast.findChildren(type(part.merge))[0].click()
    who.wait()
    assert (copies_of(who, 0), copies_of(who, 1)) == (2, 2)


def test_which_title_is_kept_and_whose_value_counts_is_chosen(twice):
    who = twice
    part = search(who)
    click(who, part, 0, "Pelaut kertas")
    labels = [part.compare._grid.itemAtPosition(row, 0) for row in range(1, 12)]
    place = next(
        n for n, item in enumerate(labels, 1) if item and item.widget().text() == "Penerbit"
    )
    assert next(one for one in part.compare.cells(place) if one.isChecked()).text() == "Korra"
    click(who, part, place, "Kora")
    who.do("upkeep_go_on")
    assert (copies_of(who, 0), copies_of(who, 1)) == (0, 4)
    (row,) = who.sql("select publisher from title where id = ?", who.small.titles[1].bytes)
    assert row == ("Kora",)


def test_a_group_that_is_none_is_left_alone(twice):
    who = twice
    part = search(who)
    who.do("upkeep_skip")
    assert who.rows(part.rows) == [] and copies_of(who, 1) == 2


def test_a_removed_title_is_put_back(who):
    form = set_short(blank_form(who.desk), "title", "Angin")
    title = value_of(save_title(who.desk, form)).title
    value_of(remove_title(who.desk, title, "Salah masuk"))
    part = who.part(Part.REMOVED)
    (row,) = who.rows(part.rows)
    assert "Angin" in row and "Salah masuk" in row and "Kepala Contoh" in row
    part.rows.selectRow(0)
    who.do("upkeep_go_on")
    assert who.sql("select deleted from title where title = 'Angin'") == [(0,)]
    assert who.rows(part.rows) == []


def enter(part, **fields):
    for name, text in fields.items():
        edit = part.form.by_name[name].edit
        edit.setPlainText(text) if hasattr(edit, "setPlainText") else edit.setText(text)


def test_a_heading_with_variants_is_kept_and_found_by_a_variant(who):
    part = who.part(Part.HEADINGS)
    who.do("upkeep_new")
    part.form.by_name["kind"].edit.choose("person")
    enter(part, heading="Toer, Pramoedya Ananta", variants="Tur, Pramudya\nPramoedya A. Toer")
    who.do("upkeep_go_on")
    assert part.count.text() == "1 tajuk"
    part.search.setText("tur")
    part.ask_list()
    who.wait()
    (row,) = who.rows(part.rows)
    assert row.startswith("Toer, Pramoedya Ananta, lihat dari: Tur, Pramudya")
    part.search.setText("xyz")
    part.ask_list()
    who.wait()
    assert who.rows(part.rows) == []


def test_a_heading_that_is_known_is_said_at_its_field(who):
    value_of(save_heading(who.desk, Heading("topic", "Laut")))
    part = who.part(Part.HEADINGS)
    who.do("upkeep_new")
    part.form.by_name["kind"].edit.choose("topic")
    enter(part, heading="laut")
    who.do("upkeep_go_on")
    assert "Laut" in part.form.by_name["heading"].error
    assert len(heading_ids(who.desk)) == 1


def test_titles_follow_a_heading_that_changed_when_they_are_told_to(who):
    opened = open_form(who.desk, who.small.titles[0])
    value_of(save_title(who.desk, set_short(opened.form, "subjects", ("Samudra",)), opened))
    value_of(save_heading(who.desk, Heading("topic", "Samudra")))
    part = who.part(Part.HEADINGS)
    part.rows.selectRow(0)
    who.wait()
    enter(part, heading="Laut")
    who.do("upkeep_go_on")
    assert part.ask.isVisible()
    part.ask.send()
    who.wait()
    title = who.small.titles[0].bytes
    assert who.sql("select subjects from title where id = ?", title) == [("Laut",)]
    assert who.said[-1] == "1 judul diubah"


def test_a_list_is_looked_at_before_it_is_imported(who, tmp_path):
    file = tmp_path / "subjek.csv"
    file.write_text("Tajuk,Varian\nLaut,Samudra\nAngin,\n", encoding="utf-8")
    part = who.part(Part.HEADINGS)
    who.page.headings.look_at(file)
    who.wait()
    assert part.ask.isVisible() and heading_ids(who.desk) == []
    part.ask.send()
    who.wait()
    assert len(heading_ids(who.desk)) == 2 and part.count.text() == "2 tajuk"


def groups(who):
    search(who)


def removed(who):
    form = set_short(blank_form(who.desk), "title", "Angin dari Utara yang Panjang Judulnya")
    value_of(remove_title(who.desk, value_of(save_title(who.desk, form)).title, "Salah masuk"))
    who.part(Part.REMOVED).rows.selectRow(0)


def headings(who):
    value_of(save_heading(who.desk, Heading("topic", "Laut", variants=("Samudra",))))
    who.part(Part.HEADINGS).rows.selectRow(0)


def nothing(who):
    who.part(Part.DUPLICATES)


def late(who):
    """A monthly whose first issue never came."""
    form = set_short(blank_form(who.desk, "serial"), "title", "Majalah Contoh")
    title = value_of(save_title(who.desk, form)).title
    span = (date(2026, 8, 1), date(2026, 12, 31))
    wanted = SubscriptionForm(*span, supplier="Agen Contoh")
    value_of(expect_issues(who.desk, value_of(save_subscription(who.desk, title, wanted))))
    who.part(Part.LATE)
    return title


LARGE = theme.ThemeSettings(theme.Scheme.LIGHT, 150, high_contrast=False)
SEEN = [*((state, "id") for state in (nothing, groups, removed, headings, late)), (groups, "en")]


@pytest.mark.parametrize(("state", "language"), SEEN, ids=lambda one: getattr(one, "__name__", one))
def test_the_screen_can_be_used(qapp: QApplication, twice, state, language):
    set_language(language)
    state(twice)
    twice.wait()
    twice.window.toasts.clear()
    assert audit_everywhere(qapp, twice.window) == []
    theme.apply(qapp, LARGE)
    settle(twice.window)
    twice.window.resize(1024, 768)
    settle(twice.window)
    assert twice.window.width() == 1024, "it has room on a small screen"


def test_late_issues_stand_in_a_list_that_leads_to_their_title(who):
    title = late(who)
    part = who.page.late.part
    first = who.rows(part.rows)[0]
    assert "Majalah Contoh" in first and "Agen Contoh" in first and "hari" in first
    asked = []
    who.page.title_asked.connect(asked.append)
    part.rows.selectRow(0)
    who.do("upkeep_go_on")
    assert asked == [title]
    assert len(who.page.late.sheet().ids) == len(who.rows(part.rows))
