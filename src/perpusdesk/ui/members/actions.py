"""The members' screen's keys and commands."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.members.page import MembersPage
from perpusdesk.ui.shell.actions import Action


def member_actions(page: MembersPage) -> tuple[Action, ...]:
    """Return what can be done on the members' screen."""
    control, form, room = page.control, page.form, page.room

    def shown() -> bool:
        return control.shown and not room.form_open

    def group() -> str:
        return _("Members")

    def with_member(
        id_: str, words: str, run: Callable[[], object], *keys: str, icon: str
    ) -> Action:
        return Action(f"member_{id_}", lambda: _(words), run, keys, icon, group, page.name, shown)

    new = Action(
        "member_new", lambda: _("New member"), form.begin_new, ("Ctrl+N",), "plus", group, page.name
    )
    save = Action(
        "member_save",
        lambda: _("Save"),
        form.save,
        ("Ctrl+Enter", "Ctrl+Return", "Ctrl+S"),
        "check",
        group,
        page.name,
        lambda: room.form_open,
    )
    save_list = Action(
        "members_save",
        lambda: _("Save this list as XLSX"),
        page.save_list,
        (),
        "file",
        group,
        page.name,
    )
    return (
        new,
        save,
        save_list,
        with_member("desk", N_("Open at the desk"), control.to_desk, "F4", icon="desk"),
        with_member("edit", N_("Edit"), control.edit, "Ctrl+E", icon="edit"),
        with_member("extend", N_("Extend the membership"), control.extend, "F8", icon="renew"),
        with_member("pay", N_("Record payment"), control.ask_payment, "F7", icon="money"),
        with_member("card", N_("Print card"), control.make_card, "Ctrl+P", icon="print"),
        with_member("letter", N_("Clearance letter"), control.ask_letter, icon="file"),
        with_member("photo", N_("Photo"), control.ask_photo, icon="photo"),
        with_member("note", N_("Note"), control.ask_note, icon="note"),
        with_member("charge", N_("Charge"), control.ask_charge, icon="money"),
        with_member("privacy", N_("Personal data"), control.show_privacy, icon="lock"),
        with_member("history", N_("Whole history"), control.show_history, icon="clock"),
        with_member("block", N_("Block"), control.ask_block, icon="blocked"),
    )
