"""What people did on this device lately, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id

UNDONE: Final = "action.undone"
NOTED: Final = "note_handed_back"
"""Written by the program when it refuses: nobody did it, so it is in no list."""
NOT_UNDOABLE: Final = frozenset(
    {
        "undo",
        "set_up",
        "enrol_device",
        "import",
        "demo",
        "expire_holds",
        "hand_out",
        "copy_data",
        "recovery_code",
        "publish_survey_form",
        "remove_stock_scan",
        "carry_out_erasures",
        "cut_history",
        "set_pin",
        "choose_pin",
        "keep_pin_anew",
        "recover_account",
        NOTED,
    }
)
"""What cannot be taken back: what went out on paper or as a file, and what is gone for good."""
SCANNED: Final = "stock_scan"
_WINDOW: Final = 400
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class RecentAction:
    """One action; ``undone``: a later one took it back; ``undoable``: its kind can be."""

    action: UUID
    verb: str
    at: datetime
    staff: UUID | None
    undone: bool
    undoable: bool
    ops: tuple[Op, ...]


def recent(library: Library, limit: int = 20, *, scans: bool = False) -> list[RecentAction]:
    """Return the last actions of this device, newest first, the undoings left out.

    ``scans``: with the single scans of stock-takes, which come by the hundred.
    """
    unlisted = ("undo", NOTED, NOTED if scans else SCANNED)
    found: list[RecentAction] = []
    for streams in _runs(library):
        each = (
            "select * from (select action, verb, at, zone, staff, clock from op where stream = ?"
            " and verb not in (?, ?, ?) order by seq desc limit ?)"
        )
        values = [value for stream in streams for value in (stream, *unlisted, _WINDOW)]
        rows = library.rows(
            "select action, verb, at, zone, staff, max(clock) from"
            f" ({' union all '.join([each] * len(streams))}) o group by action"
            " order by max(clock) desc limit ?",
            *values,
            limit - len(found),
        )
        found += [_action(library, row) for row in rows]
        if len(found) >= limit:
            break
    return found


def _runs(library: Library) -> list[list[int]]:
    """Return the streams of each run of the program on this device, the newest run first."""
    runs: dict[int, list[int]] = {}
    rows = library.rows(
        "select number, incarnation from stream where device = ? order by number desc",
        library.device,
    )
    for number, incarnation in rows:
        runs.setdefault(int.from_bytes(incarnation, "big") >> 1, []).append(number)
    return list(runs.values())


def _action(library: Library, row: tuple[Any, ...]) -> RecentAction:
    id_, verb, at, zone, staff, _ = row
    action = sure_id(id_)
    return RecentAction(
        action,
        verb,
        as_moment(at, zone),
        as_id(staff),
        is_undone(library, action),
        verb not in NOT_UNDOABLE,
        tuple(library.ops_of_action(action)),
    )


def is_undone(library: Library, action: UUID) -> bool:
    """Whether a later action took this one back."""
    return bool(
        library.value("select count(*) from op where entity = ? and kind = ?", action.bytes, UNDONE)
    )


def last_undoable(library: Library, staff: UUID | None = None) -> UUID | None:
    """Return the newest action of this device that can still be taken back.

    For a person (``staff``) without what nobody did: visitors send forms from kiosk and phones
    while she works.
    """
    for action in recent(library, _LOOKED_AT, scans=True):
        nobodys = action.staff is None and staff is not None
        if action.undoable and not action.undone and not nobodys:
            return action.action
    return None
