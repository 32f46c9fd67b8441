"""The papers of surveys say what the results say, name the weight, and warn of too few answers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from helpers.surveys import FOURS, answered, begun, published
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    improvement_lines,
    plan_improvement,
)
from perpusdesk.services.surveys.survey_improvements import propose_lowest
from perpusdesk.services.surveys.survey_papers import (
    publication_image,
    publication_sheet,
    respondents_sheet,
    result_report,
    survey_paper,
)


def text_of(pdf: object) -> str:
    assert isinstance(pdf, bytes)
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def survey(head: Desk) -> UUID:
    line = begun(head, population=1000)
    answered(head, line.id, FOURS | {"kelamin": "1", "pendidikan": "3", "saran": "Tambah kursi"})
    answered(head, line.id, FOURS | {"kelamin": "2", "waktu": 1, "layanan": "2"})
    return line.id


def test_the_publication_sheet_has_what_the_ministry_asks_for(head: Desk, survey: UUID) -> None:
    text = text_of(publication_sheet(head, survey))
    for word in ("95,83", "A - Sangat baik", "2 orang", "Laki-laki", "SMA", "2 November 2026"):
        assert word in text
    assert "Bobot unsur: 1/9 (tepat)" in text
    assert "Belum cukup responden: 2 dari 278" in text
    assert "Kepala Perpustakaan" in text


def test_another_weight_is_named_where_its_figure_stands(head: Desk, survey: UUID) -> None:
    for paper in (publication_sheet, result_report):
        text = text_of(paper(head, survey, Weight.TWO_PLACES))
        assert "94,88" in text
        assert "0,11 (templat lama)" in text


def test_the_picture_is_the_sheet(head: Desk, survey: UUID) -> None:
    data = publication_image(head, survey)
    assert isinstance(data, bytes)
    picture = Image.open(BytesIO(data))
    assert picture.format == "PNG"
    assert abs(picture.width - 1680) <= 1
    assert abs(picture.height - 2376) <= 1


def test_the_report_tells_each_unsur_and_the_plan(head: Desk, survey: UUID) -> None:
    propose_lowest(head, survey)
    first = next(one for one in improvement_lines(head) if one.row.detail == "waktu")
    plan = ImprovementForm(first.row.finding, "Tambah petugas sore", head.staff)
    plan_improvement(head, first.id, plan)
    text = text_of(result_report(head, survey))
    for word in ("Waktu penyelesaian", "2,500", "0,278", "6,94", "Tambah petugas sore", "U9"):
        assert word in text
    assert "Tambah kursi" in text


def test_the_paper_form_asks_everything_and_numbers_the_answers(head: Desk) -> None:
    version = published(head)
    text = text_of(survey_paper(head, version.id))
    assert all(one.text.split(" ")[-1] in text for one in version.form.asked)
    assert "4 Gratis" in " ".join(text.split())
    assert "versi 1" in text


def test_the_table_has_a_line_per_respondent_and_no_time(
    head: Desk, survey: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "responden.xlsx"
    saved = respondents_sheet(head, survey, file)
    assert not isinstance(saved, Refused)
    assert saved.lines == 2
    heading, *lines = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert heading[5:7] == ["Jam survei", "Jenis kelamin"]
    assert sorted(line[heading.index("U3 Waktu penyelesaian")] for line in lines) == [1.0, 4.0]
    assert {str(line[1]) for line in lines} == {"2026-11-02"}


def test_what_has_no_index_has_no_sheet(head: Desk) -> None:
    line = begun(head)
    other = begun(head, "needs", name="Kebutuhan")
    answered(head, other.id, {"usul": "Wifi"})
    for one in (line, other):
        refused = publication_sheet(head, one.id)
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.SURVEY_NO_INDEX
    assert "Wifi" in text_of(result_report(head, other.id))
    assert isinstance(result_report(head, UUID(int=1)), Refused)
    assert isinstance(survey_paper(head, UUID(int=1)), Refused)
