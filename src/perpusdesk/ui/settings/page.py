"""The settings screen: this computer, the loan rules, the closed days, devices and staff."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.common.settings import SettingsFile
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.copy_numbers import set_template
from perpusdesk.services.cataloguing.number_view import (
    Number,
    NumbersView,
    numbers_view,
    preview_numbers,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.closures import (
    ClosureLine,
    add_closure,
    closure_lines,
    keep_closure,
)
from perpusdesk.services.library.rules_view import (
    RulesView,
    explain_here,
    rules_view,
    set_house_rule,
)
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.settings import text
from perpusdesk.ui.settings.about import AboutPart
from perpusdesk.ui.settings.branches import BranchesSection
from perpusdesk.ui.settings.branches_control import BranchesControl
from perpusdesk.ui.settings.closed_days import ClosedDaysSection
from perpusdesk.ui.settings.copy_numbers import CopyNumbersSection
from perpusdesk.ui.settings.device import DeviceSection, Offers
from perpusdesk.ui.settings.devices import DevicesSection
from perpusdesk.ui.settings.devices_control import DevicesControl
from perpusdesk.ui.settings.house import RulesSection
from perpusdesk.ui.settings.staff import StaffSection
from perpusdesk.ui.settings.staff_control import StaffControl
from perpusdesk.ui.settings.updates import UpdatePart
from perpusdesk.ui.shell.messages import Messages

WIDEST = 110  # figures in a row: as wide as the text is large
_DEVICES = 4


class SettingsPage(QObject):
    """The page ``settings``; its parts are made when it is first opened.

    ``changed`` carries the ``Settings`` that hold now, ``sound_asked`` wants to hear them,
    ``undo_asked`` carries an action that somebody wants to take back.
    """

    changed = Signal(object)
    sound_asked = Signal()
    undo_asked = Signal(object)
    people_changed = Signal()
    joined = Signal()
    """This library belongs to a server from now on."""

    name = "settings"
    icon = "settings"
    key = "Ctrl+,"

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        settings: SettingsFile,
        offers: dict[str, Offers],
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._settings, self._offers = settings, offers
        self.updates = UpdatePart()
        self.widget = QWidget()
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._made = False

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def help_place(self) -> str:
        """Where somebody is: the tab in front."""
        return f"{self.name}/{self._names[self.tabs.currentIndex()]}" if self._made else self.name

    def opened(self) -> None:
        """Bring everything up to date."""
        if self._made:
            self.device.refresh()
        else:
            self._made = True
            self._make()
        self._read()

    def _make(self) -> None:
        self.about = AboutPart(self._desk.library.folder, self._tasks)
        self.device = DeviceSection(
            self._settings, self._tasks, self._offers, updates=self.updates, about=self.about
        )
        self.rules = RulesSection()
        self.closed = ClosedDaysSection()
        self.numbers = CopyNumbersSection()
        self.devices = DevicesControl(DevicesSection(), self._desk, self._tasks, self._messages)
        self.branches = BranchesControl(BranchesSection(), self._desk, self._tasks, self._messages)
        self.staff = StaffControl(StaffSection(), self._desk, self._tasks, self._messages)
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self._lay_out()
        self.device.changed.connect(self.changed)
        self.device.sound_asked.connect(self.sound_asked)
        self.rules.asked.connect(self._explain)
        self.rules.house_changed.connect(self._change_house)
        self.closed.ticked.connect(self._tick)
        self.closed.added.connect(self._add)
        self.numbers.asked.connect(self._preview)
        self.numbers.kept.connect(self._keep_template)
        self.devices.undo_asked.connect(self.undo_asked)
        self.devices.joined.connect(self.joined)
        self.branches.undo_asked.connect(self.undo_asked)
        self.branches.changed.connect(self._read)
        self.staff.undo_asked.connect(self.undo_asked)
        self.staff.changed.connect(self.people_changed)

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName(text.title())
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        sections: dict[str, tuple[str, QWidget]] = {
            "device": (_("This computer"), self.device),
            "rules": (_("Loan rules"), self.rules),
            "closed": (_("Closed days"), self.closed),
            "numbers": (_("Numbers of copies"), self.numbers),
            "devices": (_("Devices"), self.devices.section),
            "branches": (_("Branches"), self.branches.section),
            "staff": (_("Staff"), self.staff.section),
        }
        self._names = list(sections)
        for label, section in sections.values():
            self.tabs.addTab(label)
            self._stack.addWidget(_scrolled(section, label))
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self._stack, 1)

    def show_code(self, code: str) -> None:
        """Open the devices' tab with an enrolment code that was scanned somewhere."""
        self.tabs.setCurrentIndex(_DEVICES)
        self.devices.section.server.open_entry(code)

    def _read(self) -> None:
        self.devices.read()
        self.branches.read()
        self.staff.read()
        desk = self._desk
        self._tasks.run(
            lambda: (rules_view(desk), closure_lines(desk), numbers_view(desk)), self._show
        )

    def _show(self, read: tuple[RulesView, list[ClosureLine], NumbersView]) -> None:
        view, closures, numbers = read
        self.rules.show_rules(view)
        self.numbers.show_view(numbers)
        self.closed.show_lines(closures, view.may_change)

    def _explain(self, category: UUID | None, kind: UUID | None) -> None:
        self._tasks.run(lambda: explain_here(self._desk, category, kind), self.rules.show_decision)

    def _change_house(self, name: str, on: bool) -> None:
        self._tasks.run(lambda: self._said(set_house_rule(self._desk, **{name: on})), self._done)

    def _preview(self, which: Number, template: str, branch: UUID | None) -> None:
        self._tasks.run(
            lambda: preview_numbers(self._desk, which, template, branch),
            lambda found: self.numbers.show_preview(which, found),
            owner=self,
        )

    def _keep_template(self, which: Number, template: str, branch: UUID | None) -> None:
        self._tasks.run(
            lambda: self._said(set_template(self._desk, which, template, branch)), self._done
        )

    def _tick(self, closure: UUID, applies: bool) -> None:
        self._tasks.run(lambda: self._said(keep_closure(self._desk, closure, applies)), self._done)

    def _add(self, first: date, last: date, name: str, here: bool) -> None:
        def add() -> Answer:
            return self._said(add_closure(self._desk, first, last, name, here_only=here))

        self._tasks.run(add, self._added)

    def _said(self, answer: Done[Any] | Refused) -> Answer:
        """Put a refusal into words while the library may be asked."""
        if isinstance(answer, Refused):
            return None, say_refusal(answer, self._desk).what
        return answer.action, ""

    def _added(self, answer: Answer) -> None:
        if answer[0] is not None:
            self.closed.clear_form()
        self._done(answer)

    def _done(self, answer: Answer) -> None:
        action, refusal = answer
        if action is None:
            self._messages.toast(refusal, tone="warn", replace="settings")
        else:
            undo = ToastAction(_("Undo"), lambda: self._undo(action), "Ctrl+Z")
            said = _("Saved; it holds from now on.")
            self._messages.toast(said, tone="ok", replace="settings", action=undo)
        self._read()

    def _undo(self, action: UUID) -> None:
        self.undo_asked.emit(action)
        self._read()


Answer = tuple[UUID | None, str]
"""The action that was written, or the refusal in words."""


def _scrolled(section: QWidget, name: str) -> QScrollArea:
    section.setMaximumWidth(WIDEST * section.fontMetrics().horizontalAdvance("0"))
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(section)
    return area
