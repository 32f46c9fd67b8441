"""The sentences of the branches' tab."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import long_date, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.library.branch_use import BranchLine
from perpusdesk.services.wording.branches import kind_name, zone_name


def name(line: BranchLine) -> str:
    """Return a branch's name, with what is special about it."""
    marks = [_("this computer")] if line.here else []
    marks += [_("removed")] if line.removed else []
    marks += [_("name twice")] if line.twin else []
    return f"{line.branch.name} ({', '.join(marks)})" if marks else line.branch.name


def kind(line: BranchLine) -> str:
    """Return whether it is a house or a van."""
    return kind_name(line.branch.kind)


def copies(line: BranchLine) -> str:
    """Return how many copies it holds."""
    return number(line.copies)


def members(line: BranchLine) -> str:
    """Return how many members it has."""
    return number(line.members)


def devices(line: BranchLine) -> str:
    """Return how many devices work there."""
    return number(len(line.devices)) if line.devices else "–"


def since(line: BranchLine) -> str:
    """Return since when it is there."""
    return short_date(line.since) if line.since else "–"


def intro(lines: Sequence[BranchLine], *, may: bool) -> str:
    """Return what the list is, and what can be done with it."""
    if not may:
        return _("Branches are changed by the head of the library or the administrator.")
    if len(lines) < 2:
        return _(
            "One branch so far. Another branch or a van that you add here is offered everywhere at"
            " once, on other computers after the next exchange."
        )
    return _("What you change here holds at once, on other computers after the next exchange.")


def called(line: BranchLine) -> str:
    """Return the whole name, which the table may have no room for."""
    return line.branch.name


def about(line: BranchLine) -> str:
    """Return where it is, and which devices work there."""
    place = " · ".join(part for part in (line.branch.address, line.branch.phone) if part)
    told = _("No device works here yet.")
    if line.devices:
        told = ngettext("Device: {names}", "Devices: {names}", len(line.devices))
        told = told.format(names=", ".join(line.devices))
    return "\n".join(part for part in (place, told) if part)


def more(line: BranchLine) -> str:
    """Return how many members it has, by which clock it goes, and since when it is there."""
    count = ngettext("{count} member", "{count} members", line.members)
    made = _("since {date}").format(date=long_date(line.since)) if line.since else ""
    parts = (count.format(count=number(line.members)), zone_name(line.branch.zone), made)
    return " · ".join(part for part in parts if part)


def warning(line: BranchLine) -> str:
    """Return what should be put right, or nothing."""
    if line.removed:
        return _(
            "This branch was removed while another computer worked with it. Put it back, or move"
            " what belongs to it to another branch."
        )
    if line.twin:
        return _(
            "Another branch has the same name, as when two computers add it at once. Give one"
            " another name, or remove the one that is not used."
        )
    if line.same_code:
        return _("Another branch has the same code. Change one, so that numbers tell them apart.")
    return ""


def code_hint() -> str:
    """Return what the code is for."""
    return _("Stands in numbers of copies as {loc}. Empty: the next number.")


def van_hint() -> str:
    """Return what a van has that a house has not."""
    return _("A van has stops: the guest book asks where it stands.")


def moved(name: str) -> str:
    """Return that this computer works elsewhere now."""
    return _("This computer works at {branch} now.").format(branch=name)
