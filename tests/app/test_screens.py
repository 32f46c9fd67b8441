"""The ways between desk, members, titles and holds; a member's life from form to letter."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from perpusdesk.app.program import Program
from perpusdesk.common.passing import passing_folder
from perpusdesk.services.members.member_card import member_card
from perpusdesk.ui.members.page import MembersPage


def wait(program: Program) -> None:
    program.tasks.wait_idle()


def scan(program: Program, text: str) -> None:
    program.window.box.take_burst(text)
    wait(program)


def do(program: Program, action: str) -> None:
    program.window.registry.run(action)
    wait(program)


def answer(page: MembersPage, program: Program, **fields: str) -> None:
    ask = page.room.panel.ask
    assert ask.form is not None
    for field in ask.form.fields:
        if field.name in fields:
            field.edit.setText(fields[field.name])
    ask.send()
    wait(program)


@pytest.fixture
def members(program: Program) -> MembersPage:
    page = program.screens.members
    page.papers._opener = lambda file: None
    return page


def papers(small: SmallLibrary) -> list[Path]:
    return sorted(passing_folder().glob("*.pdf"))


def test_a_member_is_registered_borrows_pays_and_gets_the_letter(
    program: Program, small: SmallLibrary, members: MembersPage
) -> None:
    do(program, "open_members")
    do(program, "member_new")
    members.room.form.fields.edit("name").setText("Nina Contoh")
    do(program, "member_save")
    nina = members.member
    assert nina is not None

    do(program, "member_desk")
    assert program.window.page == "desk" and program.desk_page.visit_open
    scan(program, "B0001")
    program.desk_page.finish()
    wait(program)

    do(program, "open_members")
    assert members.room.panel.now.loans.heading.text() == "Sedang dipinjam (1)"
    do(program, "member_letter")
    answer(members, program, purpose="Kelulusan")
    assert papers(small) == []
    members.room.panel.ask.leave()

    small.time.passes(days=20)
    do(program, "open_desk")
    scan(program, "B0001")
    do(program, "open_members")
    owed = small.library.value("select sum(amount) from money where member = ?", nina.bytes)
    assert owed > 0
    do(program, "member_letter")
    answer(members, program, purpose="Kelulusan")
    assert "Tunggakan" in members.room.panel.ask._why.text() and papers(small) == []
    members.room.panel.ask.leave()

    do(program, "member_pay")
    answer(members, program)
    do(program, "member_letter")
    answer(members, program, purpose="Kelulusan")
    wait(program)
    assert [file.name.split("-")[0] for file in papers(small)] == ["letter"]


def test_the_visitor_s_record_is_one_key_away(program: Program, small: SmallLibrary) -> None:
    scan(program, "A0002")
    do(program, "visit_record")
    assert program.window.page == "members"
    assert program.screens.members.member == small.members["A0002"]


def test_undoing_from_anywhere_shows_at_once(
    program: Program, small: SmallLibrary, members: MembersPage
) -> None:
    do(program, "open_members")
    members.open_member(small.members["A0001"])
    wait(program)
    do(program, "member_extend")
    before = member_card(small.desk(), small.members["A0001"])
    do(program, "undo")
    wait(program)
    card = members.control.card
    assert card is not None and before is not None
    assert card.expires != before.expires


def test_what_the_desk_offered_candidates_for_is_searched_in_the_catalogue(
    program: Program, members: MembersPage
) -> None:
    program.window.box.edit.setText("sungai")
    program.window.box.edit.returnPressed.emit()
    wait(program)
    do(program, "open_titles")
    assert program.screens.titles.list.pane.count.text() == "1 judul cocok dengan “sungai”"
    do(program, "open_members")
    assert members.total == 6


def test_titles_and_members_lead_to_each_other(program: Program, small: SmallLibrary) -> None:
    screens = program.screens
    screens.members.title_asked.emit(small.titles[2])
    wait(program)
    assert program.window.page == "titles" and screens.titles.title_id == small.titles[2]
    screens.titles.member_asked.emit(small.members["A0004"])
    wait(program)
    assert program.window.page == "members"
    assert screens.members.member == small.members["A0004"]
    screens.holds.title_asked.emit(small.titles[3])
    wait(program)
    assert screens.titles.title_id == small.titles[3]


def test_the_palette_finds_members_and_titles(
    program: Program, small: SmallLibrary, members: MembersPage
) -> None:
    palette = program.window.palette_panel
    palette.open_fresh()
    palette.edit.setText("Rina")
    wait(program)
    assert "Rina Umpama Dewi" in [hit.text for hit in palette.hits]
    palette.edit.setText("Sungai")
    wait(program)
    hit = next(hit for hit in palette.hits if hit.text == "Ensiklopedia Sungai")
    palette.close_panel()
    hit.run()
    wait(program)
    assert program.window.page == "titles"
    assert program.screens.titles.title_id == small.titles[2]
    assert members.member is None


def test_down_leads_from_the_box_into_the_list_in_front(
    qtbot: QtBot, program: Program, members: MembersPage
) -> None:
    do(program, "open_members")
    qtbot.keyClick(program.window.box.edit, Qt.Key.Key_Down)
    wait(program)
    assert members.room.list.rows.hasFocus()
    assert isinstance(members.member, UUID)


def test_typing_on_one_screen_leaves_the_others_alone(
    qtbot: QtBot, program: Program, members: MembersPage
) -> None:
    do(program, "open_titles")
    program.window.box.edit.setText("sungai")
    qtbot.waitUntil(lambda: program.screens.titles.total == 1)
    wait(program)
    assert members._search == ""


def test_the_camera_s_frames_reach_the_photo(
    program: Program, small: SmallLibrary, members: MembersPage
) -> None:
    do(program, "open_members")
    members.open_member(small.members["A0001"])
    wait(program)
    do(program, "member_photo")
    photo = members.room.panel.photo
    photo._show_camera(True)
    program.camera.seen.emit(np.zeros((480, 640, 3), np.uint8))
    photo.snap()
    photo.send()
    wait(program)
    assert small.library.value("select count(*) from photo where image is not null") == 1


def test_a_half_filled_form_survives_closing_the_window(
    program: Program, small: SmallLibrary, members: MembersPage
) -> None:
    do(program, "open_members")
    do(program, "member_new")
    members.room.form.fields.edit("name").setText("Nina Setengah")
    library = small.library
    closed = library.close
    library.close = lambda: None
    program.window.close()
    library.close = closed
    assert "Nina Setengah" in library.local("draft/member")
