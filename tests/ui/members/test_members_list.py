"""The list: total, search by typing, facets, scans, and 50,000 members without a stall."""

from __future__ import annotations

from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_lists import Standing
from perpusdesk.services.results import Done
from perpusdesk.ui.kit.facets import FacetWord
from perpusdesk.ui.kit.id_table import PAGE
from perpusdesk.ui.members.facets import Narrowed


def titles(screen):
    rows = screen.page.room.list.rows
    return [
        rows.rows.data(rows.rows.index(place, 0)).split(",")[0]
        for place in range(rows.rows.rowCount())
    ]


def words(screen):
    column = screen.page.room.list.column
    return {word.text(): word for word in column.findChildren(FacetWord)}


def test_all_members_stand_in_the_list_by_name(screen):
    assert screen.page.room.list.count.text() == "6 anggota"
    assert titles(screen) == [
        "Budi Misalnya",
        "Joko Umpama",
        "Rina Umpama Dewi",
        "SD Contoh Satu",
        "Siti Misalnya",
        "Tono Andai",
    ]


def test_how_many_there_are_stands_in_one_line_and_names_have_room(screen, qtbot):
    screen.window.resize(1366, 768)
    screen.wait()
    pane = screen.page.room.list
    assert pane.count.height() < 2 * pane.count.fontMetrics().height()
    assert pane.rows.width() > 320


def test_typing_narrows_the_list_without_enter(screen, qtbot):
    screen.window.box.edit.setText("misal")
    qtbot.waitUntil(lambda: screen.page.total == 2)
    screen.wait()
    assert titles(screen) == ["Budi Misalnya", "Siti Misalnya"]
    assert screen.page.room.list.count.text() == "2 anggota cocok dengan “misal”"


def test_enter_narrows_too_and_moves_into_the_list(screen):
    screen.type("umpama")
    assert titles(screen) == ["Joko Umpama", "Rina Umpama Dewi"]
    assert screen.page.room.list.rows.hasFocus()


def test_nobody_found_is_said_and_led_out_of(screen):
    screen.type("zzz")
    assert screen.page.total == 0
    screen.page.escape()
    screen.wait()
    assert screen.page.total == 6


def test_a_scanned_card_opens_its_member(screen):
    screen.scan("A0003")
    assert screen.page.member == screen.small.members["A0003"]
    assert screen.panel.head._name.text() == "Rina Umpama Dewi"


def test_a_scanned_book_changes_nothing_and_is_said(screen):
    screen.scan("B0001")
    assert screen.page.member is None
    assert screen.said == ["B0001 bukan kartu anggota."]


def test_a_member_is_shown_with_what_stands_against_lending(screen):
    small = screen.small
    assert isinstance(lend(screen.desk, small.members["A0001"], small.copies["B0001"]), Done)
    small.time.passes(days=10)
    assert isinstance(block_member(screen.desk, small.members["A0002"], "Kartu dipinjamkan"), Done)
    small.change("member", small.members["A0004"], expires="2026-10-01")
    screen.page.refresh()
    screen.wait()
    model = screen.page.room.list.rows.rows
    said = [model.data(model.index(place, 0)) for place in range(4)]
    assert "Diblokir" in said[0]
    assert "Kartu berakhir, sejak 01-10-2026" in said[1]
    screen.open("A0001")
    assert screen.panel.head.standing == ("1 eksemplar terlambat",)
    screen.open("A0002")
    assert screen.panel.head.standing == ("Diblokir: Kartu dipinjamkan",)
    screen.open("A0004")
    assert screen.panel.head.standing == ("Keanggotaan berakhir 1 Oktober 2026",)


def test_facets_count_and_narrow_and_widen_again(screen):
    small = screen.small
    lend(screen.desk, small.members["A0001"], small.copies["B0001"])
    screen.page.refresh()
    screen.wait()
    assert words(screen)["Umum"].accessibleName() == "Umum, 4"
    words(screen)["Umum"].click()
    screen.wait()
    assert screen.page.total == 4
    words(screen)["Sedang meminjam"].click()
    screen.wait()
    assert titles(screen) == ["Siti Misalnya"]
    words(screen)["Sedang meminjam"].click()
    words(screen)["Semua"].click()
    screen.wait()
    assert screen.page.total == 6


def test_counts_follow_what_is_searched_for(screen):
    screen.type("misal")
    assert words(screen)["Umum"].accessibleName() == "Umum, 2"
    assert "Anak" not in words(screen)


def test_the_choices_of_a_narrow_window_do_the_same(screen):
    screen.window.resize(1000, 700)
    screen.wait()
    choices = screen.page.room.list._choices
    assert choices.isVisible() and not screen.page.room.list.column.isVisible()
    choices._standing.choose(Standing.EXPIRED)
    choices._chosen()
    screen.wait()
    assert screen.page.total == 0


def test_in_a_small_window_the_panel_covers_the_list_and_esc_leads_back(screen):
    screen.window.resize(800, 700)
    screen.wait()
    screen.open("A0001")
    assert screen.panel.isVisible() and not screen.page.room.list.isVisible()
    screen.page.escape()
    assert screen.page.room.list.isVisible() and not screen.panel.isVisible()


def test_only_the_rows_that_are_painted_are_read(screen, monkeypatch):
    from perpusdesk.ui.members import page as module

    many = list(screen.small.members.values()) * 9000
    asked = []
    true_rows = module.member_rows
    monkeypatch.setattr(module, "list_members", lambda *a, **k: many)
    monkeypatch.setattr(
        module, "member_rows", lambda desk, ids: asked.append(len(ids)) or true_rows(desk, ids)
    )
    screen.page.refresh()
    screen.wait()
    assert screen.page.total == 54_000
    assert sum(asked) <= 3 * PAGE


def test_narrowing_is_remembered_with_the_search(screen):
    screen.page._narrow(Narrowed(screen.small.categories["child"]))
    screen.wait()
    screen.type("misal")
    assert screen.page.total == 0
    screen.page.clear_search()
    screen.wait()
    assert screen.page.total == 6
