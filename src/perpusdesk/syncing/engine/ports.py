"""What the engine needs from outside: a store of ops and packages, and who is trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from perpusdesk.protocol.messages import Cursor, Facts, Package, Piece
from perpusdesk.protocol.opened import Accepted, Arrival, Opened, PeerState
from perpusdesk.protocol.snapshot import SignedManifest


class Store(Protocol):
    """The exchange's side of one library (``storage.exchange_store.ExchangeStore``).

    Each call is all or nothing.
    """

    library: bytes
    device: bytes

    def now_ms(self) -> int:
        """The believed time in Unix ms."""

    def seal(self) -> int:
        """Sign the own ops that are in no package yet; return how many."""

    def unsealed(self) -> int:
        """Return how many own ops are in no package yet."""

    def cursor(self) -> Cursor:
        """Return the end of this store's log of arrivals."""

    def hash_at(self, lane: int, arrival: int) -> bytes | None:
        """Return the running hash at a place of a lane, ``None`` when that is not reached."""

    def begin_epoch(self, random: bytes) -> None:
        """Say from now on that this log is another one than before."""

    def have(
        self, after: tuple[bytes, int] | None, limit: int
    ) -> list[tuple[bytes, int, int, int]]:
        """Return streams in order: (device, incarnation, seq known without gap, highest seq)."""

    def reach(self, streams: Iterable[tuple[bytes, int]]) -> dict[tuple[bytes, int], int]:
        """Return up to which seq streams are known without a gap (0: not at all)."""

    def after(self, lane: int, arrival: int) -> list[Arrival]:
        """Return some of the next packages of a lane, in the order they arrived."""

    def of_stream(self, device: bytes, incarnation: int, after: int) -> list[tuple[int, Package]]:
        """Return some of the next packages of a stream that go beyond a seq, with their last."""

    def with_ops_of(self, entities: Sequence[bytes]) -> Iterator[Package]:
        """Yield the packages that hold ops of some records."""

    def accept(
        self,
        packages: Sequence[Opened],
        source: bytes | None,
        states: Mapping[bytes, PeerState] | None = None,
    ) -> Accepted:
        """Take in packages and what they say of peers, in one transaction."""

    def peer(self, peer: bytes) -> PeerState:
        """Return how far the exchange with a peer has come."""

    def put_peer(self, peer: bytes, state: PeerState) -> None:
        """Keep how far the exchange with a peer has come."""

    def note_contact(self, device: bytes, facts: Facts) -> None:
        """Remember when a device was here last, and how it was."""

    def revoked(self, device: bytes) -> bool:
        """Whether the library revoked a device."""

    def put_piece(self, piece: Piece, source: bytes) -> tuple[int, bytes | None]:
        """Keep a piece; return how many bytes are here, and the whole package with the last."""

    def essence(self) -> bytes:
        """Return 8 bytes that all rows come to."""

    def understanding(self) -> str:
        """Return what names the ops and fields that this program can fold."""

    def buckets(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return the digest: by type and bucket the xor of the marks and the number of rows."""

    def marks(self, buckets: Iterable[tuple[str, int]]) -> list[tuple[str, bytes, int]]:
        """Return (type, entity, mark) of the rows in some buckets."""

    def fold_anew(self, records: Mapping[str, Iterable[bytes]]) -> None:
        """Make the rows of records anew from the log."""


class Trust(Protocol):
    """Whose signatures count; certificates are checked against the library's authority."""

    def keys_of(self, short: bytes) -> list[tuple[bytes, bytes]]:
        """Return (device, public key) of every certificate under a short name."""

    def certificates(self, shorts: Iterable[bytes]) -> list[bytes]:
        """Return the certificates of devices, by short name."""

    def keep(self, certificates: Iterable[bytes]) -> int:
        """Keep certificates that the authority signed; return how many were new."""

    def may_redact(self, device: bytes) -> bool:
        """Whether a device may take words of erased persons out of what others wrote."""

    def may_push(self, device: bytes) -> bool:
        """Whether a device's role lets it add to the library."""


class Snapshots(Protocol):
    """Snapshots that a server hands out (``syncing.snapshots.Shelf``)."""

    def current(self) -> SignedManifest | None:
        """Return the snapshot's manifest, or ``None`` when there is none."""

    def chunk(self, name: bytes, number: int) -> bytes | None:
        """Return a piece of the snapshot of this name, ``None`` when that is not the one here."""
