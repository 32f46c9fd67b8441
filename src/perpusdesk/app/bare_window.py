"""The smallest window there is, in a process of its own: what every start costs at least."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

PROBE_BARE: Final = "--probe-bare"


def probe_bare() -> None:
    """Show it, and end."""
    application, widget = QApplication([]), QWidget()
    widget.show()
    application.processEvents()
