"""The code of a recovery sheet from a photo, a scan or the PDF itself."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.recovery_code import looks_like_code

_DOTS_PER_MM: Final = 8.0


def code_in(path: Path) -> str | None:
    """Return the text of the QR code in a file of a sheet, ``None`` where there is none.

    Takes a second for a large photo: not for the interface's thread. Raises
    ``KnownError(UNREADABLE_FILE)``.
    """
    from perpusdesk.scan.cascade import Cascade
    from perpusdesk.scan.decode import Effort
    from perpusdesk.scan.pictures import load_picture

    picture = _page(path) if path.suffix.lower() == ".pdf" else load_picture(path)
    found = Cascade(()).read(picture, Effort.THOROUGH).codes
    return next((code.text for code in found if looks_like_code(code.text)), None)


def _page(path: Path) -> NDArray[np.uint8]:
    from PySide6.QtGui import QImage

    from perpusdesk.ui.kit.pdf_picture import page_picture

    try:
        image = page_picture(path.read_bytes(), 0, _DOTS_PER_MM)
    except Exception as error:  # whatever the renderer makes of a file that is no PDF
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = bytes(gray.constBits())  # the picture's own go away with it
    rows = np.frombuffer(pixels, np.uint8).reshape(gray.height(), gray.bytesPerLine())
    return np.ascontiguousarray(rows[:, : gray.width()])
