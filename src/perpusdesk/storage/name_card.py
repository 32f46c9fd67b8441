"""``library.id``: what a data folder says of itself for when the database cannot.

Which library and device it is of, which runs of the program wrote to it, and where its backups go.
It holds nothing secret and nothing of a person.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.domain.merge.lanes import LANES, stream_of

CARD_NAME: Final = "library.id"
_ID_BYTES: Final = 16
_MOST_RUNS: Final = 1_000
Stream = tuple[bytes, int]


class _Card(msgspec.Struct, frozen=True):
    library: str
    device: str
    runs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def read_card(folder: Path) -> tuple[bytes, bytes] | None:
    """Return the ids of the library and of the device, ``None`` where the file tells neither."""
    card = _read(folder)
    return None if card is None else (bytes.fromhex(card.library), bytes.fromhex(card.device))


def streams_on_card(folder: Path) -> list[Stream]:
    """Return the streams (device, incarnation) that this device may have written here."""
    card = _read(folder)
    if card is None:
        return []
    device, runs = bytes.fromhex(card.device), [int(run, 16) for run in card.runs]
    return [(device, stream_of(run, lane)) for run in runs for lane in LANES]


def places_on_card(folder: Path) -> list[Path]:
    """Return the folders that backups of this library went to when that was last noted."""
    card = _read(folder)
    return [] if card is None else [Path(place) for place in card.places]


def keep_card(folder: Path, library: bytes, device: bytes, runs: Iterable[int] = ()) -> None:
    """Write it, with these runs last, unless it says so already.

    The last thousand runs are kept. A disk that refuses is no reason not to work.
    """
    known = _read(folder) or _Card("", "")
    same = (known.library, known.device) == (library.hex(), device.hex())
    words = [f"{run:x}" for run in runs]
    all_runs = [run for run in known.runs if run not in words] if same else []
    kept = tuple([*all_runs, *words][-_MOST_RUNS:])
    _write(folder, known, _Card(library.hex(), device.hex(), kept, known.places if same else ()))


def keep_places(folder: Path, places: Iterable[str]) -> None:
    """Note where backups go, on a card that is there; a disk that refuses is no reason to stop."""
    known = _read(folder)
    if known is not None:
        _write(folder, known, msgspec.structs.replace(known, places=tuple(places)))


def _read(folder: Path) -> _Card | None:
    try:
        card = msgspec.json.decode((folder / CARD_NAME).read_bytes(), type=_Card)
        ids = bytes.fromhex(card.library), bytes.fromhex(card.device)
        [int(run, 16) for run in card.runs]
    except (OSError, ValueError):
        return None
    return card if {len(one) for one in ids} == {_ID_BYTES} else None


def _write(folder: Path, known: _Card, card: _Card) -> None:
    if card != known:
        with contextlib.suppress(OSError, KnownError):
            write_atomically(folder / CARD_NAME, msgspec.json.encode(card))
