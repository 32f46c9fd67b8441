"""The history on the screen: the list, what narrows it, and one action in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from helpers.desk_day import work
from helpers.library import SmallLibrary
from helpers.screens import Stage
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.members.block_member import block_member
from perpusdesk.ui.history.part import HistoryPart
from perpusdesk.ui.safety.page import SafetyPage


class HistoryStage(Stage):
    """The screen of safety with the history alone."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.part = HistoryPart(self.desk, self.tasks, self.window.messages)
        self.page = SafetyPage()
        self.page.add_tab("history", "Riwayat", lambda: self.part)
        self.put(self.page)
        self.window.box.edited.connect(self.page.search_edited)
        self.window.go(self.page.name)
        self.settle()

    def settle(self) -> None:
        """Let the list be searched at once."""
        self.wait()
        if self.part._wait.isActive():
            self.part.look()
        self.wait()

    @property
    def titles(self) -> list[str]:
        """The first lines of the rows that are painted."""
        rows = self.part.room.rows.rows
        return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]

    def said_beside(self) -> str:
        """Return all words of the action in full."""
        labels = self.part.room.details.findChildren(QLabel)
        return " | ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[HistoryStage]:
    list(work(small))
    desk = small.desk("head")
    block_member(desk, small.members["A0001"], "Buku rusak")
    override = Override("Untuk tugas sekolah", frozenset({Reason.MEMBER_BLOCKED}))
    lend(desk, small.members["A0001"], small.copies["B0015"], override=override)
    made = HistoryStage(qtbot, small, "head", tmp_path)
    yield made
    made.close()


def test_the_latest_stands_first_with_who_and_where(stage: HistoryStage) -> None:
    first = stage.titles[0]
    assert first.startswith("Dipinjamkan · ")
    assert "Siti Misalnya" in first
    assert "Untuk tugas sekolah" in first
    assert stage.titles[1].startswith("Anggota diblokir · Siti Misalnya")
    assert len(stage.titles) == len(stage.desk.library.rows("select distinct action from op"))


def test_it_is_narrowed_by_words_and_choices(stage: HistoryStage) -> None:
    everything = len(stage.titles)
    stage.window.box.edit.setText("A0001")
    stage.settle()
    of_siti = len(stage.titles)
    assert 0 < of_siti < everything
    stage.part.room.group.choose("lending")
    stage.settle()
    assert 0 < len(stage.titles) < of_siti
    stage.window.box.edit.setText("begini tidak ada")
    stage.settle()
    assert stage.titles == []
    assert stage.part.room.nothing.isVisible()


def test_only_exceptions(stage: HistoryStage) -> None:
    stage.part.room.overrides.click()
    stage.settle()
    assert len(stage.titles) == 1
    assert "Pengecualian" in stage.titles[0]


def test_the_chosen_action_is_shown_in_full(stage: HistoryStage) -> None:
    stage.part.into_list()
    stage.wait()
    said = stage.said_beside()
    for word in ("Dipinjamkan", "Siti Misalnya", "Untuk tugas sekolah", "anggota diblokir"):
        assert word in said
    asked: list[object] = []
    stage.part.member_asked.connect(asked.append)
    details = stage.part.room.details
    member = next(
        one for one in details.findChildren(QPushButton) if one.text().startswith("Anggota")
    )
    member.click()
    assert asked == [stage.small.members["A0001"]]


def test_one_member_alone_and_back(stage: HistoryStage) -> None:
    everything = len(stage.titles)
    stage.part.show_about("member", stage.small.members["A0002"], "Budi Misalnya")
    stage.wait()
    assert 0 < len(stage.titles) < everything
    assert stage.part.room.about.isVisible()
    stage.part.room.about.click()
    stage.settle()
    assert len(stage.titles) == everything


def test_who_has_no_right_is_told(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> None:
    stage = HistoryStage(qtbot, small, "desk", tmp_path)
    assert stage.titles == []
    labels = [one.text() for one in stage.page.widget.findChildren(QLabel) if one.isVisible()]
    assert "Riwayat hanya untuk petugas yang berhak" in labels
    stage.window.close()


def test_it_is_right_in_every_look(stage: HistoryStage, qapp: QApplication) -> None:
    stage.part.into_list()
    stage.wait()
    assert audit_everywhere(qapp, stage.window) == []
