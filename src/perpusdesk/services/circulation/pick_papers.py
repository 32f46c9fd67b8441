"""The pick list put together for printing."""

from __future__ import annotations

from perpusdesk.printing.pick_list import PickList, PickRow
from perpusdesk.services.circulation.hold_lists import PickLine, holds_to_pick
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import library_name


def pick_paper(desk: Desk) -> PickList:
    """Return what is to be picked at this branch now."""
    branch = desk.branches.get(desk.branch)
    return PickList(
        library=library_name(desk),
        branch=branch.name if branch else "",
        made=desk.now(),
        rows=tuple(_row(line) for line in holds_to_pick(desk)),
    )


def _row(line: PickLine) -> PickRow:
    hold = line.hold
    return PickRow(
        call_number=hold.call_number,
        location=line.copies[0].location if line.copies else "",
        title=hold.title,
        author=hold.author,
        barcodes=tuple(copy.barcode for copy in line.copies),
        member=hold.member_name,
        card=hold.card,
        to_branch=hold.pickup_name if line.travels else "",
    )
