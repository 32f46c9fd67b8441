"""The process that reads records for another one: frames of rows on its standard output.

A frame is its length in four bytes (big endian) and as many bytes of msgpack (``Frame``).
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.words.entry import Entry, TitleTexts, entry
from perpusdesk.exchange.import_rows import BadRow, TitleRow
from perpusdesk.exchange.record_files import read_records
from perpusdesk.exchange.title_fields import title_texts

LENGTH_BYTES: Final = 4
_ROWS: Final = 400
_FRAMES_AHEAD: Final = 12


class Parcel(msgspec.Struct, array_like=True):
    """One row; with a title its texts and the words under which it is found."""

    title: TitleRow | None = None
    bad: BadRow | None = None
    texts: TitleTexts | None = None
    words: Entry | None = None


class Frame(msgspec.Struct, array_like=True):
    """Rows in their order, and how much of the file was read by then.

    The last frame says so; ``fault`` and its facts tell why reading ended too early.
    """

    share: float
    rows: list[Parcel] = []
    last: bool = False
    fault: str = ""
    facts: dict[str, str] = {}


def frames(path: Path, *, xml: bool) -> Iterator[Frame]:
    """Yield the rows of a file in frames, the last one marked."""
    part: list[Parcel] = []
    share = 0.0
    try:
        for row, share in read_records(path, xml=xml):
            part.append(_parcel(row))
            if len(part) == _ROWS:
                yield Frame(share, part)
                part = []
    except KnownError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        yield Frame(share, part, last=True, fault=error.fault.value, facts=facts)
    else:
        yield Frame(1.0, part, last=True)


def _parcel(row: object) -> Parcel:
    if isinstance(row, TitleRow):
        texts = title_texts(row.record)
        return Parcel(title=row, texts=texts, words=entry(texts))
    assert isinstance(row, BadRow)
    return Parcel(bad=row)


def main(words: Sequence[str]) -> None:
    """Read the file named by the first word (the second: ``xml`` or ``marc``)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked for it decides when it ends
    waiting: queue.Queue[bytes | None] = queue.Queue(_FRAMES_AHEAD)
    windowed = sys.stdout is None  # a packed program; what asked for it listens all the same
    out = os.fdopen(1, "wb") if windowed else sys.stdout.buffer
    sender = threading.Thread(target=_send, args=(waiting, out))
    sender.start()
    encoder = msgspec.msgpack.Encoder()
    for frame in frames(Path(words[0]), xml=words[1] == "xml"):
        waiting.put(encoder.encode(frame))
    waiting.put(None)
    sender.join()


def _send(waiting: queue.Queue[bytes | None], out: BinaryIO) -> None:
    """Send what is waiting while reading goes on; when nobody listens any more, all ends."""
    try:
        while (data := waiting.get()) is not None:
            out.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
            out.flush()
    except OSError:
        os._exit(1)
