"""What a check looks at, what it finds, and how it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library


class Severity(StrEnum):
    """How much a finding matters.

    With ``ADVICE`` somebody should do something, but the library itself is whole, as with ``NOTE``.
    """

    NOTE = "note"
    ADVICE = "advice"
    WARNING = "warning"
    DAMAGE = "damage"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; the words are ``services.wording.doctor``'s.

    ``mendable``: ``Check.mend`` of its check can put it right. ``facts`` name no person.
    """

    check: str
    code: str
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    mendable: bool = False


class StoppedError(Exception):
    """Somebody stopped the examination."""


@dataclass(slots=True)
class Patient:
    """A library to be looked at, on a connection of its own; nothing is written through it."""

    library: Library
    keys: KeyStore
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[float], None] = lambda _done: None

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.library.folder

    def pause(self) -> None:
        """Raise ``StoppedError`` when somebody wants no more."""
        if self.stop():
            raise StoppedError


Look = Callable[[Patient], Iterator[Finding]]
Mend = Callable[[Library, Finding], bool]
"""Puts a finding right in the open library, on its thread; returns whether it is right now."""


@dataclass(frozen=True, slots=True)
class Check:
    """One subject: ``quick`` ones are done at each start after an unclean end."""

    name: str
    look: Look
    mend: Mend | None = None
    quick: bool = False
