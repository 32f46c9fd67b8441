"""Reports on the command line, on a library of their own."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from helpers.command_line import Call
from perpusdesk.domain.own_reports.report import Report
from perpusdesk.services.desk import Desk
from perpusdesk.services.reports.own_reports import keep_report
from perpusdesk.services.results import Done
from perpusdesk.storage.library import Library


@pytest.fixture
def report(library: Path) -> str:
    """Two own reports in the library of the calls; the name of the plain one."""
    with Library.open(library) as opened:
        branch, staff = (
            UUID(bytes=bytes(opened.value(query)))
            for query in ("select id from branch limit 1", "select id from staff limit 1")
        )
        desk = Desk(opened, branch, staff)
        for name, columns in (("Semua judul", ("title",)), ("Anggota", ("card", "category"))):
            subject = "titles" if name == "Semua judul" else "members"
            assert isinstance(keep_report(desk, name, Report(subject, columns)), Done)
    return "Semua judul"


def test_packs_are_listed_and_written_as_paper_and_workbook(call: Call, tmp_path: Path) -> None:
    known = {one["pack"]: one["every"] for one in call("report", "list").document["packs"]}
    assert known["monthly"] == "month"
    for ending in ("pdf", "xlsx"):
        file = tmp_path / f"pack.{ending}"
        answer = call("report", "pack", "ktak", "--period", "2025", "--out", file)
        assert answer.document == {"pack": "ktak", "period": "2025", "file": str(file)}
        assert file.stat().st_size > 1_000
    assert call("report", "pack", "nothing", "--out", tmp_path / "x.pdf").code == 2
    assert call("report", "pack", "ktak", "--out", tmp_path / "x.doc").code == 2
    for period in ("0000", "9999", "0001-Q1", "9999-12..9999-12"):
        odd = call(
            "report", "pack", "accreditation", "--period", period, "--out", tmp_path / "x.pdf"
        )
        assert (odd.code, odd.document["error"]["code"]) == (2, "unusable_input"), period
    wrong = call("report", "pack", "ktak", "--period", "2025-13", "--out", tmp_path / "x.pdf")
    assert wrong.code == 2


def test_an_own_report_is_shown_and_written(call: Call, report: str, tmp_path: Path) -> None:
    told = call("report", "run", report).document
    assert told["columns"] == ["Judul"]
    assert told["count"] == len(told["rows"])
    file = tmp_path / "judul.xlsx"
    assert call("report", "run", report, "--out", file).document["lines"] == told["count"]
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert len(rows) == told["count"] + 1
    assert call("report", "run", "nothing").code == 2


def test_members_data_needs_a_person_with_the_right_and_a_reason(
    call: Call, report: str, tmp_path: Path
) -> None:
    file = tmp_path / "anggota.xlsx"
    assert call("report", "run", "Anggota", "--out", file).code in (1, 2)
    assert not file.exists()


def test_what_is_scheduled_is_written_once(call: Call, report: str, tmp_path: Path) -> None:
    folder = tmp_path / "laporan"
    folder.mkdir()
    made = call("report", "schedule", "add", report, folder, "--format", "xlsx").document
    assert (made["every"], made["format"], made["here"]) == ("month", "xlsx", True)
    (file,) = call("report", "schedule", "write").document["files"]
    assert Path(file).parent == folder
    assert call("report", "schedule", "write").document == {"files": []}
    (line,) = call("report", "schedule", "list").document["schedules"]
    assert Path(file).stem.endswith(line["last_period"])
    assert call("report", "schedule", "remove", made["schedule"]).code == 0
    assert call("report", "schedule", "list").document == {"schedules": []}
    assert call("report", "schedule", "remove", "nothing").code == 2
