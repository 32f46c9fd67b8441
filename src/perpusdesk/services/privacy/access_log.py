"""The access log: written down when nobody waits, read per member and per person of the staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from perpusdesk.domain.data_protection import months_before
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.privacy.privacy_settings import refuse_privacy, settings_of
from perpusdesk.storage.queries import access_log as query
from perpusdesk.storage.queries.devices import devices
from perpusdesk.storage.queries.values import as_moment, as_ms

_TIDIED: Final = "access_log/tidied"
_NO_DESK: Final = frozenset({"server", "hub"})
"""Roles of devices at which nobody looks at members."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One look as it is read: ``how`` is a ``How`` or the word of a newer program."""

    at: datetime
    staff: UUID | None
    staff_name: str
    member: UUID
    member_name: str
    card: str
    how: str


def write_down(desk: Desk) -> int:
    """Write down what was noted; once a day drop what is older than the library keeps it.

    Returns how many were written. What cannot be written (disk) waits on. Raises ``KnownError``.
    """
    if not desk.looks.waiting:
        return 0
    looks = desk.looks.take()
    today = desk.today()
    tidy = desk.library.local(_TIDIED) != str(today)
    kept_from = months_before(today, settings_of(desk).access_months)
    before = as_ms(datetime.combine(kept_from, time(), desk.now().tzinfo)) if tidy else None
    try:
        rows = ((one.at, one.staff, one.member, one.how.value) for one in looks)
        query.write_looks(desk.library, rows, before)
        if tidy:
            with desk.library.noting():
                desk.library.keep_local(_TIDIED, str(today))
    except BaseException:
        desk.looks.give_back(looks)
        raise
    return len(looks)


def note_export(desk: Desk, members: Sequence[UUID] | None) -> None:
    """Write down whose data (``None``: everybody's) went out as a file. Raises ``KnownError``."""
    if members is None:
        query.write_look_at_all(desk.library, desk.library.now_ms(), desk.staff, How.EXPORT.value)
    else:
        looks = ((desk.library.now_ms(), desk.staff, one, How.EXPORT.value) for one in members)
        query.write_looks(desk.library, looks)


def access_lines(
    desk: Desk,
    *,
    member: UUID | None = None,
    staff: UUID | None = None,
    text: str = "",
    limit: int = 500,
) -> list[AccessLine] | Refused:
    """Return the last looks on this device, the newest first. ``RIGHT_MISSING``."""
    if refusal := refuse_privacy(desk):
        return refusal
    write_down(desk)
    rows = query.access_rows(desk.library, member=member, staff=staff, text=text, limit=limit)
    return [
        AccessLine(
            as_moment(row.at, desk.zone),
            row.staff,
            row.staff_name,
            row.member,
            row.member_name,
            row.card,
            row.how,
        )
        for row in rows
    ]


def logs_elsewhere(desk: Desk) -> tuple[str, ...]:
    """Return the names of the other devices that keep a log of their own, also shut-out ones.

    Looks are never exchanged: who looked there is read there.
    """
    own = UUID(bytes=desk.library.device)
    others = (one for one in devices(desk.library) if one.id != own and one.role not in _NO_DESK)
    return tuple(one.name for one in others)
