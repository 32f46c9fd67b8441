"""Paper forms typed with one key per question, by real keys and nothing but keys."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from helpers.keys import scan, type_keys
from helpers.surveys import FOURS
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.surveys.survey_results import Results, results
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.services.surveys.surveys_answer import Channel
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.surveys.names import Room

UNSUR = tuple(FOURS)


@pytest.fixture
def typing(head):
    """The keypad open for a satisfaction survey."""
    head.line = head.begun()
    head.press("Ketik formulir kertas")
    assert head.part.room is Room.KEYPAD
    return head


def result(where) -> Results:
    found = results(where.desk, where.line.id)
    assert isinstance(found, Results)
    return found


def stored(where) -> list[dict[str, object]]:
    """What is kept, in the order of typing."""
    from perpusdesk.domain.surveys.answers import answers_of
    from perpusdesk.storage.queries.surveys import answer_rows

    form = result(where).form
    rows = sorted(answer_rows(where.desk.library, where.line.id), key=lambda row: row.id)
    return [answers_of(form, row.answers) for row in rows]


def type_forms(where, count: int, wait_every: int = 20) -> Counter[str]:
    """Type so many forms of nine keys each, all different; return how often each form came."""
    typed: Counter[str] = Counter()
    for number in range(count):
        keys = "".join(
            str(1 + (number * 7 + place * place + number // 4) % 4) for place in range(9)
        )
        assert len(keys) == 9
        type_keys(where.window, keys, 90)
        typed[keys] += 1
        if number % wait_every == 0:
            QApplication.processEvents()
    where.wait()
    return typed


def kept(where) -> Counter[str]:
    return Counter("".join(str(one[id_]) for id_ in UNSUR) for one in stored(where))


def test_forty_forms_take_nine_keys_each_and_no_mouse(typing) -> None:
    typed = type_forms(typing, 40)
    assert kept(typing) == typed
    assert typing.part.keypad.room.count.text() == "40"
    assert typing.heard.count(Sound.OK) == 40
    assert typing.window.box.text() == ""


@pytest.mark.slow
def test_five_hundred_forms_take_nine_keys_each(typing) -> None:
    typed = type_forms(typing, 500)
    assert kept(typing) == typed
    assert result(typing).respondents == 500


def test_keys_as_fast_as_a_scanner_are_still_answers(typing) -> None:
    type_keys(typing.window, "444444444333333333", 5)
    typing.wait()
    assert sorted(kept(typing)) == ["333333333", "444444444"]


def test_an_enter_after_fast_keys_does_not_make_a_scan_of_them(typing) -> None:
    scan(typing.window, "44332")
    typing.wait()
    assert stored(typing) == [dict(zip(UNSUR, (4, 4, 3, 3, 2), strict=False))]


def test_what_is_no_answer_is_refused_with_a_sound_and_not_written(typing) -> None:
    type_keys(typing.window, "45x7")
    typing.wait()
    room = typing.part.keypad.room
    assert room.line.text() == "4"
    assert typing.heard == [Sound.ATTENTION] * 3
    assert stored(typing) == []


def test_backspace_takes_the_last_key_back_then_the_last_form(typing) -> None:
    type_keys(typing.window, "12\b")
    assert typing.part.keypad.room.line.text() == "1"
    type_keys(typing.window, "34444444")
    typing.wait()
    assert kept(typing) == Counter(["134444444"])
    type_keys(typing.window, "\b\b1")
    typing.wait()
    assert stored(typing) == []
    assert typing.part.keypad.room.count.text() == "0"
    type_keys(typing.window, "2")
    typing.wait()
    assert kept(typing) == Counter(["134444412"])


def test_enter_keeps_a_form_with_empty_places_and_a_dash_leaves_one_empty(typing) -> None:
    type_keys(typing.window, "4-3\r")
    typing.wait()
    assert stored(typing) == [{"persyaratan": 4, "waktu": 3}]
    type_keys(typing.window, "\r---------")
    typing.wait()
    assert len(stored(typing)) == 1
    assert "kosong" in typing.part.keypad.room.last.text()


def test_what_holds_for_the_pile_is_in_each_form(typing) -> None:
    room = typing.part.keypad.room
    day = typing.desk.today()
    room.heads["kelamin"].setCurrentIndex(3)
    room.heads["pendidikan"].setCurrentIndex(1)
    room.line.setFocus()
    assert [one.id for one in room.questions()] == ["pendidikan", *UNSUR]
    type_keys(typing.window, "2444444444")
    typing.wait()
    assert stored(typing) == [FOURS | {"kelamin": "2", "pendidikan": "2"}]
    assert result(typing).survey.answers == 1
    assert room.day.edit.date() == day


def test_a_form_of_a_day_outside_the_survey_is_not_counted(typing) -> None:
    room = typing.part.keypad.room
    room.day.edit.set_date(typing.desk.today() - timedelta(days=9))
    room.line.setFocus()
    type_keys(typing.window, "444444444")
    typing.wait()
    assert stored(typing) == []
    assert (room.count.text(), Sound.ATTENTION in typing.heard) == ("0", True)
    assert "berlangsung" in room.last.text()


def test_without_a_date_nothing_is_counted(typing) -> None:
    room = typing.part.keypad.room
    room.day.edit.setText("kemarin")
    room.line.setFocus()
    type_keys(typing.window, "444444444")
    typing.wait()
    assert stored(typing) == []
    assert room.last.text().startswith("Tanggal pada formulir")


def test_the_way_back_leads_to_the_list_with_the_new_count(typing) -> None:
    type_forms(typing, 2)
    typing.part.escape()
    typing.wait()
    assert typing.part.room is Room.SURVEYS
    assert "2 menjawab" in typing.rows(typing.part.list.rows)[0]
    line = typing.part.chosen
    assert isinstance(line, SurveyLine)
    rows = typing.desk.library.rows("select distinct channel from answer")
    assert [channel for (channel,) in rows] == [Channel.KEYPAD]


def test_the_keypad_is_for_everybody(typing, qapp) -> None:
    type_keys(typing.window, "443")
    assert audit_everywhere(qapp, typing.window) == []
