"""Answering page by page: large targets, no trace of who was here before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from helpers.surveys import form_named
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.surveys.form import QuestionKind
from perpusdesk.services.surveys.survey_results import results
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.ui.surveys.answering import Answering
from perpusdesk.ui.surveys.offer import SurveyOffer


@pytest.fixture
def shown(head, qtbot):
    """``Answering`` with the satisfaction form, and what it was given."""
    made = Answering()
    qtbot.addWidget(made)
    made.answers_given = []
    made.given.connect(made.answers_given.append)
    made.show_form(form_named(head.desk, "skm"))
    made.resize(1024, 768)
    made.show()
    return made


def tap(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def words_on(widget) -> str:
    return " ".join(
        one.text() for kind in (QLabel, QPushButton) for one in widget.findChildren(kind)
    )


def answer_all(shown, place: int) -> None:
    """Tap through the whole form, always the same choice."""
    tap(shown.next)
    while shown.question is not None and not shown.answers_given:
        if shown.page.choices:
            tap(shown.page.choices[min(place, len(shown.page.choices) - 1)])
        else:
            tap(shown.next)
        if shown.question is not None and shown.question.kind is QuestionKind.TEXT:
            tap(shown.next)


def test_a_form_is_answered_by_taps_alone(shown) -> None:
    answer_all(shown, 3)
    (given,) = shown.answers_given
    assert given["persyaratan"] == 4
    assert given["pendidikan"] == "4"
    assert "saran" not in given


def test_every_target_is_large_enough_for_a_finger(shown) -> None:
    tap(shown.next)
    for _page in range(15):
        targets = [shown.next, shown.back, shown.stop, *shown.page.choices]
        assert all(min(one.width(), one.height()) >= 44 for one in targets)
        tap(shown.next)


def test_only_a_kiosk_leads_back_from_the_first_page(shown, head, qtbot) -> None:
    at_kiosk, gone = Answering(idle_at_start=True), []
    qtbot.addWidget(at_kiosk)
    at_kiosk.left.connect(lambda: gone.append(True))
    at_kiosk.show_form(form_named(head.desk, "skm"))
    at_kiosk.show()
    assert shown.stop.isHidden()
    assert at_kiosk.stop.text() == "Kembali"
    tap(at_kiosk.stop)
    assert gone == [True]
    tap(at_kiosk.next)
    assert at_kiosk.stop.text() != "Kembali"


def test_one_can_go_back_and_choose_anew(shown) -> None:
    tap(shown.next)
    tap(shown.page.choices[0])
    tap(shown.back)
    assert [one.isChecked() for one in shown.page.choices] == [True, False]
    tap(shown.page.choices[1])
    assert shown.answers == {"jam": "2"}


def test_a_number_is_tapped_and_refused_when_out_of_range(shown, head) -> None:
    shown.show_form(form_named(head.desk, "tkm"))
    tap(shown.next)
    while shown.question.kind is not QuestionKind.NUMBER:
        tap(shown.next)
    digits = {one.text(): one for one in shown.page.findChildren(QPushButton)}
    tap(digits["9"])
    tap(shown.next)
    assert shown.problem.text() == "Angka di luar batas yang ditanyakan."
    tap(digits[""])
    tap(digits["5"])
    question = shown.question
    tap(shown.next)
    assert shown.question is not question
    assert shown.answers[question.id] == "5"


def test_several_choices_are_taken_and_given_back(shown, head) -> None:
    shown.show_form(form_named(head.desk, "needs"))
    tap(shown.next)
    while shown.question.kind is not QuestionKind.MULTIPLE:
        tap(shown.next)
    for place in (0, 2, 0):
        tap(shown.page.choices[place])
    assert shown.answers == {shown.question.id: ["3"]}


@pytest.mark.parametrize("how", ["thank", "leave", "idle"])
def test_nothing_of_one_visitor_is_shown_to_the_next(shown, how: str) -> None:
    left: list[bool] = []
    shown.left.connect(lambda: left.append(True))
    tap(shown.next)
    tap(shown.page.choices[1])
    for _page in range(13):
        tap(shown.next)
    shown.page.first.setPlainText("RAHASIA")
    if how == "idle":
        shown._idle.timeout.emit()
    else:
        getattr(shown, how)()
    assert shown.answers == {}
    if how == "thank":
        assert "RAHASIA" not in words_on(shown)
        shown._thanked.timeout.emit()
    assert left == [True]
    tap(shown.next)
    QApplication.sendPostedEvents(None, 52)
    assert not any(one.isChecked() for one in shown.page.choices)
    for _page in range(14):
        tap(shown.next)
    assert shown.page.first.toPlainText() == ""


def test_an_empty_form_is_not_sent(shown) -> None:
    for _page in range(16):
        tap(shown.next)
    assert shown.answers_given == []
    assert shown.problem.text() == "Belum ada yang dijawab."


def test_it_works_by_keyboard_too(shown) -> None:
    shown.activateWindow()
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert shown.question.id == "jam"
    shown.page.choices[1].setFocus()
    QTest.keyClick(shown.page.choices[1], Qt.Key.Key_Return)
    assert (shown.question.id, shown.answers) == ("kelamin", {"jam": "2"})


def test_the_tablet_keeps_one_answer_after_the_other(head) -> None:
    line = head.begun()
    head.press("Isi di layar ini")
    tablet = head.part.asking.window
    shown = tablet.answering
    assert "jam" not in [one.id for one in shown._asked]
    shown.answers_given = []
    for _visitor in range(2):
        answer_all(shown, 3)
        tap(shown.next)
        head.wait()
        shown._thanked.timeout.emit()
    QTest.keyClick(tablet, Qt.Key.Key_Escape)
    head.wait()
    assert head.part.asking.window is None
    found = results(head.desk, line.id)
    assert found.respondents == 2
    assert found.tally("jam").counts[0][1] == 2
    assert head.desk.library.rows("select distinct channel from answer") == [("desk",)]


def test_the_kiosk_offers_what_is_on_and_keeps_it(head, qtbot) -> None:
    kiosk = KioskDesk(head.desk.library, head.desk.branch, None)
    offer = SurveyOffer(kiosk, head.tasks)
    qtbot.addWidget(offer)
    left: list[bool] = []
    offer.left.connect(lambda: left.append(True))
    offer.begin().show()
    head.wait()
    assert "tidak ada survei" in words_on(offer)
    line = head.begun()
    other = head.begun("needs", name="Kebutuhan")
    offer.begin()
    head.wait()
    assert [one.text() for one in offer.choices] == ["Kebutuhan", line.name]
    tap(offer.choices[0])
    tap(offer.answering.next)
    tap(offer.answering.page.choices[0])
    for _page in range(7):
        tap(offer.answering.next)
    head.wait()
    assert results(head.desk, other.id).respondents == 1
    assert head.desk.library.rows("select channel, staff from answer") == [("kiosk", None)]
    tap(offer.answering.next)
    offer.answering._thanked.timeout.emit()
    assert left == [True]
    offer.hide()
    assert offer.answering.answers == {}


def test_answering_is_for_everybody(shown, qapp) -> None:
    for _page in range(3):
        assert audit_everywhere(qapp, shown) == []
        tap(shown.next)
