"""The keys and commands of the screen on which the catalogue is cared for."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.upkeep.page import UpkeepPage
from perpusdesk.ui.upkeep.ways import Part


def upkeep_actions(page: UpkeepPage) -> tuple[Action, ...]:
    """Return what can be done on the screen."""

    def on_page(
        id_: str, words: str, run: Callable[[], object], *keys: str, part: Part | None = None
    ) -> Action:
        return Action(
            f"upkeep_{id_}",
            lambda: _(words),
            run,
            keys,
            page.icon,
            lambda: page.title,
            page.name,
            lambda: part in (None, page.part),
        )

    return (
        on_page("go_on", N_("Merge, put back or save"), page.go_on, "Ctrl+Return", "Ctrl+Enter"),
        on_page("skip", N_("Not the same"), page.duplicates.skip, "Ctrl+D", part=Part.DUPLICATES),
        on_page("new", N_("New heading"), page.headings.new, "Ctrl+N", part=Part.HEADINGS),
        on_page("import", N_("Import a list"), page.headings.choose_file, part=Part.HEADINGS),
        on_page("save", N_("Save this list as XLSX"), page.save_list),
    )
