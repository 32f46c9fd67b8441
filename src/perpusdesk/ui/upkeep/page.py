"""The screen on which the catalogue is cared for; it opens from the catalogue."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.upkeep import text
from perpusdesk.ui.upkeep.duplicates import Duplicates
from perpusdesk.ui.upkeep.duplicates_part import DuplicatesPart
from perpusdesk.ui.upkeep.headings import Headings
from perpusdesk.ui.upkeep.headings_part import HeadingsPart
from perpusdesk.ui.upkeep.late import Late, LatePart
from perpusdesk.ui.upkeep.removed import Removed, RemovedPart
from perpusdesk.ui.upkeep.ways import Part

_PARTS: Final = list(Part)


class UpkeepPage(QObject):
    """The page ``upkeep`` under ``titles``.

    ``closed`` leads back to the catalogue, ``title_asked`` to a title.
    """

    closed = Signal()
    title_asked = Signal(object)

    name = "upkeep"
    under = "titles"
    icon = "catalogue"
    key = ""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self.doing = Doing(desk, tasks, messages)
        self.duplicates = Duplicates(desk, tasks, self.doing, messages)
        self.removed = Removed(desk, tasks, self.doing)
        self.headings = Headings(desk, tasks, self.doing, messages)
        self.doing.changed.connect(lambda _done: self.refresh())
        self.late = Late(desk, tasks)
        self.late.title_asked.connect(self.title_asked)
        self.saving = ListSaving(desk, tasks, messages)
        for part in self._parts():
            part.save_list_asked.connect(self.save_list)
        self.tabs = QTabBar()
        self.widget: QWidget = self._make()

    def _make(self) -> QWidget:
        tabs = self.tabs
        tabs.setAccessibleName(_("Parts of this screen"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        for name in (_("Twice here"), _("Removed titles"), _("Headings"), _("Late issues")):
            tabs.addTab(name)
        self._stack = QStackedWidget()
        for part in self._parts():
            self._stack.addWidget(part)
        tabs.currentChanged.connect(self._turned)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(words(text.title(), "title", strong=True))
        head.addStretch(1)
        head.addWidget(quiet_button(_("Back"), self.closed.emit, keys="Esc"))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(tabs, 0, Qt.AlignmentFlag.AlignLeft)
        for strip in self.saving.parts:
            column.addWidget(strip)
        column.addWidget(self._stack, 1)
        return whole

    def _parts(self) -> tuple[DuplicatesPart, RemovedPart, HeadingsPart, LatePart]:
        return self.duplicates.part, self.removed.part, self.headings.part, self.late.part

    @property
    def title(self) -> str:
        """The name of the screen."""
        return text.title()

    @property
    def part(self) -> Part:
        """The part in front."""
        return _PARTS[self.tabs.currentIndex()]

    @property
    def help_place(self) -> str:
        """Where somebody is: the part in front."""
        return f"{self.name}/{self.part}"

    def show_part(self, part: Part) -> None:
        """Bring a part to the front."""
        self.tabs.setCurrentIndex(_PARTS.index(part))

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def refresh(self) -> None:
        """Read the part in front anew."""
        if self.part is Part.REMOVED:
            self.removed.refresh()
        elif self.part is Part.HEADINGS:
            self.headings.refresh()
        elif self.part is Part.LATE:
            self.late.refresh()

    def escape(self) -> None:
        """Go back to the catalogue."""
        self.closed.emit()

    def go_on(self) -> None:
        """Do the main step of the part in front."""
        steps = {
            Part.DUPLICATES: self.duplicates.merge,
            Part.REMOVED: self.removed.put_back,
            Part.HEADINGS: self.headings.save,
            Part.LATE: self.late.open,
        }
        steps[self.part]()

    def save_list(self) -> None:
        """Save the list in front as it stands, as a workbook."""
        lists = {
            Part.DUPLICATES: self.duplicates.sheet,
            Part.REMOVED: self.removed.sheet,
            Part.HEADINGS: self.headings.sheet,
            Part.LATE: self.late.sheet,
        }
        self.saving.begin(lists[self.part]())

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.refresh()
