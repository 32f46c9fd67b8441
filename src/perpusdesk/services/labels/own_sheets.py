"""The sheets of stickers that can be chosen: the program's, and those a library typed itself."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.printing.label_sheets import LabelSheet, Pair, label_sheets
from perpusdesk.protocol import payload as wire
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.values import sure_id

RECORD: Final = "label_sheet"
LONGEST_NAME: Final = 80
_OWN: Final = "own/"
_CHANGED: Final = frozenset({RECORD})
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Measures:
    """A sheet as a person measures it with a ruler; pairs are across and down, in mm."""

    page: Pair
    label: Pair
    columns: int
    rows: int
    margin: Pair = (0.0, 0.0)
    gap: Pair = (0.0, 0.0)

    def sheet(self, key: str = "", name: str = "") -> LabelSheet:
        """Return the sheet of these measures; it may not fit its page."""
        return LabelSheet(
            key=key,
            name=name,
            valid_from=date.min,
            source="",
            sure=True,
            page=self.page,
            label=self.label,
            columns=self.columns,
            rows=self.rows,
            margin=self.margin,
            gap=self.gap,
        )


def measures_of(sheet: LabelSheet) -> Measures:
    """Return what to begin with when a sheet is to be changed or made after another."""
    return Measures(sheet.page, sheet.label, sheet.columns, sheet.rows, sheet.margin, sheet.gap)


def sheets(desk: Desk) -> dict[str, LabelSheet]:
    """Return all sheets by key: the library's own first, by name, then the program's."""
    rows = desk.library.rows(
        "select id, name, measures from label_sheet where deleted = 0 order by name, rid"
    )
    own = (_sheet(sure_id(id_), name or "", packed) for id_, name, packed in rows)
    return {
        **{sheet.key: sheet for sheet in own if sheet is not None},
        **label_sheets(desk.today()),
    }


def own_id(key: str) -> UUID | None:
    """Return the record of a sheet that the library made itself; ``None`` for the program's."""
    return UUID(key.removeprefix(_OWN)) if key.startswith(_OWN) else None


@needs(RULES)
def keep_sheet(
    desk: Desk, name: str, measures: Measures, key: str = ""
) -> Done[LabelSheet] | Refused:
    """Add a sheet, or change the own one of this key; other devices get it too.

    ``RIGHT_MISSING``, ``NAME_MISSING``; ``SHEET_OFF_PAGE`` right, bottom: by how many mm the
    stickers go beyond the page (0 when a measure is not above 0).
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        return Refused(Reason.NAME_MISSING)
    trial = measures.sheet(key, name)
    if not trial.is_on_the_page():
        right, bottom = beyond_page(measures)
        return Refused(Reason.SHEET_OFF_PAGE, {"right": right, "bottom": bottom})
    id_ = own_id(key) or desk.library.new_id()
    action = desk.action("keep_sheet")
    fields = {"name": name, "measures": wire.encode(_packed(measures))}
    action.set(RECORD, id_, fields, fresh=own_id(key) is None)
    written = desk.commit(action)
    return Done(replace(trial, key=f"{_OWN}{id_}"), written.action, "keep_sheet", _CHANGED)


@needs(RULES)
def remove_sheet(desk: Desk, key: str) -> Done[str] | Refused:
    """Remove a sheet that the library made itself. ``RIGHT_MISSING``, ``NOTHING_TO_UNDO``."""
    id_ = own_id(key)
    if id_ is None:
        return Refused(Reason.NOTHING_TO_UNDO)
    action = desk.action("remove_sheet")
    action.delete(RECORD, id_)
    written = desk.commit(action)
    return Done(key, written.action, "remove_sheet", _CHANGED)


def beyond_page(measures: Measures) -> Pair:
    """Return by how many mm the last column and row go beyond the page (0: they do not)."""
    right, bottom = (
        margin + count * label + (count - 1) * gap - page
        for margin, count, label, gap, page in zip(
            measures.margin,
            (measures.columns, measures.rows),
            measures.label,
            measures.gap,
            measures.page,
            strict=True,
        )
    )
    return round(max(0.0, right), 2), round(max(0.0, bottom), 2)


def _packed(measures: Measures) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(measures).items()
    }


def _sheet(id_: UUID, name: str, packed: Any) -> LabelSheet | None:
    try:
        measures = msgspec.convert(wire.decode(bytes(packed)), Measures, strict=False)
        sheet = measures.sheet(f"{_OWN}{id_}", name)
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        _LOG.warning("passed over a sheet: %s", error)
        return None
    return sheet if sheet.is_on_the_page() else None
