"""Moving out on the screen: what, in which form, and members' data only with a reason."""

from __future__ import annotations

import csv
import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import FileCreateError

from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.whole_file import Beside
from perpusdesk.services.transfer import export_run
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.ui.transfer import handing_out as module
from perpusdesk.ui.transfer.format_list import FORMATS
from perpusdesk.ui.transfer.handing_room import What


def marks(small: SmallLibrary) -> list[dict[str, object]]:
    """Return what is kept of members' data that went out."""
    ops = [op for op in small.library.all_ops() if op.kind == "export.made"]
    return [dict(op.payload) for op in ops]


@pytest.fixture
def out(screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The screen at its second tab; files are saved as "keluar" with the usual ending."""

    def place(_parent: object, _name: str, endings: tuple[str, ...]) -> Path:
        return tmp_path / f"keluar.{endings[0]}"

    monkeypatch.setattr(module, "ask_place", place)
    screen.tab(1)
    return screen


def choose(screen, what: What, query: str = "") -> None:
    screen.handing.room.what[what].setChecked(True)
    screen.handing.room.query.edit.setText(query)
    screen.handing.count()
    screen.wait()


@pytest.mark.parametrize("format_", FORMATS)
def test_all_titles_go_out_in_every_form(out, tmp_path: Path, format_: ExportFormat) -> None:
    out.handing.room.formats.choose(format_)
    out.do("transfer_go")
    assert "Ditulis: 10 judul, 20 eksemplar." in out.reads()
    written = sorted(path.name for path in tmp_path.glob("keluar*"))
    assert written and all((tmp_path / name).stat().st_size for name in written)
    assert not any("anggota" in name or "member" in name for name in written)
    assert marks(out.small) == []


def test_only_what_a_search_finds(out, tmp_path: Path) -> None:
    choose(out, What.FOUND)
    out.do("transfer_go")
    assert "Ini perlu diisi." in out.handing.room.query.error
    choose(out, What.FOUND, "kebun")
    assert "1 judul" in out.reads()
    out.handing.room.formats.choose(ExportFormat.CSV)
    out.do("transfer_go")
    with (tmp_path / "keluar.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {row["Judul"] for row in rows} == {"Kebun di Atap"}
    choose(out, What.FOUND, "tidakadayangbegini")
    assert "Tidak ada yang cocok." in out.handing.room.count.text()


def test_members_go_out_with_a_reason_and_leave_a_trace(out, tmp_path: Path) -> None:
    choose(out, What.MEMBERS)
    out.do("transfer_go")
    assert out.handing.room.reason.error and not (tmp_path / "keluar.xlsx").exists()
    out.handing.room.reason.edit.setText("Laporan ke Dinas")
    out.do("transfer_go")
    sheet = CalamineWorkbook.from_path(tmp_path / "keluar.xlsx").get_sheet_by_index(0)
    assert len(sheet.to_python()) == 7
    wanted = {"format": "members", "reason": "Laporan ke Dinas", "members": 6}
    assert marks(out.small) == [wanted]


def test_a_whole_library_goes_out_with_its_members_only_when_asked(out, tmp_path: Path) -> None:
    room = out.handing.room
    room.formats.choose(ExportFormat.INLISLITE)
    room.people.setChecked(True)
    room.reason.edit.setText("Pindah ke INLISLite")
    out.do("transfer_go")
    assert (tmp_path / "keluar_anggota.xlsx").exists()
    assert [mark["format"] for mark in marks(out.small)] == ["inlislite"]


def test_who_may_not_see_members_cannot_take_them_out(stage, tmp_path: Path) -> None:
    screen = stage("volunteer")
    screen.tab(1)
    choose(screen, What.MEMBERS)
    screen.handing.room.reason.edit.setText("Ingin tahu")
    screen.handing.write_to(tmp_path / "anggota.xlsx", screen.handing.room.order())
    screen.wait()
    assert not (tmp_path / "anggota.xlsx").exists() and marks(screen.small) == []
    assert screen.said


def test_a_place_that_cannot_be_written_to_is_told(out, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", "utf-8")
    out.handing.write_to(tmp_path / "berkas" / "keluar.xlsx", out.handing.room.order())
    out.wait()
    assert out.said[-1].startswith("keluar.xlsx tidak dapat disimpan di")
    assert out.handing.room.go.isVisibleTo(out.window)


def test_a_full_disk_is_told_and_leaves_no_half_file(
    out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export_run.csv, "writer", full)
    out.handing.room.formats.choose(ExportFormat.CSV)
    out.do("transfer_go")
    assert out.said[-1].startswith("Tidak ada ruang di disk untuk keluar.")
    assert list(tmp_path.glob("*keluar*")) == [] and list(tmp_path.glob(".keluar*")) == []


def test_what_a_workbook_says_of_a_full_disk_is_understood(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(KnownError) as told, Beside(tmp_path / "a.xlsx"):
        raise FileCreateError(full)
    assert told.value.fault is Fault.DISK_FULL
    assert list(tmp_path.glob("*a.xlsx*")) == []


@pytest.mark.parametrize("state", ["all", "found", "members", "written"])
def test_every_state_can_be_used_in_all_looks(qapp: QApplication, out, state: str) -> None:
    if state == "found":
        choose(out, What.FOUND, "kebun")
    if state == "members":
        choose(out, What.MEMBERS)
        out.handing.room.check()
    if state == "written":
        out.do("transfer_go")
    assert audit_everywhere(qapp, out.window) == []
