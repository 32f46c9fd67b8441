"""What is shown when something happened that nobody expected: calm, and with a way on."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

import perpusdesk
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import log_folder
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.words import picture, words


class FaultPage(QWidget):
    """Says that the data is safe, where the report is, and how to go on."""

    def __init__(self, go_on: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = words("", tone="muted", wrap=True)
        self._path = QLineEdit()
        self._path.setReadOnly(True)
        self._path.setAccessibleName(_("Where the report is"))
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setAccessibleName(_("Report"))
        self.go_on = primary_button(_("Go on working"), go_on)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.go_on)
        buttons.addWidget(button(_("Copy report"), self._copy, icon="copy"))
        buttons.addWidget(help_button())
        buttons.addStretch(1)
        safe = _(
            "Everything confirmed on the screen is saved. Go on working; if the same happens "
            "again, start the program anew and send the report to who looks after it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(16)
        column.addWidget(picture("warning", "warn", 48))
        column.addWidget(words(_("Something unexpected happened"), "title", strong=True))
        column.addWidget(words(safe, wrap=True))
        column.addLayout(buttons)
        column.addWidget(self._where)
        column.addWidget(self._path)
        column.addWidget(self._report, 1)

    def show_report(self, report: str, saved_at: Path | None) -> None:
        """Show ``report`` and where it was saved (``None``: it could not be)."""
        self._report.setPlainText(report)
        self._where.setText(
            _("The report could not be saved; copy it from here.")
            if saved_at is None
            else _("The report is saved here. It holds no member data.")
        )
        self._path.setText(str(saved_at or ""))
        self._path.setVisible(saved_at is not None)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


def report_of(bug: BaseException) -> str:
    """Return what a programmer needs: versions and where it happened; no values, no names."""
    frames = traceback.extract_tb(bug.__traceback__)
    places = "\n".join(f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    about = (
        f"PerpusDesk {perpusdesk.__version__} · Python {platform.python_version()}"
        f" · Qt {qVersion()} · {platform.system()} {platform.release()}"
    )
    return f"{about}\n{type(bug).__name__}\n{places}\n"


def save_report(report: str, now: datetime, folder: Path | None = None) -> Path | None:
    """Write ``report`` to a file of its own; return its path, or ``None`` when it cannot be."""
    place = folder or log_folder()
    path = place / f"report-{now:%Y%m%d-%H%M%S}.txt"
    try:
        place.mkdir(parents=True, exist_ok=True)
        path.write_text(report, "utf-8")
    except OSError:
        return None
    return path
