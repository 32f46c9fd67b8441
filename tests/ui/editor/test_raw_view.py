"""The record's own lines in the screen: to and fro without loss, edited by keyboard."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QTextCursor


def lines(who):
    return [line.replace("\t", " ") for line in who.view.raw.view.lines()]


def at(who, tag):
    place = next(n for n, line in enumerate(lines(who)) if line.startswith(tag))
    who.view.raw.view.go_to(place)


def raw(who, **fields):
    who.new()
    who.enter(**fields)
    who.presses("Ctrl+M")
    assert who.view.raw.view.hasFocus()


def test_what_is_typed_in_one_view_stands_in_the_other(who):
    raw(who, title="Angin", publisher="Kora")
    assert "245 00 $a Angin" in lines(who)
    at(who, "245")
    who.types(" :$b dari utara")
    who.presses("Ctrl+M")
    assert who.text("title") == "Angin" and who.text("subtitle") == "dari utara"
    who.enter(publisher="Kora Raya")
    who.presses("Ctrl+M")
    assert "264 #1 $b Kora Raya" in lines(who)


def test_a_field_the_form_does_not_show_is_kept(who):
    raw(who, title="Angin")
    at(who, "245")
    who.presses("Return")
    who.types("586\t##\t$a Hadiah Kora, 2026")
    who.presses("Ctrl+M", "Ctrl+Return")
    who.page.open_other(_id(who))
    who.wait()
    who.do("title_edit")
    who.presses("Ctrl+M")
    assert "586 ## $a Hadiah Kora, 2026" in lines(who)


def _id(who):
    return UUID(bytes=who.rows("select id from title where title = 'Angin'")[0][0])


def test_fields_are_moved_and_removed_by_keyboard_and_undone(who):
    raw(who, title="Angin", publisher="Kora")
    before = lines(who)
    at(who, "264")
    who.presses("Alt+Up")
    places = [line[:3] for line in lines(who)]
    assert places.index("264") == places.index("245") - 1
    who.presses("Ctrl+Z")
    assert lines(who) == before
    at(who, "264")
    who.presses("Ctrl+Del")
    assert [line[:3] for line in lines(who)].count("264") == 0
    who.presses("Ctrl+M")
    assert who.text("publisher") == ""


def test_tab_goes_from_column_to_column(who):
    raw(who, title="Angin")
    view = who.view.raw.view
    at(who, "245")
    view.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    who.presses("Tab")
    assert view.textCursor().positionInBlock() == 4
    who.presses("Tab")
    assert view.textCursor().positionInBlock() == 7
    who.presses("Backtab")
    assert view.textCursor().positionInBlock() == 4


def test_the_meaning_of_the_line_stands_below(who):
    raw(who, title="Angin")
    at(who, "245")
    assert who.view.raw.meaning.text().startswith("245 Judul dan penanggung jawab")
    assert "$b anak judul" in who.view.raw.meaning.text()


def test_a_line_that_cannot_be_read_is_not_lost_by_going_back(who):
    raw(who, title="Angin")
    at(who, "245")
    who.presses("Return")
    who.types("kacau")
    who.presses("Ctrl+M")
    assert who.view.part == "raw" and "kacau" in lines(who)
    assert "tidak terbaca" in who.said[-1]
    who.presses("Ctrl+Return")
    assert who.rows("select count(*) from title where title = 'Angin'") == [(0,)]


def test_findings_lead_to_their_line(who):
    raw(who, title="Angin")
    at(who, "245")
    who.presses("Return")
    who.types("020\t##\t$a 9786020332957")
    (said,) = [one for one in who.view.aside.findings.texts() if "ISBN" in one]
    who.view.raw.view.go_to(0)
    row = next(row for row in who.view.aside.findings._rows if row.text() == said)
    row.click()
    assert lines(who)[who.view.raw.view.line].startswith("020")
    assert who.view.raw.view.extraSelections()


def test_a_record_pasted_from_another_program_fills_the_form(who, qapp):
    raw(who, title="x")
    view = who.view.raw.view
    qapp.clipboard().setText("=245  10$aAngin :$bdari utara /$cAndini Contoh.\n=020  \\\\$a979")
    view.selectAll()
    view.paste()
    who.presses("Ctrl+M")
    assert (who.text("title"), who.text("responsibility")) == ("Angin", "Andini Contoh")
