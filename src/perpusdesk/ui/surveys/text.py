"""The words of the screen of surveys."""

from __future__ import annotations

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.surveys.form import Question, QuestionKind
from perpusdesk.domain.surveys.satisfaction import Satisfaction
from perpusdesk.services.surveys.survey_drafts import DraftForm
from perpusdesk.services.surveys.survey_results import Results
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.services.wording.surveys import (
    decimal_words,
    fraction_words,
    grade_words,
    kind_name,
    part_name,
    period_words,
    progress_words,
    question_kind_name,
    weight_name,
)
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone


def survey_row(line: SurveyLine) -> RowWords:
    """Return a survey as a row: what and when; how many answered of how many."""
    where = line.branch_name or _("all branches")
    under = " · ".join(
        part for part in (kind_name(line.kind), period_words(line), where, line.service) if part
    )
    icon, tone, state = _state(line)
    return RowWords(line.name, under, state, progress_words(line), icon, tone, line.over)


def _state(line: SurveyLine) -> tuple[str, Tone, str]:
    if line.closed is not None:
        return "lock", "muted", _("closed")
    if line.over:
        return "clock", "muted", _("time is over")
    if not line.on:
        return "calendar", "muted", _("not begun yet")
    if line.target and line.enough:
        return "check", "ok", _("enough respondents")
    if line.target:
        return "warning", "warn", _("not enough respondents yet")
    return "check", "ok", _("running")


def draft_row(draft: DraftForm) -> RowWords:
    """Return a form as a row: what it is for; its version and whether it changed since."""
    count = len(draft.form.asked)
    asked = ngettext("{n} question", "{n} questions", count).format(n=number(count))
    under = f"{kind_name(draft.form.kind)} · {asked}"
    if not draft.published:
        return RowWords(draft.name, under, _("never published"), icon="edit", tone="warn")
    version = _("version {n}").format(n=draft.published)
    if draft.changed:
        return RowWords(draft.name, under, version, _("changed since"), "edit", "warn")
    return RowWords(draft.name, under, version, "", "check", "ok")


def question_row(question: Question) -> RowWords:
    """Return a question of a form as a row."""
    parts = [question_kind_name(question.kind)]
    if question.kind is not QuestionKind.SECTION and question.part.value:
        parts.append(part_name(question.part))
    if question.options:
        parts.append(" / ".join(option.text for option in question.options))
    title = " ".join(part for part in (question.number, question.text) if part)
    return RowWords(title or _("(no text yet)"), " · ".join(parts))


def running_words(lines: list[SurveyLine]) -> str:
    """Return how many surveys run."""
    count = sum(line.on for line in lines)
    return ngettext("{n} survey is running", "{n} surveys are running", count).format(
        n=number(count)
    )


def forms_words(drafts: list[DraftForm]) -> str:
    """Return how many forms there are."""
    count = len(drafts)
    return ngettext("{n} form", "{n} forms", count).format(n=number(count))


def figure_words(found: Results) -> tuple[str, str]:
    """Return the figure that matters most, and what it says."""
    if found.satisfaction is not None:
        index = found.satisfaction
        weight = _("weight {weight}").format(weight=weight_words(index))
        return decimal_words(index.ikm), " · ".join(("IKM", grade_words(index.grade), weight))
    if found.overall is not None:
        points = max(part.points for part in found.parts)
        return fraction_words(found.overall), _("mean of all parts, out of {n}").format(n=points)
    return number(found.respondents), _("respondents")


def weight_words(index: Satisfaction) -> str:
    """Return the weight that was used: ``1/9``, or the old template by name."""
    return f"1/{len(index.unsur)}" if index.weight.value == "exact" else weight_name(index.weight)


def gain_words(found: Results) -> str:
    """Return what the tests before and after tell; nothing where there are none."""
    test = found.test
    if test is None or test.difference is None:
        return ""
    told = _("Tests: {before} before, {after} after, difference {gain} ({n} took both)")
    return told.format(
        before=fraction_words(test.before),
        after=fraction_words(test.after),
        gain=fraction_words(test.difference),
        n=number(test.people),
    )
