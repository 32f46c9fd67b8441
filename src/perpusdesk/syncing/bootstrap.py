"""Starting a new device: a snapshot first, if the peer hands one out, then the usual exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from perpusdesk.protocol.messages import Chunk, ChunkWanted, Snapshot, SnapshotWanted
from perpusdesk.protocol.snapshot import SignedManifest
from perpusdesk.storage.library import Library
from perpusdesk.syncing.engine.talk import BrokenOffError, Talk, ask
from perpusdesk.syncing.snapshots import Gathering

_FEW: Final = (5_000, 5_001)


def is_new(library: Library) -> bool:
    """Whether this device knows nothing of what others did, and did little itself."""
    query = "select 1 from op o join stream s on s.number = o.stream where s.device <> ? limit 1"
    if library.value(query, library.device) is not None:
        return False
    return bool(library.value("select count(*) <= ? from (select 1 from op limit ?) o", *_FEW))


def fetch_snapshot(
    library: Library,
    folder: Path,
    authority: bytes,
    progress: Callable[[float], None] = lambda _part: None,
) -> Talk[bool]:
    """Receive a snapshot piece by piece and fill the library with it; ``False``: there is none.

    Goes on where it broke off, as long as the peer hands out the same one. Raises ``KnownError``
    for one that is forged, damaged, or of another schema; the library is then as it was.
    """
    try:
        answer = yield from ask(SnapshotWanted(), Snapshot)
    except BrokenOffError as error:
        if error.reason == "no_snapshot":
            return False
        raise
    signed = SignedManifest(answer.body, answer.signature, answer.certificate)
    gathering = Gathering(folder, signed, authority, library.key)
    while (number := gathering.next) is not None:
        chunk = yield from ask(ChunkWanted(signed.name, number), Chunk)
        if not gathering.put(chunk.data):
            raise BrokenOffError("another_snapshot" if not chunk.data else "damaged")
        progress(gathering.done)
    gathering.put_in(library)
    return True
