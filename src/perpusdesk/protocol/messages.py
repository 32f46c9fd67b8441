"""What two devices say to each other during an exchange; the same over HTTP, LAN and in a folder.

Every message is MessagePack of a tagged array behind one byte of protocol version. New fields are
added at the end with a default; a peer that does not know them skips them. The version rises only
when an old peer would misunderstand; a server understands the two before its own.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

import msgspec

from perpusdesk.protocol.keys import SIGNATURE_BYTES

PROTOCOL: Final = 1
OLDEST_PROTOCOL: Final = 1
FRAME_BYTES: Final = 32 * 1024
"""Most bytes of packages in one message: some seconds on a bad mobile link."""
MESSAGE_BYTES: Final = 4 * 1024 * 1024
"""Most bytes of any message: what is longer is refused unread."""

_REDACTED: Final = b"\x0f"
"""Before the note on what was taken out: no body begins so, for the wire has no format 15."""

Heads = dict[int, tuple[int, bytes]]
"""By lane: how many packages arrived, and the running hash (8 bytes) over them."""


class Package(msgspec.Struct, frozen=True, array_like=True):
    """A signed batch of ops of one stream (``protocol.wire``), relayed as it is.

    ``redacted`` is empty, or tells (``protocol.redacted``) in place of which package this one
    stands, and who took words out of it and signed the rest.
    """

    body: bytes
    signature: bytes
    redacted: bytes = b""

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self.body) + len(self.signature) + len(self.redacted)

    @property
    def digest(self) -> bytes:
        """16 bytes that name this package in logs, the same after words were taken out of it."""
        if self.redacted:
            return self.redacted[:16]
        return blake2b(self.body + self.signature, digest_size=16).digest()

    @property
    def content(self) -> bytes:
        """16 bytes that name just these bytes."""
        return blake2b(self.joined, digest_size=16).digest() if self.redacted else self.digest

    @property
    def joined(self) -> bytes:
        """All of it in one row of bytes, as pieces are cut from it."""
        if not self.redacted:
            return self.signature + self.body
        return self.signature + _REDACTED + bytes([len(self.redacted)]) + self.redacted + self.body

    @classmethod
    def parted(cls, data: bytes) -> Package:
        """Return the package that pieces were cut from."""
        signature, rest = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
        if rest[:1] != _REDACTED or len(rest) < 2:
            return cls(rest, signature)
        end = 2 + rest[1]
        return cls(rest[end:], signature, rest[2:end])


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """A place in a server's log of arrivals; ``epoch`` changes when the server lost some of it."""

    epoch: bytes
    heads: Heads


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """How the caller is, for the administrator's list of devices; no personal data."""

    now_ms: int = 0
    program: str = ""
    waiting: int = 0
    conflicts: int = 0
    held: int = 0
    clock_suspect: bool = False
    backup_ms: int = 0
    understanding: str = ""


class Hello(msgspec.Struct, frozen=True, array_like=True, tag="hello"):
    """Begin: who I am, how far I read your log, and the furthest of it that I was ever told."""

    library: bytes
    device: bytes
    cursor: Cursor | None = None
    witness: Cursor | None = None
    facts: Facts = Facts()


class Welcome(msgspec.Struct, frozen=True, array_like=True, tag="welcome"):
    """``known``: your cursor is a place in my log, so go on from there; else compare what we have.

    ``standing`` is ``ok``, ``revoked`` (may send, gets nothing) or ``reader`` (may only get).
    """

    library: bytes
    peer: bytes
    cursor: Cursor
    known: bool
    now_ms: int
    standing: str = "ok"
    certificate: bytes = b""


class HaveWanted(msgspec.Struct, frozen=True, array_like=True, tag="have?"):
    """Ask for one page of the have-map, streams in order, after this one."""

    after: tuple[bytes, int] | None = None


class Have(msgspec.Struct, frozen=True, array_like=True, tag="have"):
    """Streams as (device, incarnation, seq known without gap, highest seq); and my log's end."""

    streams: list[tuple[bytes, int, int, int]]
    cursor: Cursor
    more: bool = False


class Push(msgspec.Struct, frozen=True, array_like=True, tag="push"):
    """Packages for you; ``witness`` is the furthest of your log that I was told in this exchange.

    If you know nothing of that, you were restored meanwhile: then what you acknowledged is lost.
    """

    packages: list[Package]
    witness: Cursor | None = None


class Piece(msgspec.Struct, frozen=True, array_like=True, tag="piece"):
    """A part of one package that is too large for a frame: bytes of body and signature joined.

    ``witness`` is as in ``Push``.
    """

    digest: bytes
    start: int
    total: int
    data: bytes
    witness: Cursor | None = None


class Pushed(msgspec.Struct, frozen=True, array_like=True, tag="pushed"):
    """What was accepted is safe on disk. ``unknown``: devices whose certificates I lack.

    ``refused`` tells by place in the push why a package was not accepted; ``got`` how many bytes
    of a package in pieces are here.
    """

    cursor: Cursor
    new: int = 0
    unknown: list[bytes] = []
    refused: list[tuple[int, str]] = []
    got: int = 0


class Certificates(msgspec.Struct, frozen=True, array_like=True, tag="certificates"):
    """Certificates for you (also the answer to ``CertificatesWanted``)."""

    certificates: list[bytes]


class CertificatesWanted(msgspec.Struct, frozen=True, array_like=True, tag="certificates?"):
    """Ask for the certificates of devices, by short name."""

    devices: list[bytes]


class Pull(msgspec.Struct, frozen=True, array_like=True, tag="pull"):
    """Ask for what arrived after a cursor, loans before catalogue.

    ``got``: bytes I have of the next package's pieces; ``urgent``: of the first lane alone.
    """

    cursor: Cursor
    limit: int = FRAME_BYTES
    got: tuple[bytes, int] | None = None
    urgent: bool = False


class StreamsWanted(msgspec.Struct, frozen=True, array_like=True, tag="streams?"):
    """Ask for packages of streams, each after a seq, when cursors are of no use."""

    streams: list[tuple[bytes, int, int]]
    limit: int = FRAME_BYTES
    got: tuple[bytes, int] | None = None


class Pulled(msgspec.Struct, frozen=True, array_like=True, tag="pulled"):
    """Packages of one lane, and the cursor behind them.

    ``piece``: the next package is too large for a frame; the cursor is still before it.
    ``essence`` is what all rows come to at the end of my log (when there is no more).
    """

    packages: list[Package]
    cursor: Cursor
    more: bool = False
    piece: Piece | None = None
    essence: bytes = b""
    lane: int = 0


class BucketsWanted(msgspec.Struct, frozen=True, array_like=True, tag="buckets?"):
    """Our rows differ although we hold the same ops: ask for the digest's buckets."""


class Buckets(msgspec.Struct, frozen=True, array_like=True, tag="buckets"):
    """(type, bucket, xor of marks, rows); ``understanding`` tells which ops I can fold."""

    buckets: list[tuple[str, int, int, int]]
    understanding: str
    heads: Heads


class MarksWanted(msgspec.Struct, frozen=True, array_like=True, tag="marks?"):
    """Ask which rows some buckets hold."""

    buckets: list[tuple[str, int]]


class Marks(msgspec.Struct, frozen=True, array_like=True, tag="marks"):
    """(type, entity, mark) of each row."""

    marks: list[tuple[str, bytes, int]]


class OpsWanted(msgspec.Struct, frozen=True, array_like=True, tag="ops?"):
    """Ask for every package that holds ops of some records."""

    entities: list[bytes]


class SnapshotWanted(msgspec.Struct, frozen=True, array_like=True, tag="snapshot?"):
    """I am new here: ask for the manifest of a snapshot."""


class Snapshot(msgspec.Struct, frozen=True, array_like=True, tag="snapshot"):
    """A manifest as its maker signed it (``protocol.snapshot.SignedManifest``)."""

    body: bytes
    signature: bytes
    certificate: bytes


class ChunkWanted(msgspec.Struct, frozen=True, array_like=True, tag="chunk?"):
    """Ask for one piece of the snapshot of a name."""

    name: bytes
    number: int


class Chunk(msgspec.Struct, frozen=True, array_like=True, tag="chunk"):
    """A piece of a snapshot; empty when that snapshot is no longer handed out."""

    data: bytes


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """No, and why; nothing was changed."""

    reason: str
    facts: dict[str, str | int] = {}


Request = (
    Hello
    | HaveWanted
    | Push
    | Piece
    | Certificates
    | CertificatesWanted
    | Pull
    | StreamsWanted
    | BucketsWanted
    | MarksWanted
    | OpsWanted
    | SnapshotWanted
    | ChunkWanted
)
Response = (
    Welcome | Have | Pushed | Certificates | Pulled | Buckets | Marks | Snapshot | Chunk | Refusal
)

_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_responses = msgspec.msgpack.Decoder(Response)


class MessageError(Exception):
    """Bytes that are no message of ours; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(message: Request | Response) -> bytes:
    """Return the bytes of a message."""
    return bytes([PROTOCOL]) + _encoder.encode(message)


def decode_request(data: bytes) -> Request:
    """Read a request; raises ``MessageError``."""
    request: Request = _decode(_requests, data)
    return request


def decode_response(data: bytes) -> Response:
    """Read a response; raises ``MessageError``."""
    response: Response = _decode(_responses, data)
    return response


def _decode(decoder: msgspec.msgpack.Decoder[Any], data: bytes) -> Any:
    if len(data) > MESSAGE_BYTES:
        raise MessageError("too_large")
    if not data or data[0] < OLDEST_PROTOCOL:
        raise MessageError("too_old")
    if data[0] > PROTOCOL:
        raise MessageError("too_new")
    try:
        return decoder.decode(data[1:])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MessageError("damaged") from error
