"""All readable pages of a database file and of the log beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.salvage.sealed_pages import PAGE_BYTES, open_page
from perpusdesk.storage.salvage.wal import Frame, read_log, read_torn

_PAGES_IN_MIND: Final = 256


class Pages:
    """Reads the pages of a file that nobody has open; use it in a ``with`` block.

    ``bad`` names the pages of which nothing is readable. A page of an encrypted file is as it was
    written, or it is bad; one of a plain file may lie.
    """

    def __init__(self, file: Path, key: bytes | None, torn: Path | None = None) -> None:
        """Raises ``KnownError`` (UNREADABLE_FILE) when there is no such file.

        ``torn`` is a log that was kept aside, to be read instead of the one beside the file.
        """
        self._key = key
        self.log = read_log(file, key) if torn is None else read_torn(torn, key)
        self.bad: set[int] = set()
        self._mind: dict[int, bytes | None] = {}
        try:
            self._file: IO[bytes] = file.open("rb")
            wal = torn or file.with_name(file.name + "-wal")
            self._wal: IO[bytes] | None = wal.open("rb") if self.log.frames else None
            size = file.stat().st_size
        except OSError as error:
            cause = str(error)
            raise KnownError(Fault.UNREADABLE_FILE, file=str(file), cause=cause) from error
        self._newest = {frame.page: frame for frame in self.log.frames}
        self.count = max(-(-size // PAGE_BYTES), max(self._newest, default=0))

    @property
    def proven(self) -> bool:
        """Whether each page that is read is as it was written, and where it was written to."""
        return self._key is not None

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self._wal is not None:
            self._wal.close()

    def page(self, number: int) -> bytes | None:
        """Return the newest readable content of a page, ``None`` when there is none."""
        if number not in self._mind:
            if len(self._mind) >= _PAGES_IN_MIND:
                self._mind.clear()
            frame = self._newest.get(number)
            self._mind[number] = self._framed(frame) if frame else self._filed(number)
        return self._mind[number]

    def newest(self) -> Iterator[tuple[int, bytes]]:
        """Yield each page that is readable, as it was last."""
        for number in range(1, self.count + 1):
            page = self.page(number)
            if page is None:
                self.bad.add(number)
            else:
                yield number, page

    def former(self) -> Iterator[tuple[int, bytes]]:
        """Yield pages as they were before, oldest first: what was overwritten in the log."""
        for number in sorted(self._newest):
            if (page := self._filed(number)) is not None:
                yield number, page
        for frame in self.log.frames:
            page = self._framed(frame) if self._newest[frame.page] is not frame else None
            if page is not None:
                yield frame.page, page

    def framed(self) -> Iterator[tuple[int, bytes]]:
        """Yield the pages of the log, oldest first."""
        for frame in self.log.frames:
            if (page := self._framed(frame)) is not None:
                yield frame.page, page

    def _filed(self, number: int) -> bytes | None:
        self._file.seek((number - 1) * PAGE_BYTES)
        return self._opened(number, self._read(self._file))

    def _framed(self, frame: Frame) -> bytes | None:
        assert self._wal is not None
        self._wal.seek(frame.start)
        return self._opened(frame.page, self._read(self._wal))

    def _read(self, file: IO[bytes]) -> bytes:
        try:
            return file.read(PAGE_BYTES)
        except OSError:  # a sector that the disk cannot read any more
            return b""

    def _opened(self, number: int, raw: bytes) -> bytes | None:
        if len(raw) < PAGE_BYTES or not number > 0:
            return None
        return raw if self._key is None else open_page(self._key, number, raw)
