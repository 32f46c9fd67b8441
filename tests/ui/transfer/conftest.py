"""The screen for moving in and out on the small library, and files as people bring them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from helpers.windows import take_apart
from perpusdesk.ui.transfer.actions import transfer_actions
from perpusdesk.ui.transfer.handing_out import HandingOut
from perpusdesk.ui.transfer.history import History
from perpusdesk.ui.transfer.intake import Intake
from perpusdesk.ui.transfer.intake_room import At
from perpusdesk.ui.transfer.page import TransferPage

BOOKS = """Judul;Pengarang;Thn Terbit;ISBN;No. Barcode;Cttn
Perahu Batu;Andai Contoh;2021;;X001;
Perahu Batu;Andai Contoh;2021;;X001;
Kota Terapung;Rina Umpama;2022;9786020000001;X003;café
;Siapa;;;;
Lain Judul;Bukan Dia;;;B0001;
"""
MEMBERS = "No Anggota,Nama,JK,Kelas\nK1,Tuti Andai,P,7A\nK2,,L,7B\nA0001,Siti Misalnya,,\n"


class Transfer(Stage):
    """The stage with the screen, made and open."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.page = TransferPage(self.desk, self.tasks, self.window.messages)
        self.page.front_wanted.connect(lambda: self.window.go(self.page.name))
        self.put(self.page, *transfer_actions(self.page))
        assert self.page.parts is not None
        self.intake: Intake = self.page.parts.intake
        self.handing: HandingOut = self.page.parts.handing
        self.history: History = self.page.parts.history

    def close(self) -> None:
        """End, and take the window apart."""
        super().close()
        take_apart(self.window)

    @property
    def at(self) -> At:
        """Which view is in front."""
        return self.intake.room.at

    def choose(self, *files: Path) -> None:
        """Drop files on the screen."""
        self.intake.room.dropped.emit(list(files))
        self.wait()

    def tab(self, place: int) -> None:
        """Open one of the three tabs."""
        self.page.tabs.setCurrentIndex(place)
        self.wait()

    def reads(self) -> str:
        """All words that are on the screen now."""
        whole = self.page.widget
        parts = [*whole.findChildren(QLabel), *whole.findChildren(QAbstractButton)]
        return "\n".join(part.text() for part in parts if part.isVisibleTo(self.window))

    def rows(self) -> list[str]:
        """The rows to look at, as a screen reader says them."""
        table = self.intake.room.rows.rows.rows
        found = [table.data(table.index(place, 0)) for place in range(table.rowCount())]
        self.wait()
        return [table.data(table.index(place, 0)) for place in range(len(found))]


stage = staged(Transfer)


@pytest.fixture
def screen(stage: Callable[[str], Transfer]) -> Transfer:
    """The screen for somebody who may import."""
    return stage("head")


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A list of books with a double, a row without a title, and a barcode that is taken."""
    path = tmp_path / "buku.csv"
    path.write_text(BOOKS.replace("café", "caf\u00c3\u00a9"), "utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A list of members with a nameless one and one who is there already."""
    path = tmp_path / "anggota.csv"
    path.write_text(MEMBERS, "utf-8")
    return path
