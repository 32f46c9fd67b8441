"""A desk goes on lending while a whole catalogue moves in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from perpusdesk.app.program import Program
from perpusdesk.services.circulation.turn import Outcome
from perpusdesk.services.transfer.import_run import Wishes
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.imports import counts

MANY = 20_000
"""More rows than are taken in while three codes are scanned."""


@pytest.fixture(autouse=True)
def head(program: Program, small: SmallLibrary) -> None:
    """Somebody is at the desk who may import."""
    program.desk.staff = small.staff["head"]


def catalogue(folder: Path) -> Path:
    path = folder / "katalog.csv"
    rows = (f"Judul {n},Andai {n % 9},Y{n:05}" for n in range(MANY))
    path.write_text("Judul,Pengarang,No. Barcode\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_scans_are_answered_between_the_turns_of_an_import(
    qtbot: QtBot, program: Program, small: SmallLibrary, tmp_path: Path
) -> None:
    window, page = program.window, program.screens.transfer
    window.go("transfer")
    program.tasks.wait_idle()
    assert page.parts is not None
    intake, heard = page.parts.intake, []
    window.go("desk")
    program.tasks.wait_idle()
    program.desk_page.shown.connect(lambda turn: heard.append((turn.outcome, intake.busy)))
    intake._run([catalogue(tmp_path)], Wishes())
    for code in ("A0001", "B0001", "B0003"):
        before = len(heard)
        window.box.take_burst(code)
        qtbot.waitUntil(lambda before=before: len(heard) > before)
    lent = [busy for outcome, busy in heard if outcome is Outcome.LENT]
    assert lent == [True, True]
    intake.stop()
    program.tasks.wait_idle(60)
    found = counts(small.library)
    assert found["loans"] == 2
    assert 0 < found["titles"] - 10 == found["copies"] - 20 < MANY
    assert "Dihentikan. Yang sudah masuk:" in intake.room.done.heading.text()


def test_closing_in_the_middle_leaves_whole_batches_and_an_import_to_go_on_with(
    qtbot: QtBot, program: Program, small: SmallLibrary, tmp_path: Path
) -> None:
    page, window = program.screens.transfer, program.window
    window.go("transfer")
    program.tasks.wait_idle()
    assert page.parts is not None
    page.parts.intake._run([catalogue(tmp_path)], Wishes())
    with small.library.beside() as quiet:
        qtbot.waitUntil(lambda: counts(quiet)["titles"] > 10)
    window.close()
    QApplication.processEvents()
    program.tasks._side.shutdown()  # its own workers only: other tests' may never end
    with Library.open(tmp_path / "library") as again:
        found = counts(again)
        assert 10 < found["titles"] < 10 + MANY
        assert found["copies"] - 20 == found["titles"] - 10
        assert check(again) == []
