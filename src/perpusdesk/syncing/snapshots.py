"""Snapshots as files: made and handed out in pieces, gathered piece by piece, put in when whole."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

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
from perpusdesk.storage.library import Library
from perpusdesk.storage.snapshot import SnapshotFacts, make_snapshot, put_in

_MANIFEST: Final = "snapshot.manifest"
_PACKED: Final = "snapshot.packed"
_PLAIN: Final = "snapshot.plain"
_MOST_PLAIN: Final = 64 * 1024**3


class Shelf:
    """The one snapshot that a device hands out, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        plain, packed = self._folder / _PLAIN, self._folder / f"{_PACKED}.new"
        try:
            facts = make_snapshot(library, plain)
            _pack(plain, packed)
            manifest = _manifest(facts, packed, library, program)
            body = write_manifest(manifest)
            signed = SignedManifest(body, sign(signing_bytes(library.id, body)), certificate)
            packed.replace(self._folder / _PACKED)
            write_atomically(self._folder / _MANIFEST, msgspec.msgpack.encode(signed))
        except OSError as error:
            raise as_known(error, self._folder) or error from error
        finally:
            for left in (plain, packed):
                left.unlink(missing_ok=True)
        self._signed = signed
        return signed

    def current(self) -> SignedManifest | None:
        """Return the snapshot's manifest, or ``None`` when there is none that can be read."""
        if self._signed is None:
            with contextlib.suppress(OSError, msgspec.DecodeError):
                data = (self._folder / _MANIFEST).read_bytes()
                self._signed = msgspec.msgpack.decode(data, type=SignedManifest)
        return self._signed

    def chunk(self, name: bytes, number: int) -> bytes | None:
        """Return a piece of the snapshot of this name, ``None`` when that is not the one here."""
        signed = self.current()
        if signed is None or signed.name != name or number < 0:
            return None
        try:
            with (self._folder / _PACKED).open("rb") as file:
                file.seek(number * CHUNK_BYTES)
                return file.read(CHUNK_BYTES) or None
        except OSError:
            return None


class Gathering:
    """A snapshot on its way in: goes on where it stopped, however often it is begun again."""

    def __init__(self, folder: Path, signed: SignedManifest, authority: bytes) -> None:
        """``authority`` is the library's pinned key. Raises ``KnownError`` for what is forged."""
        self.signed = signed
        self.manifest = proven(signed, authority)
        self._folder = folder
        self._file = folder / f"{signed.name.hex()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("*.part"):
                if old != self._file:
                    old.unlink()
            self._file.touch()
            self._have = self._whole_chunks()
        except OSError as error:
            raise as_known(error, folder) or error from error

    def _whole_chunks(self) -> int:
        """Return how many pieces are here and whole; pieces come in order."""
        count = 0
        with self._file.open("rb") as file:
            for wanted in self.manifest.chunks:
                if hash_of(file.read(self.manifest.chunk_bytes)) != wanted:
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
            with self._file.open("r+b") as file:
                file.seek(number * self.manifest.chunk_bytes)
                file.write(chunk)
                file.truncate()
        except OSError as error:
            raise as_known(error, self._file) or error from error
        self._have += 1
        return True

    def put_in(self, library: Library) -> None:
        """Unpack it and fill the library; raises ``KnownError``, then the library is as it was."""
        manifest, plain = self.manifest, self._folder / _PLAIN
        facts = SnapshotFacts(
            library=manifest.library,
            schema=manifest.schema,
            digest=manifest.digest,
            ops=manifest.ops,
            rows=manifest.rows,
            clock=manifest.clock,
        )
        try:
            _unpack(self._file, plain)
            put_in(library, plain, facts)
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise as_known(error, plain) or error from error
        finally:
            plain.unlink(missing_ok=True)


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


def _pack(plain: Path, packed: Path) -> None:
    with plain.open("rb") as source, packed.open("wb") as target:
        zstandard.ZstdCompressor(level=3).copy_stream(source, target)


def _unpack(packed: Path, plain: Path) -> None:
    room = shutil.disk_usage(plain.parent).free
    try:
        with packed.open("rb") as source, plain.open("wb") as target:
            for part in zstandard.ZstdDecompressor().read_to_iter(source):
                if target.tell() + len(part) > min(room, _MOST_PLAIN):
                    raise KnownError(Fault.DISK_FULL, path=str(plain))
                target.write(part)
    except zstandard.ZstdError as error:
        raise KnownError(Fault.DAMAGED, file=str(packed)) from error


def _manifest(facts: SnapshotFacts, packed: Path, library: Library, program: str) -> Manifest:
    with packed.open("rb") as file:
        chunks = [hash_of(part) for part in iter(lambda: file.read(CHUNK_BYTES), b"")]
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
        packed_bytes=packed.stat().st_size,
        chunks=chunks,
    )
