"""Voices of visitors, wishes and the board on the screen: by key, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import build
from helpers.screens import staged
from helpers.service_board import CONTACT, fill
from helpers.service_stage import ServiceStage
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.complaints import State
from perpusdesk.domain.improvements import Source, Stage
from perpusdesk.domain.wishes import WishState
from perpusdesk.services.feedback.complaint_lists import complaint_line, complaint_lines
from perpusdesk.services.feedback.complaints import contact_for
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.feedback.service_lists import choices, lists_of
from perpusdesk.services.feedback.wish_lists import wish_line, wish_lines, wishable_misses

Opener = Callable[..., ServiceStage]
opened = staged(ServiceStage)


@pytest.fixture
def small(tmp_path: Path):
    made = build(tmp_path / "library")
    yield made
    made.library.close()


def test_a_message_is_noted_by_keys_and_taken_back(opened: Opener) -> None:
    stage = opened("volunteer")
    part = stage.open("messages")
    stage.do("tab_ask_new")
    assert part.asking
    QTest.keyClicks(QApplication.focusWidget(), "Lampu mati")
    stage.do("tab_ask_new")  # does not wipe what is written
    stage.do("tab_main_step")
    (line,) = complaint_lines(stage.desk)
    assert (line.row.text, line.state) == ("Lampu mati", State.NEW)
    assert not part.asking and part.chosen.id == line.id
    part.doing.undo(stage.desk.library.ops_of(line.id)[-1].action)
    stage.wait()
    assert complaint_lines(stage.desk) == []


def test_an_empty_message_is_not_noted(opened: Opener) -> None:
    stage = opened("head")
    part = stage.open("messages")
    part.ask_new()
    stage.wait()
    stage.send()
    assert part.asking and complaint_lines(stage.desk) == []
    part.escape()
    assert not part.asking


def test_it_is_answered_closed_and_put_on_the_board(opened: Opener) -> None:
    stage = opened("head")
    made = fill(stage.small, stage.desk)
    part = stage.open("messages")
    assert part.chosen.id == made["late"]
    part.look(made["new"])
    stage.wait()
    stage.do("tab_main_step")
    fields = part.room.side.ask.form.fields
    fields[0].edit.setPlainText("Akan dibahas")
    fields[1].edit.setText("Jam buka Sabtu terlalu pendek")
    fields[2].edit.setPlainText("Uji coba buka sampai 20.00")
    stage.send()
    line = complaint_line(stage.desk, made["new"])
    assert line is not None and line.state is State.ANSWERED
    assert line.row.told_public == "Jam buka Sabtu terlalu pendek\nUji coba buka sampai 20.00"
    assert part.chosen.id == made["new"]
    part.ask_board()
    stage.wait()
    stage.send()
    found = next(one for one in improvement_lines(stage.desk) if one.row.source_id == made["new"])
    assert found.row.finding == "Jam buka Sabtu terlalu pendek"
    board = stage.page.part("board")
    assert stage.page.tabs.currentIndex() == 3 and board.chosen.id == found.id


def test_the_contact_is_for_who_answers_and_erased_in_the_panel(
    opened: Opener, qtbot: QtBot
) -> None:
    stage = opened("head")
    made = fill(stage.small, stage.desk)
    part = stage.open("messages")
    told = [label.text() for label in part.room.side.findChildren(type(part.room.count))]
    assert any(CONTACT.name in text for text in told)
    part.ask_erase()
    stage.wait()
    stage.send()
    assert contact_for(stage.desk, made["late"]) is None
    told = [label.text() for label in part.room.side.findChildren(type(part.room.count))]
    assert not any(CONTACT.name in text for text in told)


def test_who_may_not_answer_sees_neither_steps_nor_the_contact(opened: Opener) -> None:
    stage = opened("volunteer")
    fill(stage.small, stage.small.desk("head"))
    part = stage.open("messages")
    assert part.room.side.steps.row.count() == 0
    told = [label.text() for label in part.room.side.findChildren(type(part.room.count))]
    assert not any(CONTACT.name in text for text in told)
    board = stage.open("board")
    assert board.room.side.steps.row.count() == 1  # only the way to the source
    wishes = stage.open("wishes")
    assert wishes.room.side.steps.row.count() == 1  # a vote is everybody's


def test_typed_words_and_choices_narrow_the_register(opened: Opener) -> None:
    stage = opened("head")
    fill(stage.small, stage.desk)
    part = stage.open("messages")
    assert len(stage.titles("messages")) == 4
    part.waiting.setCurrentIndex(1)
    part.look()
    stage.wait()
    assert len(stage.titles("messages")) == 3
    stage.type("kepanasan")
    assert len(stage.titles("messages")) == 1
    stage.type("tidak ada begitu")
    assert stage.titles("messages") == []
    part.escape()
    part.escape()
    stage.wait()
    assert len(stage.titles("messages")) == 3


def test_register_public_sheet_plan_and_desiderata_become_papers(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = opened("head")
    fill(stage.small, stage.desk)
    for tab, prints in (
        ("messages", ("print_list", "print_public")),
        ("wishes", ("print_list",)),
        ("board", ("print_list",)),
    ):
        part = stage.open(tab)
        monkeypatch.setattr(part.papers, "show", lambda _file: None)
        for name in prints:
            getattr(part, name)()
            stage.wait()
    names = sorted(file.name.split("-2")[0] for file in (stage.folder / "papers").iterdir())
    assert names == ["anda-berkata", "saran", "tindak-lanjut", "usulan"]


def test_a_wish_known_is_voted_for_and_an_owned_one_asked_again(opened: Opener) -> None:
    stage = opened("head")
    made = fill(stage.small, stage.desk)
    part = stage.open("wishes")
    part.ask_new()
    part.room.side.ask.form.fields[0].edit.setText("hujan di pasar ikan")
    stage.send()
    assert part.asking  # the wish is known: a vote is offered
    stage.send()
    line = wish_line(stage.desk, made["rain"])
    assert line is not None and line.row.votes == 9
    part.ask_new()
    part.room.side.ask.form.fields[0].edit.setText("Pelaut Kertas")
    stage.send()
    assert part.asking
    stage.send()
    (owned,) = [one for one in wish_lines(stage.desk) if one.row.found]
    assert owned.row.found == stage.small.titles[0]


def test_a_wish_goes_its_way_by_one_key_and_its_votes_by_another(opened: Opener) -> None:
    stage = opened("head")
    made = fill(stage.small, stage.desk)
    part = stage.open("wishes")
    part.look(made["rain"])
    stage.wait()
    stage.do("tab_vote")
    for state in (WishState.CHOSEN, WishState.ORDERED, WishState.ARRIVED):
        part.look(made["rain"])
        stage.wait()
        stage.do("tab_main_step")
        line = wish_line(stage.desk, made["rain"])
        assert line is not None and line.state is state
    assert line.row.votes == 9
    part.look(made["soil"])
    stage.wait()
    part.ask_refuse()
    stage.send()
    assert part.asking
    part.room.side.ask.form.fields[0].edit.setText("Cetakan habis")
    stage.send()
    line = wish_line(stage.desk, made["soil"])
    assert line is not None and (line.state, line.row.why) == (WishState.REFUSED, "Cetakan habis")


def test_a_search_in_vain_becomes_a_wish_with_enter(opened: Opener) -> None:
    stage = opened("volunteer")
    fill(stage.small, stage.small.desk("head"))
    part = stage.open("wishes")
    part.ask_misses()
    stage.wait()
    QTest.keyClick(part.misses.rows, Qt.Key.Key_Return)
    stage.wait()
    made = [line.row.title for line in wish_lines(stage.desk)]
    assert "Beternak lele" in made
    assert [miss.text for miss in wishable_misses(stage.desk)] == ["kimia kelas xi"]
    part.escape()
    assert part.misses.isHidden()


def test_an_action_is_planned_and_moved_to_its_end(opened: Opener) -> None:
    stage = opened("head")
    made = fill(stage.small, stage.desk)
    part = stage.open("board")
    assert part.chosen.id == made["heat"]  # the late one
    part.look(made["lamp"])
    stage.wait()
    stage.do("tab_ask_edit")
    part.room.side.ask.form.fields[0].edit.setPlainText("Ganti lampu")
    stage.do("tab_main_step")
    for stage_wanted in (Stage.DOING, Stage.CHECKING):
        stage.do("tab_main_step")
        assert part.chosen.stage is stage_wanted
    stage.do("tab_main_step")
    assert part.asking
    part.room.side.ask.form.fields[0].edit.setPlainText("Terang")
    stage.send()
    (lamp,) = [one for one in improvement_lines(stage.desk) if one.id == made["lamp"]]
    assert (lamp.stage, lamp.row.result, lamp.row.action) == (Stage.DONE, "Terang", "Ganti lampu")


def test_the_board_is_narrowed_by_stage_and_source(opened: Opener) -> None:
    stage = opened("head")
    fill(stage.small, stage.desk)
    part = stage.open("board")
    part.stage.choose(True)
    part.look()
    stage.wait()
    assert len(stage.titles("board")) == 3
    part.source.choose(Source.SURVEY)
    part.look()
    stage.wait()
    assert len(stage.titles("board")) == 1


def test_an_action_leads_back_to_the_message_it_follows_from(opened: Opener) -> None:
    stage = opened("volunteer")
    made = fill(stage.small, stage.small.desk("head"))
    part = stage.open("board")
    assert part.chosen.id == made["heat"]
    part.room.side.steps.row.itemAt(0).widget().click()
    stage.wait()
    assert stage.page.tabs.currentIndex() == 0
    assert stage.page.part("messages").chosen.id == made["late"]


@pytest.mark.parametrize("tab", ["messages", "questions", "wishes", "board"])
def test_everybody_can_use_them(opened: Opener, tab: str, qapp: QApplication) -> None:
    set_language("id")
    stage = opened("head")
    fill(stage.small, stage.desk)
    part = stage.open(tab)
    assert audit_everywhere(qapp, stage.window) == []
    part.ask_new()
    stage.wait()
    assert audit_everywhere(qapp, stage.window) == []


def test_the_lists_are_changed_line_by_line(opened: Opener) -> None:
    stage = opened("head")
    part = stage.open("messages")
    part.ask_lists()
    stage.wait()
    days, category, *_others = part.room.side.ask.form.fields
    days.edit.setValue(3)
    category.edit.setPlainText("")
    stage.send()
    assert part.asking  # an empty list offers nothing
    category.edit.setPlainText("Koleksi\nToilet")
    stage.send()
    assert choices(stage.desk, "category") == [("Koleksi", "collection"), ("Toilet", "Toilet")]
    assert lists_of(stage.desk).due_days == 3
