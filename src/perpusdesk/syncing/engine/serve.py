"""The answering side of an exchange: a server, a hub, or a folder read by its owner.

Every request stands for itself: what an exchange has come to is in the stores alone, so it can end
anywhere and go on another day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.protocol.messages import (
    FRAME_BYTES,
    MESSAGE_BYTES,
    Buckets,
    BucketsWanted,
    Certificates,
    CertificatesWanted,
    Chunk,
    ChunkWanted,
    Cursor,
    Have,
    HaveWanted,
    Hello,
    Marks,
    MarksWanted,
    OpsWanted,
    Package,
    Piece,
    Pull,
    Pulled,
    Push,
    Pushed,
    Refusal,
    Request,
    Response,
    Snapshot,
    SnapshotWanted,
    StreamsWanted,
    Welcome,
)
from perpusdesk.syncing.engine.opening import open_all
from perpusdesk.syncing.engine.ports import Snapshots, Store, Trust

HAVE_PAGE: Final = 500
REPAIR_ROWS: Final = 40_000
"""More than a bucket has in a library of ten million loans; at most 2 MB in an answer."""
Random = Callable[[int], bytes]


class Server:
    """Answers one device after the other from one store."""

    def __init__(
        self, store: Store, trust: Trust, random: Random, snapshots: Snapshots | None = None
    ) -> None:
        """``snapshots`` are handed out to new devices, if there are any."""
        self._store, self._trust, self._random = store, trust, random
        self._snapshots = snapshots

    def handle(self, device: bytes, request: Request) -> Response:
        """Answer ``device``, whose key the transport has checked."""
        if isinstance(request, Hello):
            return self._hello(device, request)
        if isinstance(request, Certificates):
            self._trust.keep(request.certificates)
            return Certificates([])
        if isinstance(request, CertificatesWanted):
            return Certificates(self._trust.certificates(request.devices))
        if isinstance(request, HaveWanted):
            return self._have(request)
        if isinstance(request, Push | Piece):
            return self._push(device, request)
        if self._store.revoked(device):
            return Refusal("revoked")
        return self._give(request)

    # -- beginning ------------------------------------------------------------------------------

    def _hello(self, device: bytes, hello: Hello) -> Welcome | Refusal:
        store = self._store
        if hello.library != store.library:
            return Refusal("wrong_library")
        if hello.device != device:
            return Refusal("wrong_device")
        store.seal()
        mine = store.cursor()
        shown = [one for one in (hello.cursor, hello.witness) if one and one.epoch == mine.epoch]
        if not mine.epoch or not all(self._reached(one) for one in shown):
            store.begin_epoch(self._random(8))
            mine = store.cursor()
        known = hello.cursor is not None and self._knows(hello.cursor)
        store.note_contact(device, hello.facts)
        return Welcome(
            store.library, store.device, mine, known, store.now_ms(), self._standing(device)
        )

    def _reached(self, cursor: Cursor) -> bool:
        """Whether a device was told the truth: else this store lost what it had told."""
        heads = cursor.heads.items()
        return all(self._store.hash_at(lane, arrival) == hash_ for lane, (arrival, hash_) in heads)

    def _knows(self, cursor: Cursor) -> bool:
        return cursor.epoch == self._store.cursor().epoch and self._reached(cursor)

    def _standing(self, device: bytes) -> str:
        if self._store.revoked(device):
            return "revoked"
        return "ok" if self._trust.may_push(device) else "reader"

    def _have(self, request: HaveWanted) -> Have:
        cursor = self._store.cursor()
        streams = self._store.have(request.after, HAVE_PAGE + 1)
        return Have(streams[:HAVE_PAGE], cursor, len(streams) > HAVE_PAGE)

    # -- taking ---------------------------------------------------------------------------------

    def _push(self, device: bytes, request: Push | Piece) -> Pushed | Refusal:
        if not self._trust.may_push(device):
            return Refusal("may_not_push")
        if request.witness is not None and not self._knows(request.witness):
            return Refusal("unknown_cursor")
        if isinstance(request, Push):
            return self._take(device, request.packages)
        got, whole = self._store.put_piece(request, device)
        if whole is None:
            return Pushed(self._store.cursor(), got=got)
        return msgspec.structs.replace(self._take(device, [whole_package(whole)]), got=got)

    def _take(self, device: bytes, packages: list[Package]) -> Pushed:
        found = open_all(packages, self._trust, self._store.library)
        done = self._store.accept(found.opened, device) if found.opened else None
        new = done.new if done else 0
        return Pushed(self._store.cursor(), new, sorted(found.unknown), found.refused)

    # -- giving ---------------------------------------------------------------------------------

    def _give(self, request: Request) -> Response:
        if isinstance(request, Pull):
            return self._pull(request)
        if isinstance(request, StreamsWanted):
            return self._streams(request)
        if isinstance(request, BucketsWanted):
            rows = [(*key, *value) for key, value in sorted(self._store.buckets().items())]
            heads = self._store.cursor().heads
            return Buckets(rows, self._store.understanding(), heads)
        if isinstance(request, MarksWanted):
            return Marks(self._store.marks(request.buckets)[:REPAIR_ROWS])
        if isinstance(request, OpsWanted):
            return self._history(request)
        return self._snapshot(request)

    def _history(self, request: OpsWanted) -> Pulled:
        """Give what tells of some records; ``more``: there is too much of it for one answer."""
        given: list[Package] = []
        used = 0
        for package in self._store.with_ops_of(request.entities):
            used += package.size
            if given and used > MESSAGE_BYTES // 2:
                return Pulled(given, self._store.cursor(), more=True)
            given.append(package)
        return Pulled(given, self._store.cursor())

    def _snapshot(self, request: Request) -> Snapshot | Chunk | Refusal:
        if isinstance(request, SnapshotWanted):
            signed = self._snapshots.current() if self._snapshots else None
            if signed is None:
                return Refusal("no_snapshot")
            return Snapshot(signed.body, signed.signature, signed.certificate)
        if isinstance(request, ChunkWanted):
            shelf = self._snapshots
            return Chunk((shelf.chunk(request.name, request.number) if shelf else None) or b"")
        return Refusal("unknown_request")

    def _pull(self, request: Pull) -> Pulled | Refusal:
        """Give the next packages of the first lane that has some."""
        if not self._knows(request.cursor):
            return Refusal("unknown_cursor")
        for lane in LANES[:1] if request.urgent else LANES:
            arrival, hash_ = request.cursor.heads.get(lane, (0, bytes(8)))
            found = self._store.after(lane, arrival)
            if found:
                given, piece = _fit((one.package for one in found), request.limit, request.got)
                arrival += len(given)
                there = self._store.hash_at(lane, arrival) or hash_
                heads = {**request.cursor.heads, lane: (arrival, there)}
                cursor = Cursor(request.cursor.epoch, heads)
                return Pulled(given, cursor, more=True, piece=piece, lane=lane)
        if self._store.seal():  # what this server wrote meanwhile, as about a clock that runs ahead
            return self._pull(request)
        return Pulled([], request.cursor, essence=self._store.essence())

    def _streams(self, request: StreamsWanted) -> Pulled:
        def all_of() -> Iterator[Package]:
            for device, incarnation, after in request.streams:
                for _, package in self._store.of_stream(device, incarnation, after):
                    yield package

        given, piece = _fit(all_of(), request.limit, request.got)
        return Pulled(given, self._store.cursor(), more=bool(given or piece), piece=piece)


def _fit(
    packages: Iterable[Package], limit: int, got: tuple[bytes, int] | None
) -> tuple[list[Package], Piece | None]:
    """Return the packages that fit into one frame, or a piece of the first if that one does not."""
    room = max(1024, min(limit, FRAME_BYTES))
    given: list[Package] = []
    used = 0
    for package in packages:
        if not given and package.size > room:
            return [], piece_of(package, got, room)
        if used + package.size > room:
            break
        given.append(package)
        used += package.size
    return given, None


def piece_of(package: Package, got: tuple[bytes, int] | None, room: int) -> Piece:
    """Return the piece of a package that follows what the other side has of it."""
    data = package_bytes_of(package)
    start = got[1] if got is not None and got[0] == package.content else 0
    return Piece(package.content, start, len(data), data[start : start + room])


def package_bytes_of(package: Package) -> bytes:
    """Return signature and body in one row of bytes, as pieces are cut from it."""
    return package.joined


def whole_package(data: bytes) -> Package:
    """Return the package that pieces were cut from."""
    return Package.parted(data)
