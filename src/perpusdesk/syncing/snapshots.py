"""Snapshots as files: made and handed out in pieces, gathered piece by piece, put in when whole.

On the disk each piece is sealed under the key of the library beside it; where that is not encrypted
(``key`` is ``None``) the pieces lie as they are. The pieces that are exchanged are the same.
"""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import zstandard

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.protocol.certificates import Certificate, CertificateError, read
from perpusdesk.protocol.keys import verify
from perpusdesk.protocol.snapshot import (
    CHUNK_BYTES,
    Manifest,
    SignedManifest,
    hash_of,
    read_manifest,
    signing_bytes,
    write_manifest,
)
from perpusdesk.storage import scratch
from perpusdesk.storage.library import Library
from perpusdesk.storage.snapshot import SnapshotFacts, make_snapshot, put_in
from perpusdesk.syncing.piece_file import PieceFile

_MANIFEST: Final = "snapshot.manifest"
_PIECES: Final = "snapshot.pieces"
_PASSING: Final = "snapshot.passing"
_FORMER: Final = ("snapshot.packed", "snapshot.packed.new", "snapshot.plain", "*.part")
"""What former versions left, in the open."""
_MOST_PLAIN: Final = 64 * 1024**3


class Shelf:
    """The one snapshot that a device hands out, in a folder of its own."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        """``key`` is the library's own; see the module."""
        self._folder = folder
        self._pieces = PieceFile(folder / _PIECES, key)
        _remove_former(folder)
        self._signed: SignedManifest | None = None

    def make(
        self,
        library: Library,
        sign: Callable[[bytes], bytes],
        certificate: bytes,
        program: str,
    ) -> SignedManifest:
        """Make a new snapshot in the place of the old one; raises ``KnownError``.

        Reads beside the library's own connection, so any thread may do it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        passing, coming = self._folder / _PASSING, self._pieces.beside()
        try:
            facts = make_snapshot(library, passing)
            hashes, size = coming.fill(_packed(passing))
            manifest = _manifest(facts, hashes, size, library, program)
            body = write_manifest(manifest)
            signed = SignedManifest(body, sign(signing_bytes(library.id, body)), certificate)
            coming.path.replace(self._pieces.path)
            write_atomically(self._folder / _MANIFEST, msgspec.msgpack.encode(signed))
        except OSError as error:
            raise as_known(error, self._folder) or error from error
        finally:
            for left in (passing, coming.path):
                left.unlink(missing_ok=True)
        self._signed = signed
        return signed

    def current(self) -> SignedManifest | None:
        """Return the snapshot's manifest, or ``None`` when there is none that can be read."""
        if self._signed is None and self._pieces.path.is_file():
            with contextlib.suppress(OSError, msgspec.DecodeError):
                data = (self._folder / _MANIFEST).read_bytes()
                self._signed = msgspec.msgpack.decode(data, type=SignedManifest)
        return self._signed

    def chunk(self, name: bytes, number: int) -> bytes | None:
        """Return a piece of the snapshot of this name, ``None`` when that is not the one here."""
        signed = self.current()
        if signed is None or signed.name != name or number < 0:
            return None
        return self._pieces.read(number)


class Gathering:
    """A snapshot on its way in: goes on where it stopped, however often it is begun again."""

    def __init__(
        self, folder: Path, signed: SignedManifest, authority: bytes, key: bytes | None
    ) -> None:
        """``authority`` is the library's pinned key, ``key`` the one that seals what lies here.

        Raises ``KnownError`` for what is forged.
        """
        self.signed = signed
        self.manifest = proven(signed, authority)
        self._folder = folder
        self._pieces = PieceFile(folder / f"{signed.name.hex()}.pieces", key)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _remove_former(folder)
            for old in folder.glob("*.pieces"):
                if old != self._pieces.path:
                    old.unlink()
            self._pieces.path.touch()
            self._have = self._whole_chunks()
        except OSError as error:
            raise as_known(error, folder) or error from error

    def _whole_chunks(self) -> int:
        """Return how many pieces are here and whole; pieces come in order."""
        count = 0
        for wanted in self.manifest.chunks:
            piece = self._pieces.read(count)
            if piece is None or hash_of(piece) != wanted:
                break
            count += 1
        return count

    @property
    def next(self) -> int | None:
        """The number of the next piece to ask for, ``None`` when all are here."""
        return self._have if self._have < len(self.manifest.chunks) else None

    @property
    def done(self) -> float:
        """How much of it is here, from 0 to 1."""
        return self._have / max(1, len(self.manifest.chunks))

    def put(self, chunk: bytes) -> bool:
        """Take in the next piece; ``False`` when it is not what its maker signed."""
        number = self.next
        if number is None or hash_of(chunk) != self.manifest.chunks[number]:
            return False
        try:
            self._pieces.put(number, chunk)
        except OSError as error:
            raise as_known(error, self._pieces.path) or error from error
        self._have += 1
        return True

    def put_in(self, library: Library) -> None:
        """Unpack it and fill the library; raises ``KnownError``, then the library is as it was."""
        manifest, passing = self.manifest, self._folder / _PASSING
        facts = SnapshotFacts(
            library=manifest.library,
            schema=manifest.schema,
            digest=manifest.digest,
            ops=manifest.ops,
            rows=manifest.rows,
            clock=manifest.clock,
        )
        try:
            _unpack(self._pieces, len(manifest.chunks), passing)
            put_in(library, passing, facts)
            self._pieces.path.unlink(missing_ok=True)
        except OSError as error:
            raise as_known(error, passing) or error from error
        finally:
            passing.unlink(missing_ok=True)


def proven(signed: SignedManifest, authority: bytes) -> Manifest:
    """Return the manifest if a device of the library signed it; raises ``KnownError``."""
    manifest = read_manifest(signed.body)
    maker = _maker(signed, authority)
    if (
        manifest is None
        or maker is None
        or (maker.library, maker.device)
        != (
            manifest.library,
            manifest.maker,
        )
    ):
        raise KnownError(Fault.DAMAGED, file=_MANIFEST)
    if not verify(maker.key, signed.signature, signing_bytes(manifest.library, signed.body)):
        raise KnownError(Fault.DAMAGED, file=_MANIFEST)
    return manifest


def _maker(signed: SignedManifest, authority: bytes) -> Certificate | None:
    try:
        return read(signed.certificate, authority)
    except CertificateError:
        return None


def _remove_former(folder: Path) -> None:
    for name in _FORMER:
        for file in folder.glob(name):
            with contextlib.suppress(OSError):
                file.unlink()


def _packed(passing: Path) -> Iterator[bytes]:
    """Yield a snapshot compressed, in pieces of ``CHUNK_BYTES``."""
    press: Any = zstandard.ZstdCompressor(level=3).chunker(chunk_size=CHUNK_BYTES)
    for block in scratch.read_blocks(passing):
        yield from press.compress(block)
    yield from press.finish()


class _Pieces(io.RawIOBase):
    """The pieces of a snapshot as one stream."""

    def __init__(self, pieces: PieceFile, count: int) -> None:
        self._parts = (pieces.read(number) or b"" for number in range(count))
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Put some of it into a buffer; 0 at the end."""
        self._rest = self._rest or next(self._parts, b"")
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _unpack(pieces: PieceFile, count: int, passing: Path) -> None:
    room = shutil.disk_usage(passing.parent).free
    written = 0
    try:
        with passing.open("wb") as target:
            writer = scratch.Writer(target)
            stream = io.BufferedReader(_Pieces(pieces, count))
            for part in zstandard.ZstdDecompressor().read_to_iter(stream):
                written += len(part)
                if written > min(room, _MOST_PLAIN):
                    raise KnownError(Fault.DISK_FULL, path=str(passing))
                writer.write(part)
            writer.close()
    except zstandard.ZstdError as error:
        raise KnownError(Fault.DAMAGED, file=str(pieces.path)) from error


def _manifest(
    facts: SnapshotFacts, hashes: list[bytes], size: int, library: Library, program: str
) -> Manifest:
    return Manifest(
        library=facts.library,
        maker=library.device,
        made_ms=library.now_ms(),
        program=program,
        schema=facts.schema,
        digest=facts.digest,
        ops=facts.ops,
        rows=facts.rows,
        clock=facts.clock,
        packed_bytes=size,
        chunks=hashes,
    )
