"""Folders of frames that stand in for a camera: labels as the program prints them, on a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from perpusdesk.printing.label_images import LabelPhoto, label_photo, table_photo


def folder_of_frames(folder: Path, codes: Iterable[str]) -> Path:
    """Write a frame for each code (an empty text is the bare table) into ``folder``."""
    folder.mkdir(parents=True)
    for number, code in enumerate(codes, 1):
        picture = label_photo(LabelPhoto(code), number, ".jpg") if code else table_photo(1, ".jpg")
        (folder / f"{number:02}.jpg").write_bytes(picture)
    return folder
