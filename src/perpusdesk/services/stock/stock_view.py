"""All that the stock-take's screen shows, read at once beside the desk's work."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.stock_take import StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock.stock_counts import (
    CountState,
    current_count,
    history,
    last_like,
    look,
)
from perpusdesk.services.stock.stock_options import CountOptions, count_options
from perpusdesk.services.stock.stock_scan import scan_stands


@dataclass(frozen=True, slots=True)
class StockView:
    """The history, how this device counts, and the count that is shown (if any).

    ``before`` is the last count of the same shelves; ``stands`` whether the scan that was asked
    about was not taken back.
    """

    counts: tuple[StockCount, ...]
    options: CountOptions
    state: CountState | None = None
    before: StockCount | None = None
    stands: bool = True


def stock_view(
    desk: Desk, count: UUID | None = None, *, current: bool = False, scan: UUID | None = None
) -> StockView:
    """Read it; ``current``: with the count that this device goes on with, if no other is named."""
    with desk.beside() as beside:
        if count is None and current:
            kept = current_count(beside)
            count = kept.id if kept else None
        state = look(beside, count) if count else None
        return StockView(
            tuple(history(beside)),
            count_options(beside),
            state,
            last_like(beside, state.count) if state else None,
            scan is None or scan_stands(beside, scan),
        )
