"""Entry fields that understand how people write dates and money."""

from __future__ import annotations

import datetime
import re
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _

_DATE: Final = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")
_MONEY: Final = re.compile(r"(?:rp)?(\d+)(?:,00|,-|,–)?", re.IGNORECASE)
_GROUPED: Final = re.compile(r"(?:rp)?\d{1,3}(?:[.,]\d{3})+(?:,00|,-|,–)?", re.IGNORECASE)
_CENTURY: Final = 2000
_MOST: Final = 1_000_000_000


def parse_date(text: str) -> datetime.date | None:
    """Return the date in ``text``, day first: ``7-12-2026``, ``07/12/26``, ``07122026``.

    ``None`` when it is no date; two figures of a year are of this century.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part is not None)
    try:
        return datetime.date(year + _CENTURY if year < 100 else year, month, day)
    except ValueError:
        return None


def date_text(day: datetime.date) -> str:
    """Return ``day`` as it is typed: ``07-12-2026``."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def parse_money(text: str) -> int | None:
    """Return whole rupiah: ``2500``, ``2.500``, ``Rp2.500,00``; ``None`` for anything else.

    Parts of a rupiah and more than a thousand million are refused.
    """
    bare = re.sub(r"\s", "", text)
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,](?=\d{3})", "", bare)
    found = _MONEY.fullmatch(bare)
    amount = int(found.group(1)) if found else None
    return amount if amount is not None and amount <= _MOST else None


class DateEdit(QLineEdit):
    """A date typed as ``dd-MM-yyyy``; Up and Down move a day. Tidied when it is left."""

    def __init__(self, value: datetime.date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("dd-mm-yyyy"))
        self.setMaxLength(20)
        self.set_date(value)

    def date(self) -> datetime.date | None:
        """Return the date typed; ``None`` when there is none or it is not one."""
        return parse_date(self.text())

    def set_date(self, value: datetime.date | None) -> None:
        """Show ``value``."""
        self.setText(date_text(value) if value else "")

    def wrong(self) -> bool:
        """Tell whether something is typed that is no date."""
        return bool(self.text().strip()) and self.date() is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a day with Up and Down."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = self.date()
        if step and day:
            self.set_date(day + datetime.timedelta(days=step))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the date out in full."""
        if day := self.date():
            self.set_date(day)
        super().focusOutEvent(event)


class CountEdit(QSpinBox):
    """A number of things, up and down by the arrows; the wheel is left to the page."""

    def __init__(self, value: int = 0, *, most: int = 999, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, most)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past it does not mean to change it."""
        event.ignore()


class MoneyEdit(QLineEdit):
    """Whole rupiah; thousands are set apart when it is left."""

    def __init__(self, value: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Rp")
        self.setMaxLength(24)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_amount(value)

    def amount(self) -> int | None:
        """Return the rupiah typed; ``None`` when there are none or it is no amount."""
        return parse_money(self.text())

    def set_amount(self, value: int | None) -> None:
        """Show ``value`` rupiah."""
        self.setText("" if value is None else f"Rp{number(value)}")

    def wrong(self) -> bool:
        """Tell whether something is typed that is no amount."""
        return bool(self.text().strip()) and self.amount() is None

    def event(self, event: QEvent) -> bool:
        """Set thousands apart when the field is left."""
        if event.type() == QEvent.Type.FocusOut and self.amount() is not None:
            self.set_amount(self.amount())
        return super().event(event)
