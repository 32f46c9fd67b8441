"""Onto paper: a PDF at its own size, by CUPS as it is, elsewhere page by page as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.devices import Target, TargetKind, send_pdf, target_from, targets
from perpusdesk.ui.kit.pdf_picture import page_picture, page_sizes

MM_IN_INCH: Final = 25.4
_FINEST: Final = 600
"""Dots in an inch: more only takes longer, and memory."""


def printers() -> list[tuple[str, str]]:
    """Return the printers of this machine that take pages: name and setting."""
    kinds = (TargetKind.CUPS, TargetKind.SPOOLER)
    return [(one.address, one.setting()) for one in targets() if one.kind in kinds]


def print_pages(pdf: bytes, setting: str) -> None:
    """Print a PDF unscaled; takes a while, so call it off the interface thread.

    Raises ``KnownError(PRINTER, target, cause)`` when the printer does not take it.
    """
    target = target_from(setting)
    if target is None:
        raise KnownError(Fault.PRINTER, target=setting, cause="unknown")
    if target.kind is TargetKind.CUPS:
        width, height = page_sizes(pdf)[0]
        send_pdf(pdf, target.address, (round(width, 1), round(height, 1)))
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(target.address)
    _paint(pdf, printer, target)


def print_to_file(pdf: bytes, file: Path) -> None:
    """Do what a Windows printer gets done, into a PDF file of pictures."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    _paint(pdf, printer, Target(TargetKind.FILE, str(file)))


def _paint(pdf: bytes, printer: QPrinter, target: Target) -> None:
    sizes = page_sizes(pdf)
    printer.setResolution(_fine(printer.resolution()))
    printer.setFullPage(True)
    _use_paper(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(Fault.PRINTER, target=target.address, cause="")
    try:
        dots = printer.resolution() / MM_IN_INCH
        for page, (width, height) in enumerate(sizes):
            if page and not printer.newPage():
                raise KnownError(Fault.PRINTER, target=target.address, cause="")
            whole = QRectF(0, 0, width * dots, height * dots)
            painter.drawImage(whole, page_picture(pdf, page, dots))
    finally:
        painter.end()


def _fine(resolution: int) -> int:
    """Return the printer's own resolution, or a whole part of it: bars then keep their widths."""
    while resolution > _FINEST:
        resolution //= 2
    return resolution


def _use_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    paper = QPageSize(QSizeF(*size), QPageSize.Unit.Millimeter)
    layout = QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
