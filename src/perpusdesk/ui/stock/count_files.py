"""Files of a stock-take: a data collector's codes in, lists as workbooks and the record out."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import Outcome, StockCount
from perpusdesk.services.stock.stock_lists import ODD, write_workbook
from perpusdesk.ui.kit.save_place import home
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.stock import count_text as text


def ask_codes(parent: QWidget) -> Path | None:
    """Ask for a file of scanned codes."""
    kinds = f"{_('Scanned codes')} (*.txt *.csv *.dat);;{_('All files')} (*)"
    name, _kind = QFileDialog.getOpenFileName(parent, _("Choose a file"), str(home()), kinds)
    return Path(name) if name else None


def save_list(
    papers: PaperFiles, parent: QWidget, count: StockCount, outcome: Outcome | None
) -> None:
    """Save a list as a workbook (``None``: all that somebody must see to)."""
    name = f"{count.name} - {text.list_name(outcome)}".replace("/", "-")
    wanted = (outcome,) if outcome else (*ODD, Outcome.MISSING)
    papers.save(parent, name, lambda desk, path: write_workbook(desk, count, path, wanted))


def print_record(papers: PaperFiles, count: UUID) -> None:
    """Make the record of a count and open it to be printed."""
    from perpusdesk.printing.stock_report import stock_report  # slow to import
    from perpusdesk.services.stock.stock_papers import stock_paper

    papers.make_beside("stok-opname", lambda desk: stock_paper(desk, count), stock_report)
