"""Backups of what PostgreSQL's own program writes: sealed piece by piece as it comes."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.whole_file import Beside
from perpusdesk.storage import marks
from perpusdesk.storage.backup.manifest import KeptFile, Manifest
from perpusdesk.storage.backup.packing import Packer
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.store import Store
from perpusdesk.storage.backup.writing import Source, Written, put_manifest
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import latest_step

DUMP: Final = "dump/library.dump"
_PART: Final = 1 << 20


class DumpPieces:
    """Takes a dump as it comes; nothing of it lies open on a disk. The store is ours alone."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing."""
        self._store, self._packer = store, Packer(store)
        self._numbers: list[int] = []
        self._size = 0

    def take(self, stream: IO[bytes]) -> None:
        """Seal all of a stream."""
        while part := stream.read(_PART):
            self._numbers.append(self._packer.add(part))
            self._size += len(part)
        self._packer.flush()

    def finish(self, source: Source, library: Library) -> Written:
        """Write the manifest, now that the dump is known to be whole.

        ``library`` tells what there is, a moment before or after the dump.
        """
        counts = library.rows("select type, sum(rows) from digest group by type")
        ops = int(library.value("select count(*) from op"))
        pieces = self._packer.pieces
        made = Manifest(
            library=source.library,
            device=source.device,
            name=source.name,
            branch=source.branch,
            program=source.program,
            schema=latest_step(),
            at_ms=source.at_ms,
            digest=marks.digest(library.database),
            rows={**{str(kind): int(count) for kind, count in counts}, "op": ops},
            have=library.have(),
            chain=dict(source.chain),
            encrypted=True,
            dump=True,
            files=[KeptFile(DUMP, self._size, self._numbers)],
            packs=pieces.packs,
            names=pieces.names(),
            where=pieces.where(),
        )
        return put_manifest(self._store, made, self._packer.new_bytes)


def write_dump(backup: OpenBackup, target: Path) -> int:
    """Write the dump of a backup as a file for ``pg_restore``; return its bytes.

    Raises ``KnownError``, ``NOT_A_LIBRARY`` for a backup that is no dump.
    """
    kept = next((file for file in backup.manifest.files if file.path == DUMP), None)
    if kept is None:
        raise KnownError(Fault.NOT_A_LIBRARY, file=backup.name, dump=False)
    with Beside(target) as beside, beside.open("wb") as file:
        for part in backup.file_pieces(kept):
            file.write(part)
    target.chmod(0o600)
    return kept.size
