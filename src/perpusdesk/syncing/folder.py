"""Exchange through a folder, mostly on a stick: read what is new there, add what it lacks.

The folder holds the packages of all devices that came by. No file in it is changed, so it can be
read twice, in any order, under any names, and half a file harms nobody.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.common.given_files import PACKAGES, STICK_FOLDER
from perpusdesk.domain.merge.lanes import lane_of_stream
from perpusdesk.protocol import stick
from perpusdesk.protocol.certificates import short_name
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened
from perpusdesk.protocol.stick import Content, Index, StickError, StickFault
from perpusdesk.protocol.wire import read_header
from perpusdesk.syncing.engine.opening import Flaw, open_package
from perpusdesk.syncing.engine.ports import Store, Trust
from perpusdesk.syncing.runs import Runs

PLACE: Final = STICK_FOLDER
SUFFIX: Final = PACKAGES
SPOILT: Final = ".rusak"
"""What a file ends in that turned out to be damaged, so that others write its packages anew."""
STICK: Final = b"stick"
"""What a package came from when a stick brought it."""
_MOST_FILES: Final = 5_000
_FILE_BYTES: Final = 2 * 1024 * 1024
_TURN_BYTES: Final = 64 * 1024
_PAGE: Final = 500


@dataclass(slots=True)
class FolderOutcome:
    """What an exchange through a folder did; files by name, packages and ops by number.

    ``full``: the stick had no room for ``left`` ops. ``other_library``: files of another library
    lie there too, and were left alone. ``refused``: packages that nobody we trust signed.
    """

    files: int = 0
    received: int = 0
    held: int = 0
    sent: int = 0
    left: int = 0
    full: bool = False
    half: list[str] = field(default_factory=list)
    sealed_otherwise: list[str] = field(default_factory=list)
    too_new: list[str] = field(default_factory=list)
    other_library: int = 0
    refused: list[str] = field(default_factory=list)
    bytes_read: int = 0
    bytes_written: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    index: Index


class FolderExchange:
    """One exchange of a store with a folder, in short turns."""

    def __init__(
        self,
        store: Store,
        trust: Trust,
        folder: Path,
        secret: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        """``secret`` is the library's key for sticks; ``folder`` the stick, or a folder on it."""
        self._store, self._trust, self._random = store, trust, random
        self._folder, self._secret = folder, secret
        self.outcome = FolderOutcome()

    def steps(self) -> Iterator[FolderOutcome]:
        """Do it turn by turn, each a short piece of work on the store.

        Raises ``KnownError`` when the folder cannot be read or written at all.
        """
        found = self._look()
        for one in found:
            yield from self._read(one)
        self._store.seal()
        yield self.outcome
        yield from self._write([run for one in found for run in one.index.runs])

    # -- reading --------------------------------------------------------------------------------

    def _look(self) -> list[_Found]:
        """Return the files of this library, the oldest first."""
        found = []
        for path in self._files():
            try:
                found.append(_Found(path, self._index(path)))
            except StickError as error:
                self._note(path, error.fault)
            except OSError:
                self.outcome.half.append(path.name)
        self.outcome.files = len(found)
        return sorted(found, key=lambda one: (one.index.written_ms, one.path.name))

    def _files(self) -> Iterable[Path]:
        """Yield what may be ours, under whatever name, in the folder and in our place in it."""
        try:
            if not self._folder.is_dir():
                raise KnownError(Fault.UNREADABLE_FILE, file=str(self._folder), missing=True)
            places = [self._folder, self._folder / PLACE]
            listed = [path for place in places if place.is_dir() for path in place.iterdir()]
        except OSError as error:
            raise self._known(error) from error
        wanted = (path for path in listed[:_MOST_FILES] if not path.name.startswith("."))
        return sorted(path for path in wanted if path.is_file() and path.suffix != SPOILT)

    def _index(self, path: Path) -> Index:
        with path.open("rb") as file:
            head = file.read(stick.HEAD_BYTES)
            length = stick.index_bytes(head, self._store.library)
            data = head + file.read(length - len(head))
        return stick.read_index(data, path.stat().st_size, self._secret, self._store.library)

    def _note(self, path: Path, fault: StickFault) -> None:
        if fault is StickFault.OTHER_LIBRARY:
            self.outcome.other_library += 1
        elif fault is StickFault.HALF:
            self.outcome.half.append(path.name)
        elif fault is StickFault.TOO_NEW:
            self.outcome.too_new.append(path.name)
        elif fault is StickFault.SEALED_OTHERWISE:
            self.outcome.sealed_otherwise.append(path.name)

    def _read(self, one: _Found) -> Iterator[FolderOutcome]:
        if not self._brings(one.index):
            return
        try:
            data = _read_whole(one.path)
            content = stick.read_content(data, self._secret, self._store.library)
        except StickError as error:
            self._note(one.path, error.fault)
            _set_aside(one.path)
            return
        except OSError:
            self.outcome.half.append(one.path.name)
            return
        self.outcome.bytes_read += len(data)
        self._trust.keep(content.certificates)
        for part in _in_turns(content.packages):
            self._take(part)
            yield self.outcome

    def _brings(self, index: Index) -> bool:
        """Whether a file holds something that is not here."""
        reach = self._store.reach({(device, run) for device, run, _, _ in index.runs})
        return any(last > reach[device, run] for device, run, _, last in index.runs)

    def _take(self, packages: list[Package]) -> None:
        opened = []
        for package in packages:
            one = open_package(package, self._trust, self._store.library)
            if isinstance(one, Opened):
                opened.append(one)
            else:
                self.outcome.refused.append(str(Flaw(one) if one in set(Flaw) else one))
        if opened:
            done = self._store.accept(opened, STICK)
            self.outcome.received += done.new
            self.outcome.held += done.held

    # -- writing --------------------------------------------------------------------------------

    def _write(self, there: Iterable[tuple[bytes, int, int, int]]) -> Iterator[FolderOutcome]:
        batch: list[tuple[Package, tuple[bytes, int, int, int]]] = []
        size = 0
        for package, run in self._lacking(Runs(there)):
            if self.outcome.full:
                self.outcome.left += run[3] - run[2] + 1
                continue
            if batch and size + package.size > _FILE_BYTES:
                self._put(batch)
                yield self.outcome
                batch, size = [], 0
            batch.append((package, run))
            size += package.size
        self._put(batch)
        yield self.outcome

    def _lacking(self, there: Runs) -> Iterator[tuple[Package, tuple[bytes, int, int, int]]]:
        """Yield the packages that are not there, loans before the catalogue."""
        for device, run, _, top in sorted(self._streams(), key=lambda one: lane_of_stream(one[1])):
            after = there.dense(device, run)
            while after < top and (found := self._store.of_stream(device, run, after)):
                for last, package in found:
                    first = read_header(package.body).first
                    if not there.covers(device, run, first, last):
                        yield package, (device, run, first, last)
                    after = max(after, last)

    def _streams(self) -> list[tuple[bytes, int, int, int]]:
        found: list[tuple[bytes, int, int, int]] = []
        after: tuple[bytes, int] | None = None
        while page := self._store.have(after, _PAGE):
            found += page
            after = page[-1][:2]
        return found

    def _put(self, batch: list[tuple[Package, tuple[bytes, int, int, int]]]) -> None:
        """Write a file; where it does not fit, halves of it, until nothing fits any more."""
        ops = sum(last - first + 1 for _, (_, _, first, last) in batch)
        if not batch or self.outcome.full:
            self.outcome.left += ops
            return
        data = self._file_of(batch)
        try:
            self._store_file(data)
        except KnownError as error:
            if error.fault is not Fault.DISK_FULL:
                raise
            half = len(batch) // 2
            if half:
                self._put(batch[:half])
                self._put(batch[half:])
            else:
                self.outcome.full = True
                self.outcome.left += ops
            return
        self.outcome.sent += ops
        self.outcome.bytes_written += len(data)

    def _file_of(self, batch: list[tuple[Package, tuple[bytes, int, int, int]]]) -> bytes:
        library, runs = self._store.library, Runs(run for _, run in batch)
        index = Index(self._store.device, self._store.now_ms(), runs.merged())
        shorts = sorted({short_name(run[0]) for _, run in batch})
        content = Content([package for package, _ in batch], self._trust.certificates(shorts))
        nonce = self._random(stick.NONCE_BYTES)
        return stick.write_file(self._secret, library, index, content, nonce)

    def _store_file(self, data: bytes) -> None:
        name = f"{stick.tag_of(self._store.library).hex()}-{self._random(8).hex()}{SUFFIX}"
        path = self._folder / PLACE / name
        try:
            write_atomically(path, data)
        except OSError as error:
            raise self._known(error) from error

    def _known(self, error: OSError) -> KnownError:
        known, cause = as_known(error, self._folder), str(error)
        return known or KnownError(Fault.UNREADABLE_FILE, file=str(self._folder), cause=cause)


def _read_whole(path: Path) -> bytes:
    if path.stat().st_size > stick.MOST_BYTES:
        raise StickError(StickFault.HALF)
    return path.read_bytes()


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):  # a stick that cannot be written to
        path.rename(path.with_name(path.name + SPOILT))


def _in_turns(packages: Iterable[Package]) -> Iterator[list[Package]]:
    part: list[Package] = []
    size = 0
    for package in packages:
        if part and size + package.size > _TURN_BYTES:
            yield part
            part, size = [], 0
        part.append(package)
        size += package.size
    if part:
        yield part
