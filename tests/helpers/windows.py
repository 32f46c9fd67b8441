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
    yield _wear_plain(app)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _wear_plain(app)


def take_apart(window: QWidget) -> None:
    """Destroy a window now: the next test starts without it."""
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wear_plain(app: QApplication) -> theme.Theme:
    plain = theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=False)
    worn = theme.in_use()
    return worn if worn is not None and worn.settings == plain else theme.apply(app, plain)
