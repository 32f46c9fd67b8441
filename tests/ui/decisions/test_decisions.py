"""Questions are answered by one key, put off, settled by the dozen, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from helpers.keys import type_keys
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.conflicts.conflicts import conflict_count
from perpusdesk.services.members.member_card import member_card
from perpusdesk.ui.decisions.room import SETTLED, TO_DECIDE
from perpusdesk.ui.decisions.text import when


def open_loans(desk, barcode: str, small) -> list[str]:
    """Who has a copy now, by name."""
    rows = desk.library.rows(
        'select m.name from loan l join member m on m.id = l.member where l.copy = ? and "end" = 0',
        small.copies[barcode].bytes,
    )
    return sorted(name for (name,) in rows)


def verbs(judge) -> list[str]:
    """What is on the buttons, in order."""
    found = judge.question.steps.findChildren(QPushButton)
    return [one.text() for one in found if not one.isHidden()]


def test_a_day_of_another_year_says_which() -> None:
    now = datetime.now(UTC)
    assert when(now.replace(day=9, hour=9, minute=12)).split()[0] == "9"
    assert str(now.year) not in when(now.replace(day=9, hour=9, minute=12))
    assert when(datetime(2025, 12, 9, 11, 21, tzinfo=UTC)) == "9 Des 2025 11.21"


def test_without_contradictions_the_screen_says_so(judge):
    judge.open()
    assert not judge.page.asking
    assert judge.page.room.question.isHidden()
    judge.page.escape()
    assert judge.window.page == "exchange"


def test_a_question_shows_both_sides_and_its_answers(judge):
    judge.lent_twice("B0001")
    judge.open()
    first, second = judge.question.sides.cards
    assert "Siti Misalnya" in first.accessibleName() and "Pusat" in first.accessibleName()
    assert "Budi Misalnya" in second.accessibleName() and "Laptop MK" in second.accessibleName()
    assert "Pelaut Kertas" in judge.question.sentence.text()
    assert verbs(judge)[0] == "Terima saran" and verbs(judge)[-1] == "Nanti"


def test_enter_in_the_empty_box_accepts_and_undo_asks_again(judge):
    judge.lent_twice("B0001")
    judge.open()
    judge.window.box.edit.returnPressed.emit()
    judge.wait()
    assert open_loans(judge.desk, "B0001", judge.small) == ["Budi Misalnya"]
    assert conflict_count(judge.desk.library) == 0 and not judge.page.asking
    judge.page.room.tabs.setCurrentIndex(SETTLED)
    judge.wait()
    judge.page.room.history.list.choose(0)
    judge.page.room.history.list.bar.findChildren(QPushButton)[-1].click()
    judge.wait()
    assert open_loans(judge.desk, "B0001", judge.small) == ["Budi Misalnya", "Siti Misalnya"]
    judge.page.room.tabs.setCurrentIndex(TO_DECIDE)
    judge.wait()
    assert judge.page.asking


def test_a_digit_is_an_answer_and_a_name_in_the_box_is_not(judge):
    judge.lent_twice("B0001")
    judge.open()
    type_keys(judge.window, "12 sungai")
    judge.wait()
    assert judge.page.asking, "what is typed on is no answer"
    judge.window.box.clear()
    judge.press("1")
    assert open_loans(judge.desk, "B0001", judge.small) == ["Siti Misalnya"]


def test_a_digit_without_an_answer_does_nothing(judge):
    judge.lent_twice("B0001")
    judge.open()
    assert not judge.window.registry.has_key("9")
    assert judge.window.registry.has_key("4")


def test_both_devices_come_to_the_same_and_the_note_goes_along(judge):
    judge.lent_twice("B0001")
    judge.open()
    judge.do("decisions_note")
    judge.question.note.setText("Buku terlihat di tangan Siti")
    QTest.keyClick(judge.question.note, Qt.Key.Key_1)
    assert judge.page.asking, "a digit in the note is part of it"
    judge.question.note.setText("Buku terlihat di tangan Siti")
    judge.page.answer_number(1)
    judge.wait()
    judge.exchange()
    assert judge.desk.library.digest() == judge.van.library.digest()
    assert open_loans(judge.van, "B0001", judge.small) == ["Siti Misalnya"]
    judge.page.room.tabs.setCurrentIndex(SETTLED)
    judge.wait()
    rows = judge.page.room.history.list.rows.rows
    assert "Buku terlihat di tangan Siti" in rows.data(rows.index(0, 0))


def test_enter_in_the_note_accepts_and_the_keyboard_goes_home(judge):
    judge.lent_twice("B0001")
    judge.open()
    judge.do("decisions_note")
    QTest.keyClick(judge.question.note, Qt.Key.Key_Return)
    judge.wait()
    assert open_loans(judge.desk, "B0001", judge.small) == ["Budi Misalnya"]
    assert judge.window.box.edit.hasFocus()


def test_enter_on_a_button_presses_that_button(judge):
    judge.lent_twice("B0001")
    judge.open()
    step = next(
        one
        for one in judge.question.steps.findChildren(QPushButton)
        if one.text() == "Siti Misalnya yang benar"
    )
    step.setFocus()
    QTest.keyClick(step, Qt.Key.Key_Return)
    judge.wait()
    assert open_loans(judge.desk, "B0001", judge.small) == ["Siti Misalnya"]


def test_what_is_put_off_waits_until_it_is_looked_at(judge):
    judge.lent_twice("B0001")
    judge.edited_twice("A0003")
    judge.open()
    assert judge.question.place.text() == "1 dari 2"
    judge.page.escape()
    judge.wait()
    assert judge.question.sides.cards[0].accessibleName().startswith("0811")
    judge.page.escape()
    judge.wait()
    assert not judge.page.asking and judge.window.page == "decisions"
    judge.page.opened()
    judge.wait()
    assert not judge.page.asking, "put off stays put off"
    judge.page.show_put_off()
    judge.wait()
    assert judge.page.asking and judge.question.place.text() == "1 dari 2"
    judge.page.accept()
    judge.wait()
    assert conflict_count(judge.desk.library) == 1


def test_all_of_a_kind_are_accepted_as_one_action(judge):
    for barcode in ("B0001", "B0003", "B0007"):
        judge.lent_twice(barcode)
    judge.edited_twice("A0003")
    judge.open()
    judge.do("decisions_all")
    assert conflict_count(judge.desk.library) == 1, "the other kind still asks"
    assert judge.page.asking
    judge.page.doing.undo(last_action(judge))
    judge.wait()
    assert conflict_count(judge.desk.library) == 4


def last_action(judge):
    from perpusdesk.services.conflicts.conflicts import last_decisions

    return last_decisions(judge.desk)[0].action


def test_one_kind_is_gone_through_alone(judge):
    judge.lent_twice("B0001")
    judge.edited_twice("A0003")
    judge.open()
    kinds = {one.kind for one in judge.page.listed}
    assert len(kinds) == 2
    edited = judge.page.listed[1].kind
    word = judge.page.room.kinds.word("kinds", edited)
    word.click()
    judge.wait()
    assert {one.kind for one in judge.page.listed} == {edited}
    judge.page.accept()
    judge.wait()
    assert judge.page.asking, "the kind is done: everything else is asked"
    assert member_card(judge.desk, judge.small.members["A0003"]).form.phone == "0822-2222-2222"


def test_pages_turn_round_and_round(judge):
    judge.lent_twice("B0001")
    judge.lent_twice("B0003")
    judge.open()
    first = judge.page.card.conflict.id
    judge.do("decisions_next")
    assert judge.page.card.conflict.id != first
    judge.do("decisions_next")
    assert judge.page.card.conflict.id == first
    judge.do("decisions_previous")
    assert judge.question.place.text() == "2 dari 2"


def test_records_are_a_key_away(judge):
    judge.lent_twice("B0001")
    judge.open()
    judge.do("decisions_record")
    assert judge.opened == [judge.small.titles[0]]
    card = judge.question.sides.cards[1]
    card.findChildren(QPushButton)[0].click()
    assert judge.opened[-1] == judge.small.members["A0002"]


def test_what_was_settled_elsewhere_is_no_longer_asked(judge):
    judge.lent_twice("B0001")
    judge.lent_twice("B0003")
    judge.open()
    from perpusdesk.services.conflicts.conflicts import list_conflicts, settle

    for one in list_conflicts(judge.van).conflicts:
        if one.id == judge.page.card.conflict.id:
            settle(judge.van, one.id, one.proposal)
    judge.exchange()
    judge.page.accept()
    judge.wait()
    assert "sudah diputuskan" in judge.said[-1].lower()
    assert judge.page.asking and judge.question.place.isHidden()


def test_who_may_not_settle_is_told(stage):
    volunteer = stage("volunteer")
    volunteer.lent_twice("B0001")
    volunteer.open()
    volunteer.press("1")
    assert len(open_loans(volunteer.desk, "B0001", volunteer.small)) == 2
    assert volunteer.page.asking, "the question stays"
    assert volunteer.window.bar.isVisible()


@pytest.mark.parametrize("state", ["empty", "one", "many", "history"])
def test_every_state_is_fit_to_be_used(qapp, judge, state):
    if state != "empty":
        judge.lent_twice("B0001")
    if state == "many":
        judge.lent_twice("B0003")
        judge.edited_twice("A0003")
    judge.open()
    if state == "history":
        judge.page.accept()
        judge.page.room.tabs.setCurrentIndex(SETTLED)
    judge.wait()
    assert audit_everywhere(qapp, judge.window) == []
