"""A camera's frame as the bytes of a picture file."""

from __future__ import annotations

import io

from perpusdesk.scan.types import Picture


def picture_file(frame: Picture, shape: float) -> bytes:
    """Return the middle of a frame as a PNG file; ``shape`` is its width to its height."""
    height, width = frame.shape[:2]
    wide = min(width, round(height * shape))
    left = (width - wide) // 2
    part = frame[:, left : left + wide]
    from PIL import Image  # a desk starts without it

    image = Image.fromarray((part if part.ndim == 2 else part[:, :, ::-1]).copy())
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
