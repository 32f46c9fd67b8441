"""The keys of reports, and the ways to each of its tabs from everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.kit.tabbed_page import TabbedPage
from perpusdesk.ui.shell.actions import Action

_TABS = {
    "packs": N_("Packs to hand in"),
    "own": N_("Own reports"),
    "entries": N_("Entered figures"),
    "collection": N_("Decisions on the collection"),
}


def figure_actions(page: TabbedPage, show: Callable[[str], object]) -> tuple[Action, ...]:
    """Return them; a key does what the part in front has of that name. ``show`` opens a tab."""

    def group() -> str:
        return page.title

    def does(name: str) -> Callable[[], object] | None:
        found: Callable[[], object] | None = getattr(page.part_in_front, name, None)
        return found

    def run(name: str) -> None:
        step = does(name)
        if step is not None:
            step()

    def key(name: str, words: str, icon: str, *keys: str) -> Action:
        return Action(
            f"figures_{name}",
            lambda: _(words),
            partial(run, name),
            keys,
            icon,
            group,
            page.name,
            lambda: does(name) is not None,
        )

    def opens(name: str, words: str) -> Action:
        show_it = partial(show, name)
        return Action(f"figures_{name}", lambda: _(words), show_it, (), "reports", group)

    return (
        key("print_paper", N_("Paper to sign"), "print", "Ctrl+P"),
        key("type_in", N_("Type in"), "edit", "F8"),
        *(opens(name, words) for name, words in _TABS.items()),
    )
