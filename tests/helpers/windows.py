"""The look of windows in tests, and their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from perpusdesk.ui.kit import theme


@contextmanager
def dressed_light(app: QApplication) -> Iterator[theme.Theme]:
    """Dress the application light at 100 %, and again afterwards."""
    plain = theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=False)
    yield theme.apply(app, plain)
    theme.apply(app, plain)


def take_apart(window: QWidget) -> None:
    """Destroy a window now: the next test starts without it."""
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
