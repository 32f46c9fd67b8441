"""What the administration page asks of the server it is part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from perpusdesk.storage.library import Library
from perpusdesk.syncing.authority import Authority

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Health:
    """How the server itself is; sizes in bytes, times in Unix ms, 0 where it is not known.

    ``restored`` counts how often the log had lost something, so that devices had to tell it again.
    """

    version: str
    database: str
    database_bytes: int = 0
    disk_free: int = 0
    disk_total: int = 0
    started_ms: int = 0
    backup_ms: int = 0
    restored: int = 0
    clock_suspect: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One exchange, or one thing that was refused; ``reason`` is a code, empty when all was well.

    ``device`` is ``None`` for who could not show that it is one of the library's.
    """

    at_ms: int
    device: bytes | None
    came: int = 0
    went: int = 0
    reason: str = ""
    count: int = 1


class House(Protocol):
    """One library that this process serves."""

    @property
    def authority(self) -> Authority:
        """The key that admits devices."""

    @property
    def address(self) -> str:
        """The server's address as devices reach it; empty while nobody set one."""

    @property
    def pin(self) -> bytes | None:
        """The SHA-256 of its own certificate when no public authority vouches for it."""

    def within(self, work: Callable[[Library], T]) -> T:
        """Do something with the library, one at a time; from any thread."""

    def health(self) -> Health:
        """Return how the server is."""

    def log(self, most: int) -> Sequence[LogLine]:
        """Return the last exchanges and refusals, the newest first."""
