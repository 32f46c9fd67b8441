"""Members' data leaves the library only with a reason, and never without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import EXPORT_MEMBERS
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.access_log import note_export
from perpusdesk.services.results import Done
from perpusdesk.services.transfer.export_formats import ExportFormat

VERB: Final = "hand_out"
RIGHT: Final = EXPORT_MEMBERS
_WITH_PEOPLE: Final = frozenset({ExportFormat.MEMBERS, ExportFormat.SLIMS, ExportFormat.INLISLITE})


def holds_people(format_: ExportFormat) -> bool:
    """Whether a format can hold members' data."""
    return format_ in _WITH_PEOPLE


def hand_out(
    desk: Desk,
    format_: ExportFormat,
    reason: str,
    members: int | None = None,
    whom: Sequence[UUID] = (),
) -> Done[UUID] | Refused:
    """Write down who takes members' data out, when, in which form and why; do it first.

    ``members`` is how many, if not all, ``whom`` which. The access log hears of each. Refused with
    ``RIGHT_MISSING`` or ``REASON_MISSING``. Raises ``KnownError`` (disk).
    """
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    said = " ".join(reason.split())
    if not said:
        return Refused(Reason.REASON_MISSING)
    every = "select count(*) from member where deleted = 0"
    count = int(desk.library.value(every)) if members is None else members
    action, mark = desk.action(VERB), desk.library.new_id()
    action.event(
        "export.made", "export_run", mark, format=format_.value, reason=said[:500], members=count
    )
    written = desk.commit(action)
    note_export(desk, None if members is None else whom)
    return Done(mark, written.action, VERB, frozenset({"export_run"}))
