"""Closing the window while something is under way: nothing is raised, and nothing is lost."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.surveys import form_named
from perpusdesk.app.program import Program
from perpusdesk.domain.surveys.form import QuestionKind
from perpusdesk.services.cataloguing.title_drafts import kept_new_drafts
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.survey_drafts import draft, new_draft
from perpusdesk.storage.library import Library
from perpusdesk.ui.dashboard.part import DashboardPart
from perpusdesk.ui.surveys.part import SurveysPart

COUNTS_LONG = (
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)"
    " select max(i) from n"
)
ENDLESS = 2**62


def test_what_is_under_way_comes_to_its_end(program: Program, small: SmallLibrary) -> None:
    desk, tasks = program.desk, program.tasks
    held, lent = threading.Event(), threading.Event()

    def aside() -> None:
        with tasks.turn():
            held.set()
            lent.wait(60)
            value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))

    tasks.aside(aside)
    tasks.run(lambda: small.library.rows(COUNTS_LONG, 300_000))
    tasks.run(lambda: value_of(lend(desk, small.members["A0001"], small.copies["B0003"])))
    assert held.wait(60)
    threading.Timer(0.2, lent.set).start()
    program.window.close()
    with Library.open(small.library.folder) as again:
        assert again.value("select count(*) from loan") == 2


def test_a_question_of_the_dashboard_is_called_off(program: Program, qtbot: QtBot) -> None:
    program.reporting.page.open_part("dashboard")
    part = program.reporting.page.part("dashboard")
    assert isinstance(part, DashboardPart)
    asked, over = threading.Event(), threading.Event()

    def endless(desk: Desk) -> None:
        asked.set()
        try:
            desk.library.rows(COUNTS_LONG, ENDLESS)
        finally:
            over.set()

    part._ask(endless, lambda _found: None)
    qtbot.waitUntil(asked.is_set)
    program.window.close()
    called_off = over.wait(20)
    part._reading.close()  # else the process would never end
    assert called_off


def test_what_was_just_typed_into_a_new_title_is_kept(
    program: Program, small: SmallLibrary
) -> None:
    small_desk = small.desk("head")
    program.window.go("titles")
    program.screens.titles.new_asked.emit()
    program.tasks.wait_idle()
    program.screens.cataloguing.editor.view.fields.edit("title").setText("Angin Utara")
    program.window.close()
    with Library.open(small.library.folder) as again:
        small_desk.library = again
        kept = kept_new_drafts(small_desk).values()
        assert [draft.form.text("title") for draft in kept] == ["Angin Utara"]


def test_what_was_just_typed_into_a_survey_is_kept(program: Program, small: SmallLibrary) -> None:
    desk = small.desk("head")
    made = value_of(new_draft(desk, form_named(desk, "free")))
    program.visiting.page.open_part("surveys")
    part = program.visiting.page.part("surveys")
    assert isinstance(part, SurveysPart)
    part.builder.begin(made)
    part.builder.add(QuestionKind.TEXT)
    part.builder.room.question.text.setPlainText("Apa lagi?")
    program.desk.staff = desk.staff
    program.window.close()
    with Library.open(small.library.folder) as again:
        desk.library = again
        kept = draft(desk, made.id)
        assert kept is not None
        assert [one.text for one in kept.form.questions] == ["Apa lagi?"]
