"""Which digital files may be attached to a title: readable ones, never such as run."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

MEDIA: Final = MappingProxyType(
    {
        "pdf": "application/pdf",
        "epub": "application/epub+zip",
        "djvu": "image/vnd.djvu",
        "txt": "text/plain",
        "csv": "text/csv",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "gif": "image/gif",
        "webp": "image/webp",
        "tif": "image/tiff",
        "tiff": "image/tiff",
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "ogg": "audio/ogg",
        "flac": "audio/flac",
        "wav": "audio/wav",
        "mp4": "video/mp4",
        "webm": "video/webm",
        "mkv": "video/x-matroska",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation",
    }
)
"""Endings of file names with their media types; all others are refused."""

_RUNS: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)
_BEGINS: Final = MappingProxyType(
    {
        "application/pdf": (b"%PDF",),
        "image/jpeg": (b"\xff\xd8",),
        "image/png": (b"\x89PNG",),
        "image/gif": (b"GIF8",),
        "image/tiff": (b"II*\x00", b"MM\x00*"),
        "application/epub+zip": (b"PK",),
        "audio/flac": (b"fLaC", b"ID3"),
        "audio/ogg": (b"OggS",),
        "audio/wav": (b"RIFF",),
        "image/webp": (b"RIFF",),
    }
)
_LOOKED_AT: Final = 1024


def media_of(name: str, start: bytes) -> str | None:
    """Return the media type of a file by its name, if its first bytes do not belie it.

    ``None``: it is of no kind that may be attached, or it is a program.
    """
    media = MEDIA.get(name.rpartition(".")[2].lower()) if "." in name else None
    if media is None or start.startswith(_RUNS):
        return None
    begins = _BEGINS.get(media)
    if begins and not any(mark in start[:_LOOKED_AT] for mark in begins):
        return None
    return media


def ending_of(media: str) -> str | None:
    """Return the ending of a file of this media type; ``None`` for one that is not opened."""
    return next((ending for ending, known in MEDIA.items() if known == media), None)


def is_web_link(link: str) -> bool:
    """Whether a link leads to the web: no other scheme is ever opened."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return False
    return (
        parts.scheme.lower() in ("http", "https") and bool(parts.netloc) and " " not in link.strip()
    )
