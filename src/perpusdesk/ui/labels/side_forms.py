"""What is set up rather than chosen: sheets of one's own and the colours of the classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import own_sheets
from perpusdesk.services.labels.label_papers import (
    class_colours,
    reset_class_colours,
    set_class_colours,
)
from perpusdesk.services.labels.own_sheets import Measures
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.labels.room import StudioRoom
from perpusdesk.ui.shell.doing import Doing


@dataclass(slots=True)
class Tools:
    """What the forms work with."""

    desk: Desk
    tasks: Tasks
    doing: Doing
    room: StudioRoom


class SideForms(QObject):
    """``trial`` is the sheet that is being typed, ``None`` outside of its form.

    ``tried`` tells that it changed, ``kept`` carries the key of a sheet that was saved, ``left``
    tells that a form was closed.
    """

    tried = Signal()
    kept = Signal(str)
    left = Signal()

    def __init__(self, tools: Tools, sheet: Callable[[], LabelSheet | None]) -> None:
        """``sheet`` returns the sheet that is chosen."""
        super().__init__()
        self._tools, self._sheet = tools, sheet
        self.trial: LabelSheet | None = None
        form, colours = tools.room.form, tools.room.colours
        form.changed.connect(self._try_sheet)
        form.saved.connect(self._keep_sheet)
        form.removed.connect(self._remove_sheet)
        form.left.connect(self.leave)
        colours.changed.connect(self._set_colours)
        colours.reset.connect(self._reset_colours)
        colours.left.connect(self.leave)

    @property
    def open(self) -> bool:
        """Whether a form is open."""
        return self._tools.room.side_form_open

    def measure(self) -> None:
        """Open the form of a sheet, beginning with the one that is chosen."""
        sheet = self._sheet()
        if sheet is not None:
            own = own_sheets.own_id(sheet.key) is not None
            name = sheet.name if own else ""
            self._tools.room.measure(name, own_sheets.measures_of(sheet), own=own)

    def colour(self) -> None:
        """Open the form of the classes' colours."""

        def then(colours: Mapping[str, str]) -> None:
            self._tools.room.colours.show_colours(colours)
            self._tools.room.show_colours()

        self._tools.tasks.run(lambda: class_colours(self._tools.desk), then, owner=self)

    def leave(self) -> None:
        """Close the form that is open."""
        self.trial = None
        self._tools.room.leave_form()
        self.left.emit()

    # --- inside ------------------------------------------------------------------------------

    def _try_sheet(self, measures: Measures) -> None:
        if min(*measures.page, *measures.label) > 0:
            self.trial = measures.sheet("trial", _("A sheet of your own"))
            self.tried.emit()

    def _keep_sheet(self, name: str, measures: Measures) -> None:
        sheet, desk = self._sheet(), self._tools.desk
        key = sheet.key if sheet is not None and own_sheets.own_id(sheet.key) else ""

        def then(done: Done[LabelSheet]) -> None:
            self.leave()
            self.kept.emit(done.value.key)

        self._tools.doing.run(lambda: own_sheets.keep_sheet(desk, name, measures, key), then)

    def _remove_sheet(self) -> None:
        sheet, desk = self._sheet(), self._tools.desk
        if sheet is None:
            return

        def remove() -> Done[str] | Refused:
            return own_sheets.remove_sheet(desk, sheet.key)

        self._tools.doing.run(remove, lambda _done: self.leave())

    def _set_colours(self, colours: Mapping[str, str]) -> None:
        desk = self._tools.desk
        self._tools.doing.run(lambda: set_class_colours(desk, colours), refused=self._as_they_are)

    def _reset_colours(self) -> None:
        desk = self._tools.desk
        self._tools.doing.run(lambda: reset_class_colours(desk), lambda _done: self.colour())

    def _as_they_are(self, _refused: Refused, _said: Said) -> bool:
        """Show the colours as they stay; the refusal is said as ever."""
        self.colour()
        return False
