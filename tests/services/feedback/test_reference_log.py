"""The reference log: noted without a right or a name, taken back, counted by kind and month."""

from __future__ import annotations

from datetime import date, timedelta

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.reference_log import (
    Question,
    ReferenceSearch,
    log_question,
    question_ids,
    question_lines,
    question_sheet,
    question_statistics,
)
from perpusdesk.services.undo import undo


def test_anybody_notes_a_question_and_takes_it_back(small: SmallLibrary) -> None:
    desk = small.desk("volunteer")
    one = value_of(log_question(desk, Question("search", 5, " Lele ", "catalogue", answered=False)))
    line = question_lines(desk, [one])[one]
    assert (line.kind, line.source, line.row.topic) == (
        "Cari buku atau informasi",
        "Katalog",
        "Lele",
    )
    assert (line.row.minutes, line.row.answered, line.row.at) == (5, False, desk.now())
    value_of(undo(desk))
    assert question_ids(desk) == []
    assert question_statistics(desk, desk.today(), desk.today()).total.count == 0


def test_what_is_in_no_list_is_refused(desk: Desk) -> None:
    refusal_of(log_question(desk, Question("weather")), Reason.NOTHING_CHOSEN)
    for minutes in (0, 481):
        refusal_of(log_question(desk, Question("search", minutes)), Reason.COUNT_INVALID)


def test_they_are_counted_by_kind_and_local_month(small: SmallLibrary, desk: Desk) -> None:
    small.time.passes(days=28, hours=14)  # 30 November, 23.00 in the local time
    first = desk.today()
    value_of(log_question(desk, Question("search", 5)))
    value_of(log_question(desk, Question("direction", 1, answered=False)))
    small.time.passes(hours=2)  # 1 December, 01.00; still November in UTC
    value_of(log_question(desk, Question("search", 30)))
    told = question_statistics(desk, date(2026, 11, 1), date(2026, 12, 31))
    assert {month: tally.count for month, tally in told.months.items()} == {
        "2026-11": 2,
        "2026-12": 1,
    }
    search = told.kinds["search"]
    assert (search.count, search.unanswered, search.minutes) == (2, 0, 35)
    assert (told.total.count, told.total.unanswered, told.total.minutes) == (3, 1, 36)
    assert question_statistics(desk, first, first).total.count == 2
    day = ReferenceSearch(since=first, until=first)
    assert len(question_ids(desk, day)) == 2
    assert len(question_ids(desk, ReferenceSearch(since=first + timedelta(days=1)))) == 1


def test_unanswered_ones_and_words_are_found_and_saved(desk: Desk) -> None:
    value_of(log_question(desk, Question("search", topic="Sejarah Metro", answered=False)))
    value_of(log_question(desk, Question("search", topic="Lele")))
    open_ = question_ids(desk, ReferenceSearch(unanswered=True))
    assert [question_lines(desk, open_)[one].row.topic for one in open_] == ["Sejarah Metro"]
    assert question_ids(desk, ReferenceSearch(text="METRO")) == open_
    sheet = question_sheet(question_ids(desk))
    rows = sheet.fetch(desk, sheet.ids)
    told = [[column.cell(rows[id_]) for column in sheet.columns] for id_ in sheet.ids]
    assert [row[2] for row in told] == ["Lele", "Sejarah Metro"]
