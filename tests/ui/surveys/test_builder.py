"""A form built by keyboard: added, moved, removed, marked where wrong, kept by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helpers.surveys import form_named
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.surveys.form import Part, QuestionKind
from perpusdesk.services.surveys.survey_drafts import draft, new_draft, version
from perpusdesk.services.undo import undo
from perpusdesk.ui.surveys.names import Room


@pytest.fixture
def building(head):
    """The builder open for an empty form."""
    made = new_draft(head.desk, form_named(head.desk, "free")).value
    head.part._build(made)
    head.wait()
    head.id = made.id
    return head


def kept(where):
    where.part.builder.save()
    where.wait()
    return draft(where.desk, where.id).form


def key(where, code, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(where.part.builder.room.rows, code, modifier)
    where.wait()


def test_questions_are_added_written_moved_and_removed_by_keys(building) -> None:
    room = building.part.builder.room
    key(building, Qt.Key.Key_Insert)
    room.question.text.setPlainText("Seberapa puas Anda?")
    room.question.options.setPlainText("Tidak\nCukup\nPuas")
    room.rows.enter()
    key(building, Qt.Key.Key_Insert)
    room.question.text.setPlainText("Seberapa sering?")
    room.rows.enter()
    assert [one.text for one in kept(building).questions] == [
        "Seberapa puas Anda?",
        "Seberapa sering?",
    ]
    key(building, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    form = kept(building)
    assert [one.text for one in form.questions] == ["Seberapa sering?", "Seberapa puas Anda?"]
    assert [option.text for option in form.questions[1].options] == ["Tidak", "Cukup", "Puas"]
    assert room.place == 0
    key(building, Qt.Key.Key_Delete)
    assert [one.text for one in kept(building).questions] == ["Seberapa puas Anda?"]


def test_a_removed_question_comes_back_by_undo(building) -> None:
    builder = building.part.builder
    builder.add(QuestionKind.TEXT)
    builder.room.question.text.setPlainText("Apa lagi?")
    builder.save()
    building.wait()
    builder.remove()
    building.wait()
    assert kept(building).questions == ()
    building.part.doing.run(lambda: undo(building.desk))
    building.wait()
    assert [one.text for one in builder.form.questions] == ["Apa lagi?"]


def test_what_is_wrong_is_marked_and_keeps_the_form_from_being_published(building) -> None:
    builder, room = building.part.builder, building.part.builder.room
    assert "perlu diperbaiki" in building.rows(room.rows)[0]
    builder.add(QuestionKind.SINGLE)
    room.question.options.setPlainText("Satu")
    building.wait()
    assert room.question.wrong.text().splitlines() == [
        "Pertanyaan belum ditulis.",
        "Perlu paling sedikit dua jawaban.",
    ]
    builder.publish()
    building.wait()
    assert any("belum siap" in said for said in building.said)
    room.question.text.setPlainText("Pilih satu")
    room.question.options.setPlainText("Satu\nDua")
    builder.publish()
    building.wait()
    assert room.state.text() == "Terbit sebagai versi 1."
    room.question.text.setPlainText("Pilih satu saja")
    kept(building)
    assert "sejak versi 1" in room.state.text()


def test_the_words_of_an_answer_can_be_corrected_without_losing_what_it_is(building) -> None:
    builder, room = building.part.builder, building.part.builder.room
    builder.add(QuestionKind.SINGLE)
    room.question.options.setPlainText("Pagi\nSing\nSore")
    ids = [option.id for option in kept(building).questions[0].options]
    room.question.options.setPlainText("Pagi\nSiang\nSore")
    options = kept(building).questions[0].options
    assert [option.text for option in options] == ["Pagi", "Siang", "Sore"]
    assert [option.id for option in options] == ids


def test_a_question_can_be_of_every_kind(building) -> None:
    builder, room = building.part.builder, building.part.builder.room
    for place, kind in enumerate(QuestionKind):
        builder.add(kind)
        room.question.text.setPlainText(f"Bagian {place}")
        building.wait()
    form = kept(building)
    assert [one.kind for one in form.questions] == list(QuestionKind)
    assert room.question.form.isVisible()
    room.rows.selectRow(1 + list(QuestionKind).index(QuestionKind.NUMBER))
    room.question.high.setValue(7)
    room.question.required.setChecked(True)
    room.question.part.setCurrentIndex(1)
    number = kept(building).questions[list(QuestionKind).index(QuestionKind.NUMBER)]
    assert (number.high, number.required, number.part) == (7, True, Part.HEAD)


def test_the_heading_is_written_too(building) -> None:
    room = building.part.builder.room
    room.rows.selectRow(0)
    room.head.title.setText("Survei pojok anak")
    room.head.title.textEdited.emit("Survei pojok anak")
    room.head.thanks.setPlainText("Sampai jumpa!")
    form = kept(building)
    assert (form.title, form.thanks) == ("Survei pojok anak", "Sampai jumpa!")
    assert room.name.text() == "Survei pojok anak"


def test_a_running_survey_keeps_its_version(head) -> None:
    line = head.begun()
    before = version(head.desk, line.version)
    head.part._build(draft(head.desk, before.draft))
    head.wait()
    head.part.builder.remove()
    head.part.builder.room.rows.selectRow(1)
    head.part.builder.remove()
    head.wait()
    assert version(head.desk, line.version) == before
    head.part.escape()
    head.wait()
    assert head.part.room is Room.FORMS


def test_the_builder_is_for_everybody(building, qapp) -> None:
    assert audit_everywhere(qapp, building.window) == []
    building.part.builder.add(QuestionKind.SCALE)
    building.wait()
    assert audit_everywhere(qapp, building.window) == []


def test_what_is_being_typed_is_not_lost_when_the_tab_comes_to_the_front_again(building) -> None:
    builder = building.part.builder
    builder.add(QuestionKind.TEXT)
    builder.room.question.text.setPlainText("Setengah jadi")
    building.part.opened()
    building.wait()
    assert builder.form.questions[0].text == "Setengah jadi"
    assert draft(building.desk, building.id).form.questions[0].text == "Setengah jadi"
