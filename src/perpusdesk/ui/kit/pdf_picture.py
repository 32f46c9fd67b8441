"""Pages of a PDF as pictures, for previews and for printers that take pictures only.

The renderer knows one thread at a time; whoever comes second waits, so call it off the interface
thread.
"""

from __future__ import annotations

from PySide6.QtGui import QImage

from perpusdesk.printing.page_image import MM, ONE_AT_A_TIME


def page_picture(pdf: bytes, page: int, dots_per_mm: float) -> QImage:
    """Return page ``page`` (from 0) in colour on white. Raises ``IndexError``: no such page."""
    import pypdfium2

    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        shown = document[page]
        bitmap = shown.render(scale=dots_per_mm / MM, rev_byteorder=True)
        pixels = bytes(bitmap.buffer)
        size = (bitmap.width, bitmap.height, bitmap.stride)
        image = QImage(pixels, *size, QImage.Format.Format_RGB888)
        return image.copy()  # its own pixels, for those above go away


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page in millimetres."""
    import pypdfium2

    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        sizes = [document.get_page_size(page) for page in range(len(document))]
    return [(width / MM, height / MM) for width, height in sizes]
