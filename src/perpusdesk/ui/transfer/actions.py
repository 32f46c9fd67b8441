"""The keys and commands of moving in and out."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.transfer.page import TransferPage


def transfer_actions(page: TransferPage) -> tuple[Action, ...]:
    """Return what can be done on the screen."""

    def made() -> bool:
        return page.parts is not None

    def here(id_: str, text: str, run: Callable[[], object], keys: str, icon: str) -> Action:
        return Action(
            f"transfer_{id_}",
            lambda: _(text),
            run,
            tuple(keys.split()),
            icon,
            lambda: page.title,
            page.name,
            made,
        )

    return (
        here("choose", N_("Choose files"), lambda: choose(page), "Ctrl+O", "folder"),
        here(
            "go", N_("On to the next step"), lambda: go_on(page), "Ctrl+Enter Ctrl+Return", "check"
        ),
        here("save", N_("Save this list"), lambda: save(page), "Ctrl+S", "file"),
        here("in", N_("Bring in"), lambda: page.tabs.setCurrentIndex(0), "Alt+1", "exchange"),
        here("out", N_("Take out"), lambda: page.tabs.setCurrentIndex(1), "Alt+2", "exchange"),
        here("past", N_("History"), lambda: page.tabs.setCurrentIndex(2), "Alt+3", "clock"),
    )


def choose(page: TransferPage) -> None:
    """Ask for files to bring in."""
    if page.parts is not None:
        page.tabs.setCurrentIndex(0)
        page.parts.intake.choose()


def go_on(page: TransferPage) -> None:
    """Do what the main button of the view in front does."""
    if page.parts is None:
        return
    if page.tabs.currentIndex() == 0:
        page.parts.intake.go_on()
    elif page.tabs.currentIndex() == 1:
        page.parts.handing.hand_out()


def save(page: TransferPage) -> None:
    """Save the list in front."""
    if page.parts is None:
        return
    if page.tabs.currentIndex() == 0:
        page.parts.intake.odd_rows.save()
    elif page.tabs.currentIndex() == 2:
        page.parts.history.save_list()
