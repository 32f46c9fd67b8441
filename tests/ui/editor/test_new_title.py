"""A new title: from the scanned ISBN to the shelf, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

ISBN = "9786020332956"
OTHER = "9789794075951"


def copies_of(who, title):
    return who.rows(
        "select c.barcode, c.source, c.location, c.price from copy c join title t on t.id = c.title"
        " where t.title = ? order by c.barcode",
        title,
    )


def a_book(who):
    """Type what a title page says, from the scan to the place where copies are counted."""
    who.scans(ISBN)
    who.types("Angin dari Utara")
    who.presses("Tab", "Tab")
    who.types("Andini Contoh")
    who.view.bring("place")
    who.strokes += 3  # Tab thrice: heading, other authors, edition
    who.types("Ambon")
    who.presses("Tab")
    who.types("Kora")
    who.presses("Tab")
    who.types("2026")
    who.view.bring("classification")
    who.strokes += 5  # Tab: pages, illustrations, size, language, class
    who.types("899.221")


def test_a_book_nobody_knows_is_on_the_shelf_in_under_a_minute(who):
    who.new()
    assert who.focused == "isbn"
    a_book(who)
    who.view.copies.count.setValue(2)
    who.strokes += 4  # Tab thrice and a figure
    who.presses("Ctrl+Return")
    assert len(copies_of(who, "Angin dari Utara")) == 2
    (row,) = who.rows(
        "select author, responsibility, call_number, isbn, place, publisher, year from title"
        " where title = 'Angin dari Utara'"
    )
    assert row == (
        "Andini Contoh",
        "Andini Contoh",
        "899.221 CON a",
        ISBN,
        "Ambon",
        "Kora",
        "2026",
    )
    assert who.found("angin utara") == ["Angin dari Utara"]
    typed = len("Angin dari Utara" + "Andini Contoh" + "Ambon" + "Kora" + "2026" + "899.221")
    assert who.strokes - typed <= 20, "what is not typed from the book"


def test_after_saving_the_form_is_ready_for_the_next_book(who):
    who.new()
    a_book(who)
    copies = who.view.copies
    copies.location.setText("Rak 3")
    copies.source.choose("Hibah")
    copies.price.set_amount(45_000)
    who.presses("Ctrl+Return")
    assert copies_of(who, "Angin dari Utara") == [("B000001", "Hibah", "Rak 3", 45_000)]
    assert who.page.open and who.focused == "isbn" and who.text("title") == ""
    assert "Angin dari Utara" in who.view.saved.sentence and "B000001" in who.view.saved.sentence
    assert copies.location.text() == "Rak 3" and copies.source.value() == "Hibah"
    assert copies.count.value() == 1 and copies.price.amount() is None


def test_one_undo_takes_title_and_copies_back(who):
    who.new()
    a_book(who)
    who.presses("Ctrl+Return")
    who.window.toasts._toast.findChildren(QPushButton)[0].click()
    who.wait()
    assert who.rows("select title from title where title like 'Angin%' and deleted = 0") == []
    assert who.rows("select barcode from copy where barcode = 'B000001' and deleted = 0") == []


def test_proposals_fill_what_was_left_empty_and_give_way_to_what_was_typed(who):
    who.new()
    who.enter(title="Angin", responsibility="Andini Contoh", classification="899.221")
    edit = who.view.fields.edit
    assert edit("author").placeholderText() == "Contoh, Andini"
    assert edit("call_number").placeholderText() == "899.221 CON a"
    assert who.view.aside.spine.number.text() == "899.221\nCON\na"
    who.enter(author="Andini")
    assert edit("call_number").placeholderText() == "899.221 AND a"
    who.enter(call_number="FIK AND a")
    who.presses("Ctrl+Return")
    assert who.rows("select author, call_number from title where title = 'Angin'") == [
        ("Andini", "FIK AND a")
    ]


def test_the_isbn_of_a_title_that_is_here_offers_its_copies_there(who):
    who.small.change("title", who.small.titles[0], isbn=ISBN)
    who.new()
    who.scans(ISBN)
    assert who.view.same.sentence == "Sudah ada dengan ISBN ini: Pelaut Kertas"
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton) and focus.text() == "Tambah eksemplar di sana"
    who.presses("Space")
    assert len(copies_of(who, "Pelaut Kertas")) == 3
    assert who.focused == "isbn" and who.text("isbn") == ""
    assert who.strokes == 2
    assert who.said[-1] == "1 eksemplar ditambahkan: B000001"
    assert who.view.saved.sentence == "Pelaut Kertas  ·  1 eksemplar ditambahkan: B000001"


def test_the_same_title_and_author_are_told_while_typing(who):
    who.new()
    who.enter(title="pelaut kertas")
    assert "Pelaut Kertas" in who.view.same.sentence
    who.enter(title="Pelaut Besi dari Ambon")
    assert who.view.same.sentence == ""


def test_without_a_title_nothing_is_saved_and_the_keyboard_goes_there(who):
    who.new()
    who.enter(publisher="Kora")
    who.presses("Ctrl+Return")
    assert who.focused == "title" and who.view.fields.by_name["title"].error
    assert who.rows("select count(*) from title where deleted = 0") == [(10,)]


def test_nothing_is_said_of_fields_that_were_not_reached_yet(who):
    who.new()
    who.types("978")
    assert who.view.aside.findings.texts() == []
    who.presses("Tab")
    assert any("ISBN" in said for said in who.view.aside.findings.texts())


def test_a_wrong_isbn_is_warned_of_and_saved_all_the_same(who):
    who.new()
    who.enter(isbn="9786020332957", title="Angin")
    assert who.view.fields.by_name["isbn"].said
    who.presses("Ctrl+Return")
    assert who.rows("select count(*) from title where title = 'Angin'") == [(1,)]


def test_saving_twice_in_a_hurry_makes_one_title(who):
    who.new()
    who.enter(title="Angin")
    who.page.saving.save()
    who.page.saving.save()
    who.wait()
    assert who.rows("select count(*) from title where title = 'Angin'") == [(1,)]


def test_no_copies_when_none_are_wanted(who):
    who.new()
    who.enter(title="Angin")
    who.view.copies.count.setValue(0)
    who.presses("Ctrl+Return")
    assert copies_of(who, "Angin") == []
    assert who.rows("select count(*) from title where title = 'Angin'") == [(1,)]


def test_a_scan_while_the_keyboard_is_elsewhere_goes_into_the_isbn(who):
    who.new()
    who.view.bring("publisher")
    who.scans(ISBN)
    assert who.text("isbn") == ISBN and who.text("publisher") == ""


def test_another_code_leaves_the_form_as_it_is(who):
    who.new()
    who.view.bring("publisher")
    who.scans("B0001")
    assert who.text("isbn") == "" and who.window.page == "editor"
    assert who.said[-1] == "Simpan atau tinggalkan formulir dulu."


@pytest.mark.parametrize("kind", ["serial", "map", "music"])
def test_another_kind_of_material_has_its_own_fields(who, kind):
    who.new()
    who.enter(title="Angin")
    who.view.material.choose(kind)
    who.page._choose_material(kind)
    shown = {name for name, field in who.view.fields.by_name.items() if not field.isHidden()}
    wanted = {"serial": "issn", "map": "scale", "music": "performers"}[kind]
    assert wanted in shown and who.text("title") == "Angin"
    who.presses("Ctrl+Return")
    assert who.rows("select material from title where title = 'Angin'") == [(kind,)]
    assert who.page.work.form.material == kind, "the next one is of the same kind"


def test_suggestions_come_from_the_library_and_from_the_rules_for_names(who, qtbot):
    who.new()
    who.view.bring("author")
    with qtbot.waitSignal(who.view.fields.asked):
        who.types("andini con")
    who.wait()
    assert who.view.fields.edit("author").offered == ["Contoh, Andini", "con, andini"]
    who.presses("Down", "Tab")
    assert who.text("author") == "Contoh, Andini"
    who.view.bring("classification")
    with qtbot.waitSignal(who.view.fields.asked):
        who.types("899")
    who.wait()
    assert "899" in who.view.fields.edit("classification").offered[0]


def test_where_room_is_short_the_foot_leads_to_what_is_to_be_looked_at(who):
    who.window.resize(900, 768)
    who.new()
    who.enter(isbn="9786020332957", title="Angin")
    assert who.view._look.isVisible() and who.view._look.text() == "Perlu dilihat (1)"
    who.view.bring("publisher")
    who.presses("F7")
    assert who.focused == "isbn"
    who.window.resize(1366, 768)
    who.wait()
    assert not who.view._look.isVisible()


def test_an_isbn_that_the_catalogue_does_not_know_leads_to_the_form(who):
    who.scan(ISBN)
    assert who.said[-1] == f"Tidak ada judul ber-ISBN {ISBN}."
    who.window.toasts._toast.findChildren(QPushButton)[0].click()
    who.wait()
    assert who.window.page == "editor" and who.text("isbn") == ISBN and who.focused == "title"
