"""The sentences of the staff's tab."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.staff.staff import StaffLine
from perpusdesk.services.wording.roles import role_name


def name(line: StaffLine) -> str:
    """Return a name, with a mark for who is at the desk."""
    return _("{name} (at the desk)").format(name=line.name) if line.here else line.name


def role(line: StaffLine) -> str:
    """Return a role, with how far the rights differ from it."""
    marks = [f"+{len(line.more)}"] if line.more else []
    marks += [f"−{len(line.less)}"] if line.less else []
    return " ".join((role_name(line.role), *marks))


def branches(line: StaffLine) -> str:
    """Return where the rights hold."""
    return ", ".join(line.branch_names) if line.branches else _("all")


def seen(line: StaffLine) -> str:
    """Return when the person last did something."""
    return "–" if line.seen is None else date_and_time(line.seen)


def state(line: StaffLine) -> str:
    """Return how the account stands."""
    if line.stands_in:
        return _("keeps managing")
    if not line.active:
        return _("closed")
    if line.to_change:
        return _("PIN to be changed")
    return _("with PIN") if line.signs_in else _("no PIN")


def about_pins(lines: Sequence[StaffLine]) -> tuple[str, str]:
    """Return how signing in stands here, and the tone in which to say it."""
    for line in lines:
        if line.stands_in:
            said = _(
                "Two devices closed the last accounts that manage staff at one time. {name} keeps"
                " this right until you open or change an account that has it."
            )
            return said.format(name=line.name), "warn"
    working = [line for line in lines if line.active]
    if not any(line.signs_in for line in working):
        said = _(
            "Nobody has a PIN: who is at the desk chooses a name, and nothing is locked. As soon as"
            " you choose a PIN of your own, everybody signs in."
        )
        return said, "muted"
    without = sum(not line.signs_in for line in working)
    if without:
        said = ngettext(
            "{n} person has no PIN yet and cannot sign in.",
            "{n} people have no PIN yet and cannot sign in.",
            without,
        )
        return said.format(n=without), "warn"
    return _("Everybody signs in with a PIN."), "muted"


def may_not() -> str:
    """Return why nothing can be changed."""
    return _("To change accounts, the right to manage staff is needed.")


def pin_hint() -> str:
    """Return what a PIN is like."""
    return _("Six digits or more, or a password of eight characters or more.")


def pin_for(line: StaffLine) -> str:
    """Return what happens with a PIN that is given."""
    if line.here:
        return _("Your own PIN")
    return _("PIN for {name}; at the next sign-in another one has to be chosen.").format(
        name=line.name
    )
