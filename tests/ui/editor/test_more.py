"""Templates, the history of a title, and its removal."""

from __future__ import annotations

from perpusdesk.services.cataloguing.remove_title import removed_ids
from perpusdesk.services.cataloguing.title_templates import templates
from perpusdesk.ui.editor.view import Part


def rows(who):
    model = who.view.history.list.rows.rows
    return [model.data(model.index(place, 0)) for place in range(model.rowCount())]


def press(who, beginning):
    who.view.history.list.choose(next(n for n, row in enumerate(rows(who)) if beginning in row))
    who.wait()
    who.view.history.list.bar.findChildren(type(who.view.save))[0].click()
    who.wait()


def change(who, number, **fields):
    who.edit(number)
    who.enter(**fields)
    who.presses("Ctrl+Return")


def answer(who, text):
    who.view.ask.form.fields[0].edit.setText(text)
    who.view.ask.send()
    who.wait()


def menu(who):
    who.page.more.fill(templates(who.desk))
    return {action.text(): action for action in who.page.more.menu.actions()}


def test_a_template_is_kept_and_begins_the_next_title(who):
    who.new()
    who.enter(title="Laporan tahunan", publisher="Dinas Contoh", tags="laporan")
    who.do("editor_template")
    answer(who, "Laporan dinas")
    who.presses("Esc")
    who.new()
    who.page.begin.afresh()
    who.wait()
    menu(who)["Mulai dengan Laporan dinas"].trigger()
    who.wait()
    assert (who.text("title"), who.text("publisher"), who.text("tags")) == (
        "Laporan tahunan",
        "Dinas Contoh",
        "laporan",
    )
    menu(who)["Hapus templat Laporan dinas"].trigger()
    who.wait()
    assert templates(who.desk) == []


def test_a_template_needs_a_name(who):
    who.new()
    who.do("editor_template")
    answer(who, " ")
    assert who.view.ask.isVisible() and templates(who.desk) == []


def test_the_history_tells_what_was_when_and_by_whom(who):
    change(who, 0, publisher="Kora")
    who.small.time.passes(days=1)
    change(who, 0, publisher="Kora Raya", year="2024")
    who.edit(0)
    who.page.show_part(Part.HISTORY)
    who.wait()
    assert any(row.startswith("Penerbit: Kora → Kora Raya, 03-11-2026") for row in rows(who))
    assert any("Kepala Contoh" in row and "Tahun: 2024" in row for row in rows(who))
    assert sum("Judul Pelaut Kertas" in row for row in rows(who)) == 1, "its making is one row"
    assert not any("264" in row for row in rows(who)), "the column tells it already"


def test_an_earlier_value_comes_back_into_the_form_and_counts_once_saved(who):
    change(who, 0, publisher="Kora")
    change(who, 0, publisher="Kora Raya")
    who.edit(0)
    who.page.show_part(Part.HISTORY)
    who.wait()
    press(who, "Kora → Kora Raya")
    assert who.view.part is Part.FORM and who.text("publisher") == "Kora"
    assert who.rows("select publisher from title where publisher <> ''") == [("Kora Raya",)]
    who.presses("Ctrl+Return")
    assert who.rows("select publisher from title where publisher <> ''") == [("Kora",)]


def test_an_earlier_field_of_the_record_comes_back(who):
    who.edit(0)
    who.presses("Ctrl+M")
    view = who.view.raw.view
    view.go_to(len(view.lines()) - 1)
    who.presses("Return")
    who.types("586\t##\t$a Hadiah Kora")
    who.presses("Ctrl+Return")
    who.edit(0)
    who.presses("Ctrl+M")
    at = next(n for n, line in enumerate(view.lines()) if line.startswith("586"))
    view.go_to(at)
    who.presses("Ctrl+Del", "Ctrl+Return")
    who.edit(0)
    who.page.show_part(Part.HISTORY)
    who.wait()
    press(who, "586: ## $a Hadiah Kora →")
    assert who.view.part is Part.RAW
    assert "586\t##\t$a Hadiah Kora" in view.lines()


def test_a_title_with_copies_is_not_removed_and_says_why(who):
    who.edit(0)
    who.do("editor_remove")
    answer(who, "Salah masuk")
    assert who.page.open and removed_ids(who.desk) == []
    assert who.window.bar.problem is not None


def test_a_removed_title_is_out_of_sight_and_comes_back_by_undo(who):
    who.new()
    who.enter(title="Angin")
    who.view.copies.count.setValue(0)
    who.presses("Ctrl+Return")
    who.view.saved.steps()[-1].click()
    who.wait()
    who.do("title_edit")
    who.do("editor_remove")
    answer(who, "Salah masuk")
    assert who.window.page == "titles" and len(removed_ids(who.desk)) == 1
    assert who.found("angin") == []
    who.window.toasts._toast.findChildren(type(who.view.save))[0].click()
    who.wait()
    assert who.found("angin") == ["Angin"]
