"""Adding, changing and removing the copies of the title in the panel."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.cataloguing.add_copies import AddedCopies, add_copies, preview
from perpusdesk.services.cataloguing.copy_choices import CopyFacts, copy_facts
from perpusdesk.services.cataloguing.copy_story import StoryLine, copy_story
from perpusdesk.services.cataloguing.edit_copies import OpenCopy, edit_copies, edit_copy, open_copy
from perpusdesk.services.cataloguing.remove_copies import RemovedCopies, remove_copies
from perpusdesk.services.cataloguing.title_card import CopyLine
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_queue
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.titles import copies_text as text
from perpusdesk.ui.titles.copies_form import CopiesForm

_TAKEN = (Reason.COPY_BARCODE_TAKEN, Reason.COPY_INVENTORY_TAKEN)


class CopiesControl(QObject):
    """Stands above the list of copies of the panel; ``shown`` tells that something is shown."""

    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, doing: Doing, rows: RecordList
    ) -> None:
        """``rows`` is the list of the copies; several may be chosen in it from now on."""
        super().__init__()
        self._desk, self._tasks, self._messages, self._doing = desk, tasks, messages, doing
        self._rows = rows
        self._title: UUID | None = None
        rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.add = button(_("Add copies"), self.new, icon="plus", keys="Ctrl+E")
        self.form, self.ask = CopiesForm(), AskCard()
        self.story = ChosenList(_("Story"), text.story_row, lambda _line: (), "")
        self.story.hide()
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.form, self.ask):
            column.addWidget(part)
        self.form.saved.connect(lambda: self.save(same_number=False))
        self.form.changed.connect(self._preview)

    def show_title(self, title: UUID | None) -> None:
        """Belong to another title from now on; what was begun for the one before is left."""
        if title != self._title:
            self._title = title
            for part in (self.form, self.ask):
                part.leave()
            self.story.hide()

    # --- what can be done --------------------------------------------------------------------

    def new(self) -> None:
        """Open the form for new copies."""
        title = self._title
        if title is not None:
            self._tasks.run(
                lambda: copy_facts(self._desk),
                lambda facts: self.form.open_new(title, facts),
                owner=self,
            )

    def change(self, copies: Sequence[CopyLine]) -> None:
        """Open the form for one copy, or for many."""
        if len(copies) > 1:
            ids = tuple(copy.id for copy in copies)
            self._tasks.run(
                lambda: copy_facts(self._desk),
                lambda facts: self.form.open_many(ids, facts),
                owner=self,
            )
            return

        def read() -> tuple[OpenCopy | Refused, CopyFacts]:
            return open_copy(self._desk, copies[0].id), copy_facts(self._desk)

        def show(pair: tuple[OpenCopy | Refused, CopyFacts]) -> None:
            if isinstance(pair[0], OpenCopy):
                self.form.open_one(pair[0], pair[1])

        self._tasks.run(read, show, owner=self)

    def save(self, *, same_number: bool) -> None:
        """Save what stands in the form."""
        form, desk = self.form, self._desk
        if (new := form.new()) is not None:
            self._doing.run(
                lambda: add_copies(desk, new, same_number=same_number),
                self._added,
                say=text.added,
                refused=self._refused,
            )
        elif (now := form.form()) is not None and form.opened is not None:
            opened = form.opened
            self._doing.run(
                lambda: edit_copy(desk, opened, now, same_number=same_number),
                lambda _done: form.leave(),
                say=text.edited,
                refused=self._refused,
            )
        else:
            many, changes = form.many, form.changes()
            self._doing.run(
                lambda: edit_copies(desk, many, changes),
                lambda _done: form.leave(),
                say=text.edited,
                refused=self._refused,
            )

    def remove(self, copies: Sequence[CopyLine]) -> None:
        """Ask why copies were wrong, then remove them."""
        why = Field(_("Why is it wrong?"), QLineEdit(), name="why", required=True)
        why.edit.setMaxLength(200)
        what = text.copies(len(copies)) if len(copies) > 1 else copies[0].barcode
        ids = tuple(copy.id for copy in copies)

        def said(done: Done[RemovedCopies]) -> str:
            return _("{count} removed").format(count=text.copies(len(done.value.copies)))

        self.ask.ask(
            _("Remove {what}").format(what=what),
            [why],
            _("Remove"),
            lambda: self._doing.run(
                lambda: remove_copies(self._desk, ids, why.edit.text()), say=said
            ),
            why=_("Only for copies entered by mistake; used ones are withdrawn instead."),
            check=lambda: missing(("why", why.edit.text().strip())),
        )

    def label(self, copies: Sequence[UUID]) -> None:
        """Put the labels of copies into the queue of what is to be printed."""
        self._tasks.run(
            lambda: label_queue.add(self._desk, LabelKind.COPY, copies),
            lambda added: self._queued(len(added)),
            owner=self,
        )

    def tell(self, copy: CopyLine) -> None:
        """Show what became of a copy besides its loans."""
        self._tasks.run(
            lambda: copy_story(self._desk, copy.id),
            lambda lines: self._tell(copy, lines),
            owner=self,
        )

    def steps(self, copy: CopyLine) -> Sequence[QPushButton]:
        """Return what can be done with the chosen copies, beside what their state allows."""
        chosen = self.chosen() or [copy]
        label = ngettext("Queue its label", "Queue {n} labels", len(chosen)).format(n=len(chosen))
        change = (
            button(_("Change"), lambda: self.change(chosen), icon="edit")
            if len(chosen) == 1
            else button(
                _("Change {count}").format(count=text.copies(len(chosen))),
                lambda: self.change(chosen),
                icon="edit",
            )
        )
        return (
            change,
            quiet_button(label, lambda: self.label([one.id for one in chosen]), icon="print"),
            quiet_button(_("Remove"), lambda: self.remove(chosen), icon="trash"),
        )

    def chosen(self) -> list[CopyLine]:
        """Return the copies that are chosen in the list, in order."""
        places = sorted(index.row() for index in self._rows.selectionModel().selectedRows())
        found = (self._rows.rows.row_at(place) for place in places)
        return [one for one in found if isinstance(one, CopyLine)]

    # --- inside ------------------------------------------------------------------------------

    def _preview(self) -> None:
        new = self.form.new()
        if new is None or self.form.isHidden():
            return

        def read() -> tuple[tuple[str, str], ...] | Said:
            found = preview(self._desk, new)
            return say_refusal(found, self._desk) if isinstance(found, Refused) else found

        self._tasks.run(read, self._previewed, owner=self)

    def _previewed(self, found: tuple[tuple[str, str], ...] | Said) -> None:
        if isinstance(found, Said):
            self.form.show_numbers(found.what, "", "")
        else:
            self.form.show_numbers(text.row_of_numbers(found), *found[0])
        self.shown.emit()

    def _added(self, done: Done[AddedCopies]) -> None:
        queue = self.form.queue.isChecked()
        self.form.leave()
        if queue:
            copies = done.value.copies
            self._tasks.run(lambda: label_queue.add(self._desk, LabelKind.COPY, copies))

    def _refused(self, refused: Refused, said: Said) -> bool:
        verb = _("Use it all the same") if refused.reason in _TAKEN else ""
        self.form.warn(said.what, verb, lambda: self.save(same_number=True))
        return True

    def _queued(self, count: int) -> None:
        words = ngettext("{n} label queued", "{n} labels queued", count).format(n=count)
        self._messages.toast(words if count else _("Its label is queued already."), tone="ok")

    def _tell(self, copy: CopyLine, lines: Sequence[StoryLine]) -> None:
        self.story.rename(_("Changes of {barcode}").format(barcode=copy.barcode))
        self.story.show_records(text.story_rows(lines))
        self.story.show()
        self.shown.emit()
