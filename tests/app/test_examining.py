"""The tab of examinations in a running program: what it finds, mends, saves, and hands on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.services.doctor.record import last_examined, repairs
from perpusdesk.storage.check import check
from perpusdesk.storage.library import FILE_NAME


@pytest.fixture
def opened(program: Program, small: SmallLibrary) -> Program:
    program.desk.staff = small.staff["head"]
    program.window.go("safety")
    program.safekeeping.page.open_part("doctor")
    program.tasks.wait_idle()
    return program


def examine(program: Program) -> None:
    program.examining.part.go.click()
    program.tasks.wait_idle()


def test_a_whole_library_is_said_to_be_well(opened: Program, small: SmallLibrary) -> None:
    part = opened.examining.part
    assert part.state.word == "Belum diperiksa"
    examine(opened)
    assert part.state.word.startswith("Semua baik")
    assert all(row.word.text() in ("Baik", "Untuk diketahui") for row in part.rows.values())
    assert last_examined(small.library) is not None


def test_rows_that_say_otherwise_are_found_and_mended(opened: Program, small: SmallLibrary) -> None:
    digest = small.library.digest()
    with small.library.filling() as door:
        door.database.execute_sql("update member set name = 'Orang lain' where card = 'A0001'")
        door.database.execute_sql("delete from copy where barcode = 'B0003'")
    examine(opened)
    row = opened.examining.part.rows["rows"]
    assert row.word.text() == "Rusak"
    row.button.click()
    opened.tasks.wait_idle()
    assert row.word.text() == "Baik"
    assert check(small.library) == []
    assert small.library.digest() == digest
    assert [one.code for one in repairs(small.library)] == ["rows_wrong"]


def test_the_tab_is_in_order_with_and_without_findings(
    opened: Program, small: SmallLibrary, qapp: QApplication
) -> None:
    assert audit_everywhere(qapp, opened.window) == []
    with small.library.filling() as door:
        door.database.execute_sql("update member set name = 'Orang lain' where card = 'A0001'")
    examine(opened)
    assert audit_everywhere(qapp, opened.window) == []


def test_the_report_names_nobody(opened: Program, small: SmallLibrary, tmp_path: Path) -> None:
    with small.library.filling() as door:
        door.database.execute_sql("update member set name = 'Orang lain' where card = 'A0001'")
    examine(opened)
    opened.examining.save(tmp_path / "report.txt")
    opened.tasks.wait_idle()
    told = (tmp_path / "report.txt").read_text("utf-8")
    assert "rows_wrong" in told
    names = [name for (name,) in small.library.rows("select name from member")]
    assert not [name for name in (*names, "A0001", str(tmp_path)) if name in told]


def test_a_damaged_file_is_mended_by_closing_it(opened: Program, small: SmallLibrary) -> None:
    asked: list[object] = []
    opened.examining.reopen_asked.connect(asked.append)
    small.library.rows("pragma wal_checkpoint(truncate)")
    with (small.library.folder / FILE_NAME).open("r+b") as file:
        file.seek(8 * 4096)
        file.write(bytes(16 * 4096))
    examine(opened)
    row = opened.examining.part.rows["file"]
    assert row.word.text() == "Rusak"
    row.button.click()
    opened.tasks.wait_idle()
    assert len(asked) == 1


def test_an_examination_can_be_stopped(opened: Program, small: SmallLibrary) -> None:
    opened.examining.part.go.click()
    opened.examining.part.stop.click()
    opened.tasks.wait_idle()
    told = opened.examining.part.told.text()
    assert told.startswith("Dihentikan") or last_examined(small.library) is not None
