"""What a package says of itself after words of persons were taken out of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from perpusdesk.protocol.certificates import short_name

_DIGEST: Final = 16
_ID: Final = 16
_SHORT: Final = 5
NOTE_BYTES: Final = _DIGEST + _ID + _SHORT


class Note(NamedTuple):
    """What was redacted by whom.

    ``of`` names the package as it was, ``origin`` the device that wrote its ops, ``by`` (its
    short name) the device that took words out and signed the rest.
    """

    of: bytes
    origin: bytes
    by: bytes


def write_note(of: bytes, origin: bytes, by: bytes) -> bytes:
    """Return the field ``redacted`` of a package; ``by`` is the id of the device."""
    return of + origin + short_name(by)


def read_note(data: bytes) -> Note | None:
    """Return what such a field says; ``None``: it is none."""
    if len(data) != NOTE_BYTES:
        return None
    return Note(data[:_DIGEST], data[_DIGEST : _DIGEST + _ID], data[-_SHORT:])
