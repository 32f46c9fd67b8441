"""The kinds of headings in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _

_KINDS: Final[Mapping[str, str]] = {
    "person": N_("Person"),
    "body": N_("Body"),
    "meeting": N_("Meeting"),
    "topic": N_("Topic"),
    "place": N_("Place"),
    "genre": N_("Genre or form"),
    "title": N_("Uniform title"),
}


def heading_kinds() -> list[tuple[str, str]]:
    """Return the kinds of headings and their codes."""
    return [(_(name), code) for code, name in _KINDS.items()]


def say_kind(code: str) -> str:
    """Return a kind of headings in words; nothing for an unknown one."""
    return _(_KINDS[code]) if code in _KINDS else ""
