"""Own ops that a salvage found without their package: they are signed once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.storage.meta import Meta

_KEY: Final = "loose"
Run = tuple[int, int]


def loose_runs(meta: Meta) -> dict[int, list[Run]]:
    """Return by stream, named by its local number, the seqs that are to be signed."""
    kept = meta.get(_KEY, {})
    return {int(number): [(first, last) for first, last in runs] for number, runs in kept.items()}


def put_loose(meta: Meta, runs: Mapping[int, list[Run]]) -> None:
    """Keep them, within the caller's transaction."""
    meta.put(_KEY, {str(number): some for number, some in runs.items() if some})


def signed(meta: Meta, number: int, upto: int) -> None:
    """Take note that a stream is signed up to a seq, within the caller's transaction."""
    runs = loose_runs(meta)
    if number in runs:
        left = [(max(first, upto + 1), last) for first, last in runs[number] if last > upto]
        put_loose(meta, {**runs, number: left})
