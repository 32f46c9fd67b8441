"""A survey from its form to its result, on one device and on two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary
from helpers.surveys import FOURS, TODAY, answered, begun, form_named, published
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.history.history_details import HistoryDetails, history_details
from perpusdesk.services.results import Done
from perpusdesk.services.surveys.survey_drafts import (
    copy_version,
    draft,
    drafts,
    latest_versions,
    new_draft,
    publish,
    remove_draft,
    save_draft,
    version,
)
from perpusdesk.services.surveys.survey_improvements import propose_lowest
from perpusdesk.services.surveys.survey_results import Only, Results, results, trend
from perpusdesk.services.surveys.surveys import (
    SurveyForm,
    close_survey,
    edit_survey,
    form_of_survey,
    remove_survey,
    reopen_survey,
    start_survey,
    survey,
    surveys,
)
from perpusdesk.services.surveys.surveys_answer import (
    SurveyToAnswer,
    give_answer,
    survey_to_answer,
    surveys_to_answer,
)
from perpusdesk.services.undo import undo


def result(desk: Desk, survey_id: UUID, *how: Any) -> Results:
    found = results(desk, survey_id, *how)
    assert isinstance(found, Results)
    return found


def refused(answer: object) -> Reason:
    assert isinstance(answer, Refused)
    return answer.reason


def test_a_published_version_never_changes(head: Desk) -> None:
    first = published(head)
    assert first.draft is not None
    changed = replace(first.form, title="SKM baru")
    assert isinstance(save_draft(head, first.draft, changed), Done)
    known = draft(head, first.draft)
    assert known is not None
    assert (known.published, known.changed) == (1, True)
    second = publish(head, first.draft)
    assert isinstance(second, Done)
    assert (second.value.number, second.value.form.title) == (2, "SKM baru")
    assert version(head, first.id) == first
    assert [one.number for one in latest_versions(head)] == [2]


def test_publishing_the_same_again_makes_no_version(head: Desk) -> None:
    first = published(head)
    assert first.draft is not None
    again = publish(head, first.draft)
    assert isinstance(again, Done)
    assert (again.action, again.value) == (None, first)


def test_a_published_form_is_not_taken_back(head: Desk) -> None:
    begun_form = new_draft(head, form_named(head, "skm"))
    assert isinstance(begun_form, Done)
    out = publish(head, begun_form.value.id)
    assert isinstance(out, Done)
    assert refused(undo(head, out.action)) is Reason.NOTHING_TO_UNDO


def test_a_form_with_faults_is_not_published(head: Desk) -> None:
    empty = new_draft(head, form_named(head, "free"))
    assert isinstance(empty, Done)
    assert refused(publish(head, empty.value.id)) is Reason.FORM_INVALID


def test_a_form_is_copied_from_a_version(head: Desk) -> None:
    first = published(head)
    copy = copy_version(head, first.id, "SKM layanan anak")
    assert isinstance(copy, Done)
    assert copy.value.form == replace(first.form, title="SKM layanan anak")
    assert {one.name for one in drafts(head)} == {first.name, "SKM layanan anak"}
    assert isinstance(remove_draft(head, copy.value.id), Done)
    assert version(head, first.id) == first


def test_building_and_closing_needs_the_right_but_answering_none(
    small: SmallLibrary, head: Desk, desk: Desk
) -> None:
    line = begun(head)
    assert line.version is not None
    assert refused(new_draft(desk, form_named(desk, "skm"))) is Reason.RIGHT_MISSING
    assert refused(copy_version(desk, line.version)) is Reason.RIGHT_MISSING
    assert refused(close_survey(desk, line.id)) is Reason.RIGHT_MISSING
    form = form_of_survey(line)
    assert form is not None
    assert refused(start_survey(desk, form)) is Reason.RIGHT_MISSING
    assert refused(edit_survey(desk, line.id, form)) is Reason.RIGHT_MISSING
    answered(small.desk("volunteer"), line.id, FOURS)
    assert result(desk, line.id).respondents == 1


def test_the_target_follows_from_the_population(head: Desk) -> None:
    line = begun(head, population=1000)
    assert (line.target, line.enough, line.missing) == (278, False, 278)
    form = form_of_survey(line)
    assert form is not None
    changed = edit_survey(head, line.id, replace(form, population=10))
    assert isinstance(changed, Done)
    assert changed.value.target == 10
    own = edit_survey(head, line.id, replace(form, target=1))
    assert isinstance(own, Done)
    answered(head, line.id, FOURS)
    known = survey(head, line.id)
    assert known is not None
    assert (known.answers, known.target, known.enough) == (1, 1, True)


def test_answers_become_the_index_and_can_be_taken_back(head: Desk, desk: Desk) -> None:
    line = begun(head)
    answered(desk, line.id, FOURS)
    second = answered(desk, line.id, FOURS | {"waktu": 1, "kelamin": "2"})
    index = result(desk, line.id).satisfaction
    assert index is not None
    assert index.ikm == Decimal("95.83")
    assert index.lowest[0].id == "waktu"
    assert isinstance(undo(desk, second.action), Done)
    index = result(desk, line.id).satisfaction
    assert index is not None
    assert (index.ikm, index.respondents) == (Decimal("100.00"), 1)


def test_the_weight_of_the_survey_is_used_unless_another_is_wanted(head: Desk) -> None:
    line = begun(head, weight=Weight.TWO_PLACES)
    answered(head, line.id, FOURS)
    old, exact = result(head, line.id).satisfaction, None
    assert old is not None
    assert (old.ikm, old.weight) == (Decimal("99.00"), Weight.TWO_PLACES)
    exact = result(head, line.id, Weight.EXACT).satisfaction
    assert exact is not None
    assert exact.ikm == Decimal("100.00")


def test_nothing_tells_who_answered(head: Desk) -> None:
    line = begun(head)
    done = answered(head, line.id, FOURS | {"kelamin": "2"})
    assert done.action is not None
    (op,) = head.library.ops_of_action(done.action)
    assert set(op.payload) == {"survey", "version", "answers", "channel", "service"}
    bad = give_answer(head, line.id, FOURS | {"nama": "Siti"}, "phone")
    assert refused(bad) is Reason.ANSWER_INVALID


def test_what_is_not_on_takes_no_answer(small: SmallLibrary, head: Desk) -> None:
    line = begun(head)
    other = begun(head, name="Nanti", first_day=TODAY + timedelta(days=3))
    assert [one.name for one in surveys_to_answer(head)] == [line.name]
    assert refused(give_answer(head, other.id, FOURS, "kiosk")) is Reason.SURVEY_NOT_ON
    assert refused(give_answer(head, line.id, {}, "kiosk")) is Reason.ANSWERS_MISSING
    late = give_answer(head, line.id, FOURS, "keypad", day=TODAY + timedelta(days=1))
    assert refused(late) is Reason.DATE_IN_FUTURE
    early = give_answer(head, line.id, FOURS, "keypad", day=TODAY - timedelta(days=1))
    assert refused(early) is Reason.SURVEY_NOT_ON
    small.time.passes(days=31)
    assert refused(survey_to_answer(head, line.id)) is Reason.SURVEY_NOT_ON
    answered(head, line.id, FOURS, channel="keypad", day=TODAY)
    assert isinstance(close_survey(head, line.id), Done)
    closed = give_answer(head, line.id, FOURS, "keypad", day=TODAY)
    assert refused(closed) is Reason.SURVEY_CLOSED
    assert refused(close_survey(head, line.id)) is Reason.SURVEY_CLOSED
    assert isinstance(reopen_survey(head, line.id), Done)
    answered(head, line.id, FOURS, channel="keypad", day=TODAY)
    assert result(head, line.id).respondents == 2
    assert refused(give_answer(head, UUID(int=5), FOURS, "kiosk")) is Reason.SURVEY_UNKNOWN


def test_a_paper_form_counts_on_its_own_day(small: SmallLibrary, head: Desk) -> None:
    line = begun(head)
    small.time.passes(days=4)
    answered(head, line.id, FOURS, channel="keypad", day=TODAY)
    answered(head, line.id, FOURS)
    days = head.library.rows("select date((at + zone * 60000) / 1000, 'unixepoch') from answer")
    assert sorted(day for (day,) in days) == [
        TODAY.isoformat(),
        (TODAY + timedelta(days=4)).isoformat(),
    ]


def test_a_survey_of_another_branch_is_not_offered_here(small: SmallLibrary, head: Desk) -> None:
    van = begun(head, name="Keliling", branch=small.branches["van"])
    everywhere = begun(head, name="Semua")
    assert [one.name for one in surveys_to_answer(head)] == ["Semua"]
    there = surveys_to_answer(small.desk("head", "van"))
    assert sorted(one.name for one in there) == ["Keliling", "Semua"]
    found = survey_to_answer(head, van.id)
    assert isinstance(found, SurveyToAnswer)
    assert everywhere.branch is None


def test_results_are_told_per_service_and_branch(small: SmallLibrary, head: Desk) -> None:
    line = begun(head)
    answered(head, line.id, FOURS | {"layanan": "1"})
    answered(small.desk("head", "van"), line.id, FOURS | {"layanan": "6", "sarana": 1})
    found = result(head, line.id)
    assert [(one.name, one.respondents, one.ikm) for one in found.services] == [
        ("Peminjaman dan pengembalian", 1, Decimal("100.00")),
        ("Perpustakaan keliling", 1, Decimal("91.67")),
    ]
    assert {one.ikm for one in found.branches} == {Decimal("91.67"), Decimal("100.00")}
    only = result(head, line.id, None, Only(service="Perpustakaan keliling"))
    assert only.satisfaction is not None
    assert (only.respondents, only.satisfaction.ikm) == (1, Decimal("91.67"))
    here = result(head, line.id, None, Only(branch=head.branch))
    assert here.respondents == 1


def test_results_are_told_of_some_days(small: SmallLibrary, head: Desk) -> None:
    line = begun(head)
    answered(head, line.id, FOURS)
    small.time.passes(days=3)
    answered(head, line.id, FOURS | {"waktu": 1})
    later = TODAY + timedelta(days=3)
    for only, ikm in (
        (Only(first=TODAY, last=later), "95.83"),
        (Only(last=TODAY), "100.00"),
        (Only(first=later), "91.67"),
    ):
        index = result(head, line.id, None, only).satisfaction
        assert index is not None
        assert index.ikm == Decimal(ikm)


def test_the_trend_has_the_surveys_alike_in_their_order(small: SmallLibrary, head: Desk) -> None:
    first = begun(head, name="2025", first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))
    second = begun(head, name="2026", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    begun(head, name="Anak", service="Layanan anak")
    begun(head, "needs", name="Kebutuhan")
    answered(head, first.id, FOURS | {"waktu": 2}, channel="keypad", day=date(2025, 6, 1))
    answered(head, second.id, FOURS)
    points = trend(head, second.id)
    assert [(one.name, one.ikm) for one in points] == [
        ("2025", Decimal("94.44")),
        ("2026", Decimal("100.00")),
    ]


def test_the_three_lowest_go_on_the_board_once(head: Desk) -> None:
    line = begun(head)
    answered(head, line.id, FOURS | {"waktu": 2, "sarana": 1, "pengaduan": 3})
    for _again in range(2):
        proposed = propose_lowest(head, line.id)
        assert isinstance(proposed, list)
        assert len(proposed) == 3
    lines = improvement_lines(head)
    assert {one.row.detail for one in lines} == {"sarana", "waktu", "pengaduan"}
    assert {one.row.source for one in lines} == {"survey"}


def test_only_an_unanswered_survey_can_be_removed(head: Desk) -> None:
    line, other = begun(head), begun(head, name="Salah")
    answered(head, line.id, FOURS)
    assert refused(remove_survey(head, line.id)) is Reason.SURVEY_ANSWERED
    assert isinstance(remove_survey(head, other.id), Done)
    assert [one.id for one in surveys(head)] == [line.id]


def test_a_survey_needs_a_name_a_form_and_a_time(head: Desk) -> None:
    made = SurveyForm("SKM", published(head).id, TODAY, TODAY)
    assert refused(start_survey(head, replace(made, name=" "))) is Reason.NAME_MISSING
    assert refused(start_survey(head, replace(made, version=UUID(int=1)))) is Reason.FORM_UNKNOWN
    reversed_days = replace(made, last_day=TODAY - timedelta(days=1))
    assert refused(start_survey(head, reversed_days)) is Reason.PERIOD_INVALID


def test_a_survey_and_its_answers_meet_on_two_devices(
    small: SmallLibrary, head: Desk, tmp_path: Path
) -> None:
    line = begun(head)
    there = another_device(small, tmp_path / "van", "head")
    exchange(head, there)
    answered(there, line.id, FOURS | {"biaya": 3})
    answered(head, line.id, FOURS)
    exchange(head, there)
    here, far = result(head, line.id), result(there, line.id)
    assert here.satisfaction == far.satisfaction
    assert here.respondents == 2
    there.library.close()


@pytest.mark.parametrize("key", ["workshop", "follow_up", "needs", "tkm"])
def test_other_forms_have_results_without_an_index(head: Desk, key: str) -> None:
    line = begun(head, key)
    form = form_named(head, key)
    answers = {
        one.id: 1 if one.kind.value in ("scale", "number") else "1"
        for one in form.asked
        if one.kind.value != "text"
    }
    answered(head, line.id, answers)
    found = result(head, line.id)
    assert found.satisfaction is None
    assert {one.answered for one in found.tallies if one.question.kind.value != "text"} == {1}
    assert propose_lowest(head, line.id) == []


def test_the_history_tells_of_a_survey_but_not_what_one_person_answered(head: Desk) -> None:
    line = begun(head)
    done = answered(head, line.id, FOURS | {"saran": "Kursi"})
    assert done.action is not None
    details = history_details(head, done.action)
    assert isinstance(details, HistoryDetails)
    told = {change.label: change.after for entry in details.touched for change in entry.changes}
    assert told["Jawaban"] == "11 pertanyaan"
    assert "Kios" in told.values()
    assert "Kursi" not in str(details)
