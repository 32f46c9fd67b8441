"""``library.id``: which library and device a data folder is of, for when the database cannot say.

It holds nothing secret and nothing of a person.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically

CARD_NAME: Final = "library.id"
_ID_BYTES: Final = 16


class _Card(msgspec.Struct):
    library: str
    device: str


def read_card(folder: Path) -> tuple[bytes, bytes] | None:
    """Return the ids of the library and of the device, ``None`` where the file tells neither."""
    try:
        card = msgspec.json.decode((folder / CARD_NAME).read_bytes(), type=_Card)
        ids = bytes.fromhex(card.library), bytes.fromhex(card.device)
    except (OSError, ValueError):
        return None
    return ids if {len(one) for one in ids} == {_ID_BYTES} else None


def keep_card(folder: Path, library: bytes, device: bytes) -> None:
    """Write it, unless it says so already; a disk that refuses is no reason not to work."""
    if read_card(folder) != (library, device):
        with contextlib.suppress(OSError, KnownError):
            card = _Card(library.hex(), device.hex())
            write_atomically(folder / CARD_NAME, msgspec.json.encode(card))
