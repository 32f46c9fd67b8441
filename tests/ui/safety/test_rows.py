"""Rows of backup places and of checks: what they say agrees with itself, and stands in columns."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from perpusdesk.domain.backup_age import BackupAge
from perpusdesk.services.safety.backup_places import BackupPlace, PlaceState
from perpusdesk.services.safety.backup_view import PlaceView
from perpusdesk.ui.backup.text import place_row
from perpusdesk.ui.doctor.row import CheckRow

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


def test_a_place_without_any_backup_does_not_tell_an_age() -> None:
    place = BackupPlace("disk", "disk", "/data/backup")
    row = place_row(PlaceView(PlaceState(place, None, BackupAge.RED), here=True), NOON)
    assert row.state == "menunggu yang pertama"
    assert row.state_under == ""
    assert (row.icon, row.tone) == ("warning", "bad")


def test_how_checks_ended_stands_in_one_column(qtbot: QtBot) -> None:
    room = QWidget()
    column = QVBoxLayout(room)
    rows = [CheckRow(check, lambda _found: None) for check in ("file", "lock", "disk")]
    for row in rows:
        column.addWidget(row)
    qtbot.addWidget(room)
    room.resize(900, 300)
    room.show()
    assert len({row.word.mapTo(room, QPoint(0, 0)).x() for row in rows}) == 1
