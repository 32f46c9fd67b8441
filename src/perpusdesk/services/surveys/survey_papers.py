"""The papers of surveys: publication sheet, report, paper form, and the respondents' table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from uuid import UUID

from perpusdesk.common.formats import long_date, number
from perpusdesk.common.i18n import speaking
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.answers import in_words
from perpusdesk.domain.surveys.form import QuestionKind
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.domain.surveys.tallies import Tally
from perpusdesk.printing.document import document_pages
from perpusdesk.printing.page_image import page_png
from perpusdesk.printing.survey_form import PaperForm, paper_form
from perpusdesk.printing.survey_report import (
    QuestionTable,
    Rows,
    SurveyReport,
    survey_document,
)
from perpusdesk.printing.survey_sheet import SurveySheet, survey_sheet
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, SavedList, export_list, list_of
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.surveys import survey_drafts, surveys
from perpusdesk.services.surveys.survey_results import (
    EVERYTHING,
    GroupResult,
    Only,
    Results,
    TrendPoint,
    answers_in_words,
    results,
    trend,
)
from perpusdesk.services.wording.surveys import (
    channel_name,
    decimal_words,
    enough_words,
    fraction_words,
    grade_words,
    part_name,
    period_words,
    weight_name,
)

_INDONESIAN = "id"
_SHEET_GROUPS = (("kelamin", "Jenis kelamin"), ("pendidikan", "Pendidikan"))


def publication_sheet(
    desk: Desk, survey: UUID, weight: Weight | None = None, only: Only = EVERYTHING
) -> bytes | Refused:
    """Return the sheet to hang out, as PDF. ``SURVEY_UNKNOWN``, ``SURVEY_NO_INDEX``."""
    found = results(desk, survey, weight, only)
    if isinstance(found, Refused):
        return found
    index = found.satisfaction
    if index is None or index.ikm is None:
        return Refused(Reason.SURVEY_NO_INDEX)
    line = found.survey
    with speaking(_INDONESIAN):
        return survey_sheet(
            SurveySheet(
                head=letterhead(desk),
                title="Indeks Kepuasan Masyarakat",
                service=only.service or line.service or "Layanan perpustakaan",
                period=f"Periode {period_words(line, long=True)}",
                ikm=decimal_words(index.ikm),
                letter=index.grade.letter if index.grade else "",
                grade=index.grade.name if index.grade else "",
                respondents=f"{number(found.respondents)} orang",
                groups=_sheet_groups(found),
                weight=f"Bobot unsur: {_weight(index.weight, len(index.unsur))}. {line.name}",
                dated=_dated(desk),
                warning=enough_words(line),
                signatures=(signature(desk),),
            )
        )


def publication_image(
    desk: Desk, survey: UUID, weight: Weight | None = None, only: Only = EVERYTHING
) -> bytes | Refused:
    """Return the same sheet as PNG, for a screen or a message."""
    sheet = publication_sheet(desk, survey, weight, only)
    return sheet if isinstance(sheet, Refused) else page_png(sheet)


def result_report(
    desk: Desk, survey: UUID, weight: Weight | None = None, only: Only = EVERYTHING
) -> bytes | Refused:
    """Return the whole result as PDF. ``SURVEY_UNKNOWN``."""
    found = results(desk, survey, weight, only)
    if isinstance(found, Refused):
        return found
    with speaking(_INDONESIAN):
        return document_pages(survey_document(_report(desk, found)))


def survey_paper(desk: Desk, version: UUID) -> bytes | Refused:
    """Return the paper form of a published version, as PDF. ``FORM_UNKNOWN``."""
    found = survey_drafts.version(desk, version)
    if found is None:
        return Refused(Reason.FORM_UNKNOWN)
    code = f"{found.name} · versi {found.number}"
    with speaking(_INDONESIAN):
        return paper_form(PaperForm(letterhead(desk), found.form, code))


def respondents_sheet(desk: Desk, survey: UUID, path: Path) -> SavedList | Refused:
    """Write a line per respondent, in words and as numbers, with the day but no time.

    ``SURVEY_UNKNOWN``. Raises ``KnownError`` (disk).
    """
    line = surveys.survey(desk, survey)
    if line is None:
        return Refused(Reason.SURVEY_UNKNOWN)
    form, told = answers_in_words(desk, survey)
    rows: list[tuple[str | int | date | None, ...]] = []
    with speaking(_INDONESIAN):
        for place, (row, answers) in enumerate(told, 1):
            branch = desk.branches.get(row.branch) if row.branch else None
            cells: list[str | int | date | None] = [
                place,
                row.given.date(),
                channel_name(row.channel),
                branch.name if branch else "",
                row.service,
            ]
            for question in form.asked:
                value = answers.get(question.id)
                plain = question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER)
                cells.append(
                    value if plain and isinstance(value, int) else in_words(question, value)
                )
            rows.append(tuple(cells))
    names = ["No.", "Tanggal", "Cara", "Cabang", "Layanan"]
    names += [" ".join(filter(None, (one.number, one.short))) for one in form.asked]
    columns = [ListColumn(name, itemgetter(place), 14) for place, name in enumerate(names)]
    return export_list(desk, list_of("Responden", columns, rows), path)


def _report(desk: Desk, found: Results) -> SurveyReport:
    line, index = found.survey, found.satisfaction
    return SurveyReport(
        head=letterhead(desk),
        title="LAPORAN HASIL SURVEI",
        name=line.name,
        facts=_facts(found),
        unsur=_unsur(found),
        plan=_plan(desk, found),
        groups=tuple(
            (name, _groups(groups))
            for name, groups in (
                ("Menurut layanan", found.services),
                ("Menurut cabang", found.branches),
            )
            if groups
        ),
        trend=_trend(trend(desk, line.id)),
        questions=tuple(
            _question(one)
            for one in found.tallies
            if index is None or one.question not in found.form.unsur
        ),
        place=_dated(desk),
        foot=f"{letterhead(desk).library} · {line.name} · formulir versi {found.number}",
        warning=enough_words(line),
        signatures=(signature(desk),),
    )


def _facts(found: Results) -> tuple[tuple[str, str], ...]:
    line, index = found.survey, found.satisfaction
    facts = [
        ("Periode", period_words(line, long=True)),
        ("Cabang", line.branch_name or "Semua cabang"),
        ("Layanan", found.only.service or line.service or "Semua layanan"),
        ("Responden", f"{number(found.respondents)} orang"),
    ]
    if line.target:
        how = f"{number(line.target)} (Krejcie-Morgan, populasi {number(line.population)})"
        facts.append(("Target responden", how if line.population else number(line.target)))
    if index is not None:
        facts += [
            ("Nilai IKM", decimal_words(index.ikm)),
            ("Mutu pelayanan", grade_words(index.grade)),
            ("Bobot unsur", _weight(index.weight, len(index.unsur))),
        ]
    for part in found.parts:
        of = f"{fraction_words(part.mean)} dari {part.points} ({number(part.given)} jawaban)"
        facts.append((f"Rata-rata {part_name(part.part).lower()}", of))
    if found.overall is not None:
        facts.append(("Rata-rata seluruhnya", fraction_words(found.overall)))
    if found.test is not None:
        tests = f"{fraction_words(found.test.before)} menjadi {fraction_words(found.test.after)}"
        gain = f"selisih {fraction_words(found.test.difference)}, {found.test.people} peserta"
        facts.append(("Tes awal dan akhir", f"{tests}, {gain}"))
    return tuple(facts)


def _weight(weight: Weight, unsur: int) -> str:
    return f"1/{unsur} (tepat)" if weight is Weight.EXACT else weight_name(weight)


def _unsur(found: Results) -> Rows:
    index = found.satisfaction
    if index is None:
        return ()
    rows = [
        (
            one.number,
            one.name,
            number(one.filled),
            fraction_words(one.nrr, 3),
            fraction_words(one.weighted, 3),
            fraction_words(one.ikm),
        )
        for one in index.unsur
    ]
    total = ("", "IKM", number(found.respondents), "", "", decimal_words(index.ikm))
    return (*rows, total)


def _plan(desk: Desk, found: Results) -> Rows:
    """Return what the board says of the three lowest; empty places where nothing is planned."""
    if found.satisfaction is None:
        return ()
    planned = {
        one.row.detail: one.row
        for one in reversed(improvement_lines(desk))
        if one.row.source == "survey" and one.row.source_id == found.survey.id
    }
    rows = []
    for unsur in found.satisfaction.lowest:
        row = planned.get(unsur.id)
        due = long_date(row.due) if row and row.due else ""
        action, owner = (row.action, row.owner_name) if row else ("", "")
        rows.append((unsur.number, unsur.name, fraction_words(unsur.nrr), action, due, owner))
    return tuple(rows)


def _groups(groups: Sequence[GroupResult]) -> Rows:
    return tuple(
        (
            one.name or "Tidak disebut",
            number(one.respondents),
            decimal_words(one.ikm),
            grade_words(one.grade),
        )
        for one in groups
    )


def _trend(points: Sequence[TrendPoint]) -> Rows:
    if len(points) < 2:
        return ()
    return tuple(
        (
            one.name,
            " s.d. ".join(long_date(day) for day in (one.first_day, one.last_day) if day),
            number(one.respondents),
            decimal_words(one.ikm) if one.ikm is not None else fraction_words(one.overall),
            grade_words(one.grade),
        )
        for one in points
    )


def _question(tally: Tally) -> QuestionTable:
    question, answered = tally.question, tally.answered
    note = f"Dijawab {number(answered)} orang."
    if tally.mean is not None:
        note += f" Rata-rata {fraction_words(tally.mean)}."
    rows: Rows = tuple(
        (word, number(count), _share(count, answered)) for word, count in tally.counts
    )
    if question.kind is QuestionKind.TEXT:
        rows = tuple(
            (text, number(count), _share(count, answered))
            for text, count in Counter(tally.texts).items()
        )
    return QuestionTable(question.short, rows, note)


def _share(count: int, of: int) -> str:
    return fraction_words(Fraction(100 * count, of), 1) if of else decimal_words(Decimal(0))


def _sheet_groups(found: Results) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    groups = []
    for id_, name in _SHEET_GROUPS:
        tally = found.tally(id_)
        if tally is not None and tally.counts:
            counts = tuple((word, number(count)) for word, count in tally.counts)
            groups.append((name, counts))
    return tuple(groups)


def _dated(desk: Desk) -> str:
    return f"{place_of(desk)}, {long_date(desk.today(), _INDONESIAN)}"
