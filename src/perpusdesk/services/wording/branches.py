"""Branches in words: what kind one is, and by which clock it goes."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.library.branches import BranchKind

_KINDS: Final = {BranchKind.BUILDING: N_("Building"), BranchKind.VAN: N_("Van")}
_ZONES: Final = {
    420: N_("WIB (western Indonesian time)"),
    480: N_("WITA (central Indonesian time)"),
    540: N_("WIT (eastern Indonesian time)"),
}


def kind_name(kind: str) -> str:
    """Return what a branch is; what a newer program wrote stays as it is."""
    return _(_KINDS[BranchKind(kind)]) if kind in set(BranchKind) else kind


def zone_name(minutes: int) -> str:
    """Return a time zone (minutes east of UTC) as staff know it."""
    if minutes in _ZONES:
        return _(_ZONES[minutes])
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def zones() -> list[tuple[str, int]]:
    """Return the time zones to choose from."""
    return [(zone_name(minutes), minutes) for minutes in _ZONES]
