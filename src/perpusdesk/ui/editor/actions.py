"""The cataloguing screen's keys and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.editor.page import EditorPage
from perpusdesk.ui.shell.actions import Action


def editor_actions(page: EditorPage) -> tuple[Action, ...]:
    """Return what can be done while a form is open."""

    def with_form(id_: str, words: str, run: Callable[[], object], *keys: str, icon: str) -> Action:
        return Action(
            f"editor_{id_}",
            lambda: _(words),
            run,
            keys,
            icon,
            lambda: _("Cataloguing"),
            page.name,
            lambda: page.open,
        )

    def with_title(id_: str, words: str, run: Callable[[], object], *, icon: str) -> Action:
        action = with_form(id_, words, run, icon=icon)
        return replace(action, allowed=lambda: page.work is not None and not page.work.is_new)

    saving = page.saving
    return (
        with_form(
            "save", N_("Save"), saving.save, "Ctrl+Return", "Ctrl+Enter", "Ctrl+S", icon="check"
        ),
        with_form("raw", N_("Form or MARC fields"), page.toggle_part, "Ctrl+M", icon="exchange"),
        with_form(
            "next_finding",
            N_("Go to what is to be looked at"),
            page.next_finding,
            "F7",
            icon="warning",
        ),
        with_form("afresh", N_("Start afresh"), page.begin.afresh, icon="renew"),
        with_form("template", N_("Save as a template"), page.more.save_template, icon="saved"),
        with_title("copy", N_("Copy as a new title"), page.more.copy, icon="copy"),
        with_title("remove", N_("Remove this title"), page.more.remove, icon="trash"),
        with_form("leave", N_("Leave the form"), page.leave, icon="close"),
        Action(
            "editor_labels",
            lambda: _("Print stickers of the last book"),
            saving.print_labels,
            ("Ctrl+P",),
            "print",
            lambda: _("Cataloguing"),
            page.name,
            lambda: saving.labels is not None and bool(saving.last),
        ),
    )
