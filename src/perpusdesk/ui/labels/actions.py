"""The keys and commands of the sticker studio."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.labels.page import LabelsPage
from perpusdesk.ui.shell.actions import Action

if TYPE_CHECKING:
    from perpusdesk.ui.labels.studio import LabelStudio

    Step = Callable[[LabelStudio], object]


def label_actions(page: LabelsPage) -> tuple[Action, ...]:
    """Return what can be done in the studio."""

    def one(name: str, run: Step, key: str, icon: str, id_: str, *, filled: bool = True) -> Action:
        return Action(
            f"labels_{id_}",
            lambda: _(name),
            lambda: run(page.studio),
            (key,) if key else (),
            icon,
            lambda: _("Stickers"),
            page.name,
            lambda: page.studio.filled or not filled,
        )

    return (
        one(N_("Print stickers"), lambda studio: studio.print(), "Ctrl+P", "print", "print"),
        one(N_("Save stickers as PDF"), lambda studio: studio.save(), "Ctrl+S", "file", "save"),
        one(
            N_("Add to the queue"),
            lambda studio: studio.offer(),
            "Ctrl+N",
            "plus",
            "add",
            filled=False,
        ),
        one(
            N_("Test page"),
            lambda studio: studio.test_page(),
            "",
            "print",
            "test",
            filled=False,
        ),
        one(N_("Save this list as XLSX"), lambda studio: studio.save_list(), "", "file", "list"),
        one(N_("Empty the queue"), lambda studio: studio.clear(), "", "trash", "clear"),
    )
