"""What happened to a member's copies since a moment, line by line for a slip."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.merge.ops import voided_stamps
from perpusdesk.printing.slips import SlipAct, SlipLine
from perpusdesk.services.circulation.money import MoneyKind
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.loans import LoanLine, lines_since_moment
from perpusdesk.storage.queries.money import charged_for
from perpusdesk.storage.queries.values import as_ms

_RETURNED: Final = "returned"


def lines_since(desk: Desk, member: UUID, since: datetime) -> tuple[SlipLine, ...]:
    """Return one line per copy: lent, renewed or returned since then, in order of time.

    A copy that was lent and returned in the same visit stands on it as returned only.
    """
    found: list[tuple[datetime, SlipLine]] = []
    for loan in lines_since_moment(desk.library, member, as_ms(since), desk.today()):
        line = _line(desk, loan, since)
        if line is not None:
            found.append(line)
    return tuple(line for _, line in sorted(found, key=lambda pair: pair[0]))


def _line(desk: Desk, loan: LoanLine, since: datetime) -> tuple[datetime, SlipLine] | None:
    back = loan.returned_at
    if loan.end == _RETURNED and back is not None and back >= since:
        fine = charged_for(desk.library, loan.loan, MoneyKind.FINE)
        line = SlipLine(SlipAct.RETURNED, loan.title, loan.barcode, returned=back, fine=fine)
        return back, line
    if loan.end != "open":
        return None
    if loan.lent_at >= since:
        return loan.lent_at, SlipLine(SlipAct.LENT, loan.title, loan.barcode, due=loan.due)
    renewed = _renewed_at(desk, loan.loan)
    if renewed is not None and renewed >= as_ms(since):
        return since, SlipLine(SlipAct.RENEWED, loan.title, loan.barcode, due=loan.due)
    return None


def _renewed_at(desk: Desk, loan: UUID) -> int | None:
    ops = desk.library.ops_of(loan)
    undone = voided_stamps(ops)
    times = [op.at for op in ops if op.kind == loan_events.RENEWED and op.stamp not in undone]
    return max(times, default=None)
