"""How the guest book behaves in this library: what the kiosk asks and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.domain.visiting import LISTS
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

SETTING: Final = "guest_book"
VERB: Final = "set_guest_book"
MOST_MINUTES: Final = 24 * 60
SHORTEST_CODE, LONGEST_CODE = 6, 12
KIOSK_ROOM: Final = "kiosk_room"
"""Of this device alone: the room that its kiosk stands in."""


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """``same_visit_minutes``: within so many a card that comes again is the same visit.

    The kiosk asks who has no card for ``ask`` (of ``domain.visiting.LISTS``), greets a member by
    name where ``greet`` says so, and makes a sound where ``sound`` does. Where nobody has a PIN,
    staff leaves it by ``exit_code``, six digits or more.
    """

    same_visit_minutes: int = 60
    greet: bool = True
    sound: bool = True
    ask: tuple[str, ...] = ("age", "sex", "purpose")
    exit_code: str = "19450817"


def settings_of(desk: Desk) -> VisitSettings:
    """Return the settings in force; what cannot be read is as usual."""
    kept = desk.settings.get(SETTING)
    usual = VisitSettings()
    if not isinstance(kept, Mapping):
        return usual
    minutes = kept.get("same_visit_minutes")
    asked = kept.get("ask")
    return VisitSettings(
        min(max(minutes, 0), MOST_MINUTES) if type(minutes) is int else usual.same_visit_minutes,
        _yes(kept.get("greet"), usual.greet),
        _yes(kept.get("sound"), usual.sound),
        tuple(name for name in LISTS if name in asked) if isinstance(asked, list) else usual.ask,
        usable_code(str(kept.get("exit_code", ""))) or usual.exit_code,
    )


@needs(RULES)
def set_guest_book(desk: Desk, /, **changes: Any) -> Done[VisitSettings] | Refused:
    """Change settings of the guest book. ``RIGHT_MISSING``; ``ValueError`` for one unknown."""
    known = {field.name for field in fields(VisitSettings)}
    if not changes.keys() <= known:
        raise ValueError(f"no such setting: {set(changes) - known}")
    action = desk.action(VERB)
    values = {**asdict(settings_of(desk)), **changes}
    put_setting(action, SETTING, {**values, "ask": list(values["ask"])})
    written = desk.commit(action)
    return Done(settings_of(desk), written.action, VERB, frozenset({"setting"}))


def kiosk_room(desk: Desk) -> UUID | None:
    """Return the room that this device's kiosk counts into."""
    kept = desk.library.local(KIOSK_ROOM)
    return UUID(bytes=bytes(kept)) if kept else None


def set_kiosk_room(desk: Desk, room: UUID | None) -> None:
    """Let this device's kiosk count into a room."""
    desk.library.put_local(KIOSK_ROOM, None if room is None else room.bytes)


def usable_code(code: str) -> str:
    """Return a code that the kiosk may be left by; empty when it has too few digits."""
    digits = "".join(one for one in code if one.isascii() and one.isdigit())
    return digits if SHORTEST_CODE <= len(digits) <= LONGEST_CODE else ""


def _yes(value: object, usual: bool) -> bool:
    return value if isinstance(value, bool) else usual
