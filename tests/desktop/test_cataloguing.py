"""A book nobody knows, through the real window: scanned, typed, saved, found, lent."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helpers import keys
from helpers.librarian import Librarian
from helpers.library import SmallLibrary
from perpusdesk.services.circulation.turn import Outcome

ISBN = "9786020332956"


def _type(who: Librarian, *parts: str) -> None:
    """Type into the field that has the keyboard, Tab between the parts."""
    for part in parts:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, part)
        who.presses("Tab")


def test_a_new_book_is_catalogued_searched_and_lent(head: Librarian, small: SmallLibrary) -> None:
    window = head.program.window
    head.presses("F5")
    head.presses("Ctrl+N")
    assert window.page == "editor"
    keys.scan(window, ISBN)
    head.wait()
    _type(head, "Angin dari Utara", "", "Andini Contoh")
    head.program.screens.cataloguing.editor.view.copies.count.setValue(2)
    head.presses("Ctrl+Return")
    assert "Tersimpan: Angin dari Utara" in head.reads()
    rows = small.library.rows(
        "select c.barcode, t.author from copy c join title t on t.id = c.title where t.isbn = ?",
        ISBN,
    )
    assert [author for _barcode, author in rows] == ["Andini Contoh"] * 2
    head.presses("Esc")
    assert window.page == "titles"
    head.types("angin utara")
    assert head.program.screens.titles.panel.title.text() == "Angin dari Utara"
    window.go("desk")
    head.wait()
    head.scan("A0001", rows[0][0])
    assert head.turn.outcome is Outcome.LENT


def test_an_open_form_waits_while_the_desk_works(head: Librarian, small: SmallLibrary) -> None:
    window = head.program.window
    head.presses("F5")
    head.presses("Ctrl+N")
    _type(head, "", "Angin")
    head.presses("F2")
    head.scan("A0001", "B0001")
    assert head.turn.outcome is Outcome.LENT
    head.presses("F5")
    assert window.page == "editor"
    assert head.program.screens.cataloguing.editor.view.fields.edit("title").text() == "Angin"


def test_what_was_typed_is_there_again_after_the_program_ended(
    start, small: SmallLibrary, tmp_path
) -> None:
    first = start(small.desk("head"))
    first.presses("F5")
    first.presses("Ctrl+N")
    _type(first, "", "Angin setengah jadi")
    first.program.screens.cataloguing.editor.keep_if_open()
    first.wait()
    second = start(small.desk("head"))
    second.presses("F5")
    second.presses("Ctrl+N")
    editor = second.program.screens.cataloguing.editor
    assert editor.view.fields.edit("title").text() == "Angin setengah jadi"
    assert editor.view.draft.sentence


def test_the_stickers_of_a_new_book_go_to_the_studio_by_one_key(
    head: Librarian, small: SmallLibrary
) -> None:
    head.presses("F5")
    head.presses("Ctrl+N")
    _type(head, "", "Angin")
    head.presses("Ctrl+Return")
    head.presses("Ctrl+P")
    assert head.program.window.page == head.program.screens.labels.name
    queued = small.library.rows("select count(*) from label_queue")
    assert queued == [(1,)]
