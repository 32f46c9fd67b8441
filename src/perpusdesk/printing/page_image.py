"""A page of a PDF as a picture file, to be shown on a screen or sent in a message."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import Final

MM: Final = 72 / 25.4
"""Points in a millimetre."""
ONE_AT_A_TIME: Final = Lock()
"""The renderer knows one thread at a time: whoever renders holds this."""


def page_png(pdf: bytes, page: int = 0, dots_per_mm: float = 8.0) -> bytes:
    """Return page ``page`` (from 0) as PNG, in colour on white. Raises ``IndexError``."""
    import pypdfium2

    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        picture = document[page].render(scale=dots_per_mm / MM).to_pil().convert("RGB")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
