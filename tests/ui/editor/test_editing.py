"""Changing a title, drafts that outlive a power cut, copies of a title, and the ISBN index."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from perpusdesk.domain.marc.record import to_bytes
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.cataloguing.copy_cataloguing import Answer, Proposal, Where
from perpusdesk.services.cataloguing.fill_isbn_index import fill_isbn_index
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import open_form, set_short

ISBN = "9786020332956"


def row(who, number, *names):
    (found,) = who.rows(
        f"select {', '.join(names)} from title where id = ?", who.small.titles[number].bytes
    )
    return found


def test_a_change_is_saved_and_the_title_stands_in_the_catalogue(who):
    who.edit(0)
    assert who.text("title") == "Pelaut Kertas" and not who.view.copies.isVisible()
    who.enter(publisher="Kora", year="2024")
    who.presses("Ctrl+Return")
    assert row(who, 0, "publisher", "year", "title") == ("Kora", "2024", "Pelaut Kertas")
    assert who.window.page == "titles" and who.titles.title_id == who.small.titles[0]


def test_leaving_an_untouched_form_says_nothing(who):
    who.edit(0)
    who.presses("Esc")
    assert who.window.page == "titles" and who.said == []


def test_esc_keeps_a_draft_that_the_toast_leads_back_to(who):
    who.edit(0)
    who.enter(publisher="Kora")
    who.presses("Esc")
    assert who.window.page == "titles"
    assert who.said[-1] == "Belum disimpan; ditaruh sebagai draf."
    who.window.toasts._toast.findChildren(QPushButton)[0].click()
    who.wait()
    assert who.window.page == "editor" and who.text("publisher") == "Kora"
    assert who.view.draft.sentence
    who.presses("Ctrl+Return")
    assert row(who, 0, "publisher") == ("Kora",)
    who.edit(0)
    assert not who.view.draft.sentence


def test_what_was_typed_outlives_a_power_cut(stage):
    first = stage("head")
    first.new()
    first.enter(isbn=ISBN, title="Angin dari Utara", subjects="Laut; Angin")
    first.view.copies.count.setValue(3)
    first.page.drafts._pause.timeout.emit()
    first.wait()
    second = stage("head")
    second.new()
    assert second.text("title") == "Angin dari Utara" and second.text("subjects") == "Laut; Angin"
    assert second.view.copies.count.value() == 3 and second.view.draft.sentence
    second.presses("Ctrl+Return")
    assert second.rows("select count(*) from copy where deleted = 0") == [(23,)]
    second.presses("Esc")
    second.new()
    assert second.text("title") == "" and not second.view.draft.sentence


def test_starting_afresh_throws_the_draft_away(who):
    who.edit(0)
    who.enter(publisher="Kora")
    who.presses("Esc")
    who.do("title_edit")
    who.view.draft.steps()[0].click()
    who.wait()
    assert who.page.open and who.text("publisher") == ""


def test_a_draft_goes_onto_what_others_changed_meanwhile(who):
    who.edit(0)
    who.enter(publisher="Kora", subjects="Laut")
    who.presses("Esc")
    opened = open_form(who.desk, who.small.titles[0])
    save_title(who.desk, set_short(opened.form, "year", "2020"), opened)
    who.do("title_edit")
    assert (who.text("publisher"), who.text("year"), who.text("subjects")) == (
        "Kora",
        "2020",
        "Laut",
    )
    who.presses("Ctrl+Return")
    assert row(who, 0, "publisher", "year", "subjects") == ("Kora", "2020", "Laut")


def test_two_people_who_change_the_same_field_are_told(who):
    who.edit(0)
    opened = open_form(who.desk, who.small.titles[0])
    save_title(who.desk, set_short(opened.form, "edition", "Cet. 2"), opened)
    who.enter(edition="Cetakan ke-3")
    who.presses("Ctrl+Return")
    assert row(who, 0, "edition") == ("Cetakan ke-3",)
    assert "Sementara itu orang lain juga mengubah" in who.said[-1]


def test_a_title_copied_as_new_has_no_numbers(who):
    who.small.change("title", who.small.titles[0], isbn=ISBN, publisher="Kora")
    who.titles.open_title(who.small.titles[0])
    who.wait()
    who.do("title_copy")
    assert (who.text("title"), who.text("publisher"), who.text("isbn")) == (
        "Pelaut Kertas",
        "Kora",
        "",
    )
    assert who.view.copies.isVisible()
    who.enter(title="Pelaut Kertas 2")
    who.presses("Ctrl+Return")
    assert row(who, 0, "title") == ("Pelaut Kertas",)
    assert who.rows("select publisher from title where title = 'Pelaut Kertas 2'") == [("Kora",)]


def test_the_catalogue_key_leads_back_to_an_open_form(who):
    class Other:
        name, title, icon, key = "other", "Lain", "desk", ""
        widget = QPushButton("x")

    who.window.add_page(Other())
    who.new()
    who.enter(title="Angin")
    who.view.bring("publisher")
    who.window.go("other")
    who.wait()
    who.window.go("titles")
    who.wait()
    assert who.window.page == "editor" and who.text("title") == "Angin"
    assert who.focused == "publisher"


@pytest.fixture
def index(who, tmp_path):
    """Records of another library's catalogue, beside this one."""
    opened = open_form(who.desk, who.small.titles[0])
    form = opened.form
    for name, value in (
        ("title", "Angin dari Utara"),
        ("author", "Contoh, Andini"),
        ("isbn", (ISBN,)),
        ("publisher", "Kora"),
        ("classification", "899.221"),
    ):
        form = set_short(form, name, value)
    file = tmp_path / "kota.mrc"
    file.write_bytes(to_bytes(form.record))
    assert fill_isbn_index(who.desk, file).added == 1
    return who


def test_a_book_of_the_index_is_catalogued_by_a_scan_and_a_key(index):
    who = index
    who.new()
    who.strokes = 0
    who.scans(ISBN)
    assert (who.text("title"), who.text("publisher")) == ("Angin dari Utara", "Kora")
    assert "kota.mrc" in who.view.offer.sentence
    who.presses("Ctrl+Return")
    assert who.strokes == 2
    assert who.rows("select isbn, author from title where title = 'Angin dari Utara'") == [
        (ISBN, "Andini Contoh")
    ]


def test_what_was_typed_already_is_not_overwritten_by_the_index(index):
    who = index
    who.new()
    who.enter(title="Angin Lain")
    who.view.bring("isbn")
    who.scans(ISBN)
    assert who.text("title") == "Angin Lain"
    fill = next(one for one in who.view.offer.steps() if one.text() == "Isi dari sana")
    fill.click()
    who.wait()
    assert who.text("title") == "Angin dari Utara"


def test_catalogues_on_the_network_are_asked_when_somebody_wants_it(who):
    opened = open_form(who.desk, who.small.titles[3])
    form = set_short(set_short(opened.form, "title", "Angin Jauh"), "publisher", "Kora")
    record = TitleRecord("Angin Jauh", marc=to_bytes(form.record))
    asked = []

    def answers(servers, number):
        asked.append(number)
        yield Answer(servers[0], (Proposal(Where.SERVER, "Katalog Jauh", record),))

    who.page.known.online.ask = answers
    who.new()
    who.scans(ISBN)
    assert asked == [] and who.view.offer.sentence == "Tidak ada cantumannya di sini."
    who.view.offer.steps()[0].click()
    who.wait()
    assert asked == [ISBN]
    assert [one.text() for one in who.view.offer.steps()] == ["Angin Jauh (Katalog Jauh)"]
    who.view.offer.steps()[0].click()
    who.wait()
    assert (who.text("title"), who.text("publisher"), who.text("isbn")) == (
        "Angin Jauh",
        "Kora",
        ISBN,
    )


def test_a_change_of_one_field_fills_no_other(who):
    who.small.change("title", who.small.titles[0], call_number="", classification="899.221")
    who.edit(0)
    who.enter(year="2024")
    who.presses("Ctrl+Return")
    assert [one or "" for one in row(who, 0, "responsibility", "call_number", "year")] == [
        "",
        "",
        "2024",
    ]
    who.edit(0)
    who.enter(classification="899.2")
    who.presses("Ctrl+Return")
    assert row(who, 0, "call_number") == ("899.2 CON p",)


def test_a_copy_or_a_template_begun_meanwhile_throws_no_draft_away(who):
    who.new()
    who.enter(title="Angin dari Utara")
    who.presses("Esc")
    who.titles.open_title(who.small.titles[0])
    who.wait()
    who.do("title_copy")
    who.enter(title="Pelaut Kertas 2")
    who.presses("Ctrl+Return")
    assert who.view.draft.sentence == "1 draf judul baru belum disimpan."
    who.view.draft.steps()[0].click()
    who.wait()
    assert who.text("title") == "Angin dari Utara"
    who.presses("Ctrl+Return")
    assert who.view.draft.sentence == ""
    assert who.rows("select count(*) from title where title in ('Angin dari Utara')") == [(1,)]


def test_the_next_books_isbn_does_not_fall_into_a_book_that_is_not_saved(who):
    who.new()
    who.enter(isbn=ISBN, title="Angin")
    who.view.bring("publisher")
    who.scans("9789794075951")
    assert who.text("isbn") == ISBN
    assert who.said[-1] == "Simpan atau tinggalkan formulir dulu."


def test_codes_are_chosen_by_name_and_one_that_is_not_offered_stays(who):
    opened = open_form(who.desk, who.small.titles[0])
    form = set_short(set_short(opened.form, "country", "tk"), "language", "ota")
    save_title(who.desk, form, opened)
    who.edit(0)
    fields = who.view.fields
    assert (fields.edit("country").value(), fields.edit("language").value()) == ("tk", "ota")
    fields.edit("country").choose("io")
    fields.edit("language").choose("jav")
    who.presses("Ctrl+Return")
    again = open_form(who.desk, who.small.titles[0]).form
    assert (again.text("country"), again.text("language")) == ("io", "jav")
