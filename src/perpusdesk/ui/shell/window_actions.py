"""The actions every window has: back to the box, camera, palette, key sheet, the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.help_button import HELP_KEY
from perpusdesk.ui.shell import text
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.page import Page

if TYPE_CHECKING:
    from perpusdesk.ui.shell.window import MainWindow


def window_actions(window: MainWindow) -> tuple[Action, ...]:
    """Return the actions that work on every screen."""
    group = text.general
    return (
        Action("help", lambda: _("Manual"), window.ask_help, (HELP_KEY,), "help", group),
        Action(
            "palette",
            lambda: _("Find a command"),
            window.palette_panel.open_fresh,
            ("Ctrl+K",),
            "search",
            group,
            offered=False,
        ),
        Action(
            "back",
            lambda: _("Back to the scan box"),
            window.back_to_box,
            ("Esc",),
            "scan",
            group,
            offered=False,
        ),
        Action(
            "camera",
            lambda: _("Camera on or off"),
            window.box.toggle_camera,
            ("F9",),
            "camera",
            group,
        ),
        Action(
            "keys",
            lambda: _("Show all keys"),
            window.key_sheet.toggle,
            ("?", "Shift+F1"),
            "keyboard",
            group,
        ),
    )


def page_action(page: Page, go: Callable[[str], None]) -> Action:
    """Return the action that opens ``page``."""
    return Action(
        f"open_{page.name}",
        lambda: page.title,
        lambda: go(page.name),
        (page.key,) if page.key else (),
        page.icon,
        text.screens,
    )
