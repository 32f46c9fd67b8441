"""The parts of the screen on which the catalogue is cared for, and the ways to each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action


class Part(StrEnum):
    """The parts, in the order of the tabs."""

    DUPLICATES = "duplicates"
    REMOVED = "removed"
    HEADINGS = "headings"
    LATE = "late"


_WAYS: Final = (
    (Part.DUPLICATES, N_("Look for titles that are here twice"), "copy"),
    (Part.REMOVED, N_("Removed titles"), "trash"),
    (Part.HEADINGS, N_("Headings of names and subjects"), "note"),
    (Part.LATE, N_("Late issues of serials"), "calendar"),
)


def ways_here(go: Callable[[Part], object], titles: str) -> tuple[Action, ...]:
    """Return the ways from the catalogue, the page ``titles``, to each part."""

    def way(part: Part, words: str, icon: str) -> Action:
        return Action(
            f"care_{part.value}",
            lambda: _(words),
            lambda: go(part),
            (),
            icon,
            lambda: _("Catalogue"),
            titles,
        )

    return tuple(way(*one) for one in _WAYS)
