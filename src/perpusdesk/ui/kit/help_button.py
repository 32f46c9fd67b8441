"""The quiet way to the manual, wherever something may need explaining."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractButton

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import icon_button, quiet_button

HELP_KEY: Final = "F1"


@runtime_checkable
class Helps(Protocol):
    """A window that opens the manual."""

    def ask_help(self) -> None:
        """Open the page for what is in front."""


def help_button(*, brief: bool = False) -> QAbstractButton:
    """Return a button that opens the manual as F1 does in the window it stands in.

    ``brief``: an icon alone, where verbs need the room.
    """
    made = _brief() if brief else quiet_button(_("Help"), icon="help", keys=HELP_KEY)

    def ask() -> None:
        window = made.window()
        if isinstance(window, Helps):
            window.ask_help()

    made.clicked.connect(lambda _checked: ask())
    return made


def _brief() -> QAbstractButton:
    return icon_button("help", _("Help ({key})").format(key=HELP_KEY))
