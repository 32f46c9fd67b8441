"""A serial's subscriptions and issues: what is expected, what came, what is late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.serials.issues import (
    IssueForm,
    add_issue,
    edit_issue,
    issues_of,
    receive_issue,
    remove_issue,
)
from perpusdesk.services.serials.subscriptions import (
    FREQUENCIES,
    Numbering,
    SubscriptionForm,
    SubscriptionRow,
    expect_issues,
    remove_subscription,
    save_subscription,
    subscriptions_of,
)
from perpusdesk.storage.queries.serials import IssueRow
from perpusdesk.ui.editor import belongings_text as text
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.entries import CountEdit, DateEdit, MoneyEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage

_YEAR: Final = timedelta(days=364)


class IssuesPart(QWidget):
    """Subscriptions above, issues below; the latest first."""

    def __init__(self, control: IssuesControl, today: Callable[[], date]) -> None:
        super().__init__()
        self._control = control
        self.subscriptions = ChosenList(
            _("Subscriptions"), text.subscription_row, self._for_subscription, _("None yet.")
        )
        self.issues = ChosenList(
            _("Issues"),
            lambda one: text.issue_row(one, today()),
            self._for_issue,
            _("No issue yet: subscribe, or enter one by hand."),
        )
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 8, 8, 16)
        inner.setSpacing(16)
        new = button(_("New subscription"), control.subscribe, icon="plus")
        other = button(_("Enter an issue"), control.enter, icon="edit")
        inner.addWidget(Flow(new, other))
        inner.addWidget(self.subscriptions)
        inner.addWidget(self.issues)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(room))

    def show_all(self, both: tuple[Sequence[SubscriptionRow], Sequence[IssueRow]]) -> None:
        """Show subscriptions and issues."""
        self.subscriptions.show_records(both[0])
        self.issues.show_records(both[1])

    def _for_subscription(self, one: SubscriptionRow) -> Sequence[QPushButton]:
        control = self._control
        return (
            button(_("Expect its issues"), lambda: control.expect(one), icon="calendar"),
            button(_("Change"), lambda: control.subscribe(one), icon="edit"),
            quiet_button(_("Remove"), lambda: control.end(one), icon="trash"),
        )

    def _for_issue(self, one: IssueRow) -> Sequence[QPushButton]:
        control = self._control
        steps = [button(_("Change"), lambda: control.enter(one), icon="edit")]
        if one.received is None:
            steps.insert(0, button(_("Receive"), lambda: control.receive(one), icon="check"))
        if not one.copies:
            steps.append(quiet_button(_("Remove"), lambda: control.remove(one), icon="trash"))
        return steps


class IssuesControl(QObject):
    """Between the lists and the services."""

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks = page, desk, tasks
        self.part = IssuesPart(self, desk.today)

    def refresh(self) -> None:
        """Read both lists anew."""
        title = self._page.title_id
        if title is not None:
            self._tasks.run(
                lambda: (subscriptions_of(self._desk, title), issues_of(self._desk, title)),
                self.part.show_all,
                owner=self,
            )

    # --- subscriptions -----------------------------------------------------------------------

    def subscribe(self, old: SubscriptionRow | None = None) -> None:
        """Ask for a new subscription, or for what changes in one."""
        title, today = self._page.title_id, self._desk.today()
        if title is None:
            return
        first = Field(_("From"), DateEdit(old.first_day if old else today), name="first")
        last = Field(_("Until"), DateEdit(old.last_day if old else today + _YEAR), name="last")
        often = Field(
            _("Frequency"), Choice([(text.frequency_name(one), one) for one in FREQUENCIES])
        )
        often.edit.choose(old.frequency if old else "monthly")
        copies = Field(_("Copies of each issue"), CountEdit(old.copies if old else 1))
        supplier = Field(_("Supplier"), QLineEdit(old.supplier if old else ""))
        price = Field(_("Price for the period"), MoneyEdit(old.price if old else None))

        def save() -> None:
            form = SubscriptionForm(
                first.edit.date() or today,
                last.edit.date() or today,
                often.edit.value() or "monthly",
                old.branch if old else None,
                supplier.edit.text(),
                price.edit.amount() or 0,
                copies.edit.value(),
                old.note if old else "",
            )
            id_ = old.id if old else None
            self._page.doing.run(lambda: save_subscription(self._desk, title, form, id_))

        self._page.view.ask.ask(
            _("Subscription"),
            (first, last, often, copies, supplier, price),
            _("Save"),
            save,
            check=lambda: _no_day(first) | _no_day(last),
            columns=2,
        )

    def expect(self, one: SubscriptionRow) -> None:
        """Ask for the number of the first issue, and make those that are to come."""
        volume = Field(_("First volume"), CountEdit(0), hint=_("0: issues have none."))
        number = Field(_("First number"), CountEdit(1), hint=_("0: issues go by their dates."))

        def make() -> None:
            plan = Numbering(volume.edit.value() or None, number.edit.value() or None)
            self._page.doing.run(
                lambda: expect_issues(self._desk, one.id, plan),
                say=lambda done: text.expected(done.value),
            )

        fields = (volume, number)
        self._page.view.ask.ask(_("Expect its issues"), fields, _("Expect them"), make, columns=2)

    def end(self, one: SubscriptionRow) -> None:
        """Take a subscription out, with the issues that have not come."""
        self._page.doing.run(lambda: remove_subscription(self._desk, one.id))

    # --- issues ------------------------------------------------------------------------------

    def receive(self, one: IssueRow) -> None:
        """An issue came: add its copies."""
        self._page.doing.run(
            lambda: receive_issue(self._desk, one.id),
            lambda done: self._page.saving.made(done.value.copies),
            say=lambda done: text.received(done.value),
        )

    def enter(self, old: IssueRow | None = None) -> None:
        """Ask for an issue that nothing let expect, or for what changes in one."""
        title = self._page.title_id
        if title is None:
            return
        volume = Field(_("Volume number"), QLineEdit(old.volume if old else ""), name="volume")
        number = Field(_("Number"), QLineEdit(old.number if old else ""))
        day = Field(_("Date on the cover"), DateEdit(old.issued if old else None), name="day")
        note = Field(_("Note"), QLineEdit(old.note if old else ""))

        def save() -> None:
            form = IssueForm(
                volume.edit.text(), number.edit.text(), day.edit.date(), note.edit.text()
            )
            self._page.doing.run(
                lambda: (
                    edit_issue(self._desk, old.id, form)
                    if old
                    else add_issue(self._desk, title, form)
                )
            )

        fields: Sequence[Field[Any]] = (volume, number, day, note)
        self._page.view.ask.ask(_("Issue"), fields, _("Save"), save, columns=2)

    def remove(self, one: IssueRow) -> None:
        """Take an issue out."""
        self._page.doing.run(lambda: remove_issue(self._desk, one.id))


def _no_day(field: Field[DateEdit]) -> dict[str, str]:
    if field.edit.date() is not None:
        return {}
    return {field.name: _("This is not a date; write it as 31-12-2010.")}
