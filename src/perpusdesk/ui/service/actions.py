"""The keys of these tabs, and what the palette offers of them from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action

MESSAGES: Final = "messages"
QUESTIONS: Final = "questions"
WISHES: Final = "wishes"
BOARD: Final = "board"
TABS: Final = (MESSAGES, QUESTIONS, WISHES, BOARD)
"""The names of the tabs, from left to right."""


def service_actions(show: Callable[[str], object]) -> tuple[Action, ...]:
    """Return the commands of everywhere; ``show`` opens a tab, ready for a new record."""

    def command(name: str, words: str, icon: str, *keys: str) -> Action:
        return Action(
            f"service_{name}",
            lambda: _(words),
            lambda: show(name),
            keys,
            icon,
            lambda: _("Visitors and service"),
        )

    return (
        command(QUESTIONS, N_("Note a reference question"), "help", "Ctrl+R"),
        command(MESSAGES, N_("Note a message of a visitor"), "message"),
        command(WISHES, N_("Note a wish for a title"), "hold"),
        command(BOARD, N_("Put a finding on the board"), "decide"),
    )


def tab_actions(page: str, front: Callable[[], object]) -> tuple[Action, ...]:
    """Return the keys of the tabs; each does what the part in front has of that name.

    ``front`` returns the part in front of page ``page``, or ``None`` where it is none of these.
    """

    def one(id_: str, words: str, icon: str, *keys: str) -> Action:
        def run() -> None:
            part = front()
            asking = getattr(part, "asking", False)
            if asking and id_ != "main_step":
                return  # what is being written stays
            does = getattr(part, "send" if asking else id_, None)
            if does is not None:
                does()

        return Action(
            f"tab_{id_}",
            lambda: _(words),
            run,
            keys,
            icon,
            lambda: _("Visitors and service"),
            page,
            lambda: hasattr(front(), id_),
        )

    return (
        one("ask_new", N_("Note a new one"), "plus", "Ctrl+N"),
        one("ask_edit", N_("Change the chosen one"), "edit", "Ctrl+E"),
        one("main_step", N_("Next step of the chosen one"), "check", "Ctrl+Enter", "Ctrl+Return"),
        one("vote", N_("Add a vote"), "plus", "+"),
        one("print_list", N_("Print the list"), "print", "Ctrl+P"),
        one("save_list", N_("Save the list as XLSX"), "file"),
    )
