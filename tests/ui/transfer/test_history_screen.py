"""The imports so far on the screen: broken off, gone on with, taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import SmallLibrary, build
from helpers.sheets import cells, saves_into
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.transfer.import_history import RunState
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.imports import counts
from perpusdesk.ui.transfer.intake_room import At

KILLED = """
import sys, os
from pathlib import Path
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer import import_run
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from uuid import UUID
import_run._BATCH = 20
library = Library.open(Path(sys.argv[1]))
desk = Desk(library, UUID(sys.argv[2]), UUID(sys.argv[3]))
asked = []
def dies():
    asked.append(1)
    if len(asked) > 2:
        os._exit(9)
    return False
import_run.run(desk, [Path(sys.argv[4])], stop=dies)
"""


def big(folder: Path, count: int = 400) -> Path:
    path = folder / "banyak.csv"
    rows = [f"Judul {n},Andai {n % 9},Y{n:04}" for n in range(count)]
    path.write_text("Judul,Pengarang,No. Barcode\n" + "\n".join(rows) + "\n", "utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    """A library in which an import was killed in the middle."""
    made, path = build(tmp_path / "library"), big(tmp_path)
    made.library.close()
    ids = (str(made.branches["pusat"]), str(made.staff["head"]))
    call = [sys.executable, "-c", KILLED, str(tmp_path / "library"), *ids, str(path)]
    assert subprocess.run(call, check=False).returncode == 9
    made.library = Library.open(tmp_path / "library", sources=made.library.sources)
    yield made
    made.library.close()


def test_a_killed_import_is_offered_and_gone_on_with(screen, small: SmallLibrary) -> None:
    before = counts(small.library)
    assert 10 < before["titles"] < 410
    assert "terputus: banyak.csv" in screen.intake.room.bar.accessibleName()
    screen.tab(2)
    line = screen.history.lines[0]
    assert (line.state, line.who) == (RunState.INTERRUPTED, "Kepala Contoh")
    assert line.added["titles"] == before["titles"] - 10
    screen.history.resume_asked.emit(line)
    screen.wait()
    assert screen.at is At.DONE
    assert counts(small.library)["titles"] == 410
    assert screen.intake.room.bar.isHidden()
    assert [one.state for one in screen.history.lines] == [RunState.DONE]
    screen.intake.undo(line.run)
    screen.wait()
    assert counts(small.library)["titles"] == 10
    assert [one.state for one in screen.history.lines] == [RunState.UNDONE]


def test_a_killed_import_can_be_taken_back(screen, small: SmallLibrary) -> None:
    screen.tab(2)
    screen.history.list.choose(0)
    buttons = screen.history.list.bar.findChildren(type(screen.intake.room.undo))
    verbs = [one.text() for one in buttons if one.isVisibleTo(screen.window)]
    assert verbs == ["Lanjutkan", "Urungkan impor ini"]
    next(one for one in buttons if one.text() == "Urungkan impor ini").click()
    screen.wait()
    assert counts(small.library)["titles"] == 10
    assert [one.state for one in screen.history.lines] == [RunState.UNDONE]
    screen.history.undo_asked.emit(screen.history.lines[0].run)
    screen.wait()
    assert screen.said[-1].endswith("sudah diurungkan.")


def test_the_files_of_a_killed_import_may_be_gone(screen, tmp_path: Path) -> None:
    (tmp_path / "banyak.csv").unlink()
    screen.history.resume_asked.emit(screen.history.lines[0])
    screen.wait()
    assert any("banyak.csv" in said for said in screen.said)
    assert screen.at is At.CHOOSE and not screen.intake.busy
    assert screen.history.lines[0].state is RunState.INTERRUPTED


def test_a_disk_that_gets_full_is_told_and_the_import_goes_on_when_there_is_room(
    screen, small: SmallLibrary, tmp_path: Path
) -> None:
    screen.intake.undo(screen.history.lines[0].run)
    screen.wait()
    pages = small.library.value("pragma page_count") + 40
    small.library.database.execute_sql(f"pragma max_page_count = {pages}").fetchall()
    screen.choose(tmp_path / "banyak.csv")
    screen.do("transfer_go")
    screen.do("transfer_go")
    assert "penuh" in screen.said[-1]
    assert "Yang sudah masuk tetap ada" in screen.window.bar.accessibleName()
    assert counts(small.library)["titles"] < 410
    line = screen.history.lines[0]
    assert line.state is RunState.INTERRUPTED
    small.library.database.execute_sql("pragma max_page_count = 1000000").fetchall()
    screen.history.resume_asked.emit(line)
    screen.wait()
    assert counts(small.library)["titles"] == 410
    assert screen.history.lines[0].state is RunState.DONE
    assert check(small.library) == []


def test_the_history_is_saved_as_a_workbook(screen, tmp_path: Path) -> None:
    saved = saves_into(screen.history.saving.saver, tmp_path)
    screen.tab(2)
    screen.do("transfer_save")
    screen.wait()
    added = screen.history.lines[0].added["titles"]
    assert cells(saved[0].file)[1][1:5] == ["banyak.csv", "Kepala Contoh", "Terputus", added]


def test_history_can_be_used_in_all_looks(qapp: QApplication, screen) -> None:
    assert audit_everywhere(qapp, screen.window) == []
    screen.tab(2)
    screen.history.list.choose(0)
    assert audit_everywhere(qapp, screen.window) == []
