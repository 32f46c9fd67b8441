"""A one-time code as a QR code: on the terminal, and as a file for whoever sends or prints it."""

from __future__ import annotations

import io
from pathlib import Path

import qrcode
from qrcode.image.svg import SvgPathImage

from perpusdesk.common.files import write_atomically


def as_text(text: str) -> str:
    """Return it in block characters, two rows of squares a line."""
    code = _code(text)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    return out.getvalue()


def write_picture(text: str, file: Path) -> None:
    """Write it as PNG, or as SVG where the name ends in ``.svg``; for its owner alone."""
    out = io.BytesIO()
    if file.suffix.lower() == ".svg":
        _code(text).make_image(image_factory=SvgPathImage).save(out)
    else:
        _code(text).make_image().save(out, "PNG")
    write_atomically(file, out.getvalue())
    file.chmod(0o600)


def _code(text: str) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(text)
    return code
