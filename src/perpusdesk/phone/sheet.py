"""A form that phones can open, whatever it asks: a survey, wishes, a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from perpusdesk.services.desk import Desk

Sent = Mapping[str, Sequence[str]]
"""The fields that a phone sent, tidied (``typed.sent_fields``)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form was kept; ``receipt``: a number that its visitor may ask after."""

    receipt: str = ""


Wrong = dict[str, str]
"""What cannot be kept, by the name of the field; an empty name: the form as a whole."""


class Sheet(Protocol):
    """One form; everything but ``page`` and ``thanks`` runs on the library's thread."""

    path: str
    """Below the start of the site, without a slash at either end."""
    page: str
    """The template of the form; it gets ``told``, ``sent``, ``wrong`` and ``send_to``."""
    thanks: str
    """The template of what is shown afterwards; it gets ``told`` and ``receipt``."""

    def read(self, desk: Desk) -> Mapping[str, Any] | None:
        """Return what its pages tell (``told``); ``None``: it is not open now."""

    def keep(self, desk: Desk, told: Mapping[str, Any], sent: Sent) -> Kept | Wrong:
        """Keep what was sent, or say what is wrong and keep nothing of it."""
