"""The cataloguing screen: a new title, or one that is changed; it opens from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Picture, Scan, Source
from perpusdesk.services.cataloguing.title_changes import TitleChange, title_changes
from perpusdesk.services.cataloguing.title_checks import Finding
from perpusdesk.services.cataloguing.title_form import (
    TitleForm,
    material_kinds,
    set_material,
    set_short,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.materials import material_name
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.beginning import Beginning
from perpusdesk.ui.editor.checks import Checks
from perpusdesk.ui.editor.cover_control import CoverControl
from perpusdesk.ui.editor.drafts import Drafts
from perpusdesk.ui.editor.files_part import FilesControl
from perpusdesk.ui.editor.history import restored
from perpusdesk.ui.editor.issues_part import IssuesControl
from perpusdesk.ui.editor.known import KnownTitles
from perpusdesk.ui.editor.lookups import Lookups
from perpusdesk.ui.editor.more import MoreSteps
from perpusdesk.ui.editor.raw_control import RawControl
from perpusdesk.ui.editor.saving import Saving
from perpusdesk.ui.editor.view import EditorView, Part
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages

_SERIAL: Final = "serial"
_PAUSE: Final = 150
"""Milliseconds after the last letter until the form is checked."""


class EditorPage(QObject):
    """The page ``editor`` under ``titles``.

    ``closed`` tells that the form was left, with the title to show (or ``None``); ``title_asked``
    leads to another title, ``camera_asked`` wants frames for a cover. ``shown`` tells that a form
    is on the screen.
    """

    closed = Signal(object)
    camera_asked = Signal(bool)
    title_asked = Signal(object)
    shown = Signal()

    name = "editor"
    under = "titles"
    icon = "edit"
    key = ""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.doing = Doing(desk, tasks, messages)
        self.work: Work | None = None
        self.view = EditorView()
        self.widget: QWidget = self.view
        kinds = [(material_name(code), code) for code in material_kinds()]
        self.view.material.set_options(kinds)
        self._pause = QTimer(self.view)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        fields = self.view.fields
        self.lookups = Lookups(desk, tasks, fields, lambda: self.work)
        self.known = KnownTitles(self, desk, tasks, self.lookups)
        self.covers = CoverControl(
            desk, tasks, self.doing, self.view.aside.cover, lambda: self.work
        )
        self.drafts = Drafts(desk, tasks, self.view.copies, lambda: self.work)
        self.saving = Saving(self, desk, tasks, messages)
        self.checks = Checks(self.view, desk.today, self._go)
        self.raw = RawControl(self, messages)
        self.begin = Beginning(self, desk, tasks, messages)
        self.more = MoreSteps(self, desk, tasks)
        self.files = FilesControl(self, desk, tasks)
        self.issues = IssuesControl(self, desk, tasks)
        self.view.add_parts(self.files.part, self.issues.part)
        self.doing.changed.connect(lambda _done: self.refresh())
        self._listen()

    def _listen(self) -> None:
        view, fields = self.view, self.view.fields
        fields.edited.connect(self._edited)
        fields.left.connect(self._left)
        fields.sent.connect(lambda name: self.known.isbn_sent() if name == "isbn" else None)
        view.save_asked.connect(self.saving.save)
        view.left.connect(self.leave)
        view.next_asked.connect(self.next_finding)
        view.part_asked.connect(lambda part: self.show_part(Part(part)))
        view.material_chosen.connect(self._choose_material)
        view.history.restore_asked.connect(self.restore)
        view.aside.cover.camera_asked.connect(self.camera_asked)

    @property
    def title(self) -> str:
        """The name of the screen."""
        return text.title()

    def opened(self) -> None:
        """Give the keyboard back to where it was in the form."""
        last = self.view.focusWidget()
        if last is not None:
            last.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def title_id(self) -> UUID | None:
        """The title that is edited; a new one has none yet."""
        return self.work.opened.title if self.work and self.work.opened else None

    @property
    def open(self) -> bool:
        """Whether a form is open."""
        return self.work is not None

    # --- while it is open --------------------------------------------------------------------

    def change(self, form: TitleForm, *, shown: bool = True) -> None:
        """Go on with another form; ``shown`` puts its values into the fields."""
        if self.work is None:
            return
        self.work.form = form
        if shown:
            self.show_form()
        self._pause.start()
        self.drafts.changed()

    def check(self) -> None:
        """Check the form now and say what is to be looked at."""
        self._pause.stop()
        if self.work is not None:
            self.checks.show(self.work, self.raw.places)

    def show_part(self, part: Part) -> None:
        """Show the form, or the record's fields; what was entered in one is in the other."""
        work = self.work
        if work is None or not self.raw.settled():
            return
        self.raw.forget()
        self.view.show_part(part)
        if part in (Part.FILES, Part.ISSUES, Part.HISTORY):
            self.refresh()
        elif part is Part.RAW:
            self.raw.show()
        else:
            self.show_form()
            self.view.bring("title")

    def restore(self, change: object) -> None:
        """Put what stood there before a change into the form; it counts once it is saved."""
        work = self.work
        if work is None or not isinstance(change, TitleChange):
            return
        self.change(restored(work.form, change))
        if change.field in self.shown_fields():
            self.show_part(Part.FORM)
            self.view.bring(change.field)
        else:
            self.show_part(Part.RAW)
        self._messages.toast(_("The earlier value is in the form; save to keep it."))

    def refresh(self) -> None:
        """Read anew what belongs to the title, in the part that shows it."""
        part, title = self.view.part, self.title_id
        if part is Part.FILES:
            self.files.refresh()
        elif part is Part.ISSUES:
            self.issues.refresh()
        elif part is Part.HISTORY and title is not None:
            self._tasks.run(
                lambda: title_changes(self._desk, title), self.view.history.show_changes, owner=self
            )

    def toggle_part(self) -> None:
        """Go to the other view of the record."""
        self.show_part(Part.FORM if self.view.part is Part.RAW else Part.RAW)

    def next_finding(self) -> None:
        """Go to the next thing to be looked at."""
        if self.work is not None:
            self.work.seen.update(self.work.form.values)
            self.check()
            self.checks.go_on()

    def settle_pauses(self) -> None:
        """Do at once what waits for a pause in the typing (closing, tests)."""
        self.view.raw.settle()
        self.check()

    # --- leaving -----------------------------------------------------------------------------

    def leave(self) -> None:
        """Close the form; what was not saved is kept as a draft."""
        work = self.work
        if work is None or not self.raw.settled():
            return
        title = self.title_id
        self.drafts.keep()
        if work.unsaved:
            again = self.begin.new if title is None else lambda: self.begin.edit(title)
            step = ToastAction(_("Go on"), lambda: self._again(again))
            self._messages.toast(_("Not saved yet; kept as a draft."), action=step)
        self.close(title)

    def close(self, title: UUID | None) -> None:
        """Close the form and show a title in the catalogue."""
        self.work = None
        self.raw.forget()
        self.known.forget()
        self.view.aside.cover.close_camera()
        self.closed.emit(title)

    def open_other(self, title: UUID) -> None:
        """Leave the form, with its draft, for another title."""
        self.leave()
        self.title_asked.emit(title)

    def keep_if_open(self) -> None:
        """Keep what is in an open form (the program is closing)."""
        if self.work is not None:
            self.view.raw.settle()
            self.drafts.keep()

    def handle_scan(self, scan: Scan) -> None:
        """A scanned ISBN goes into the form of a new title; anything else leaves it as it is."""
        work = self.work
        book = scan.source is not Source.KEYBOARD and text.looks_like_isbn(scan.text)
        if book and work is not None and work.takes_isbn(scan.text):
            self.take_isbn(scan.text)
        else:
            self._messages.toast(_("Save or leave the form first."), tone="warn")

    def take_isbn(self, isbn: str) -> None:
        """Put an ISBN into the form and look it up."""
        self.view.fields.edit("isbn").setText(isbn)
        self.known.isbn_sent()
        self.view.bring("title")

    def show_frame(self, frame: Picture) -> None:
        """Show a camera's frame where a cover is being taken."""
        self.view.aside.cover.show_frame(frame)

    def escape(self) -> None:
        """Leave the form."""
        self.leave()

    # --- inside ------------------------------------------------------------------------------

    def _again(self, begin: Callable[[], object]) -> None:
        begin()
        self.shown.emit()

    def shown_fields(self) -> Sequence[str]:
        """Return the fields of the kind of material, in order."""
        assert self.work is not None
        return material_kinds()[self.work.form.material].fields

    def show_form(self) -> None:
        """Put the form's values into the fields."""
        assert self.work is not None
        self.view.show_kind(self.work.form.material, list(self.shown_fields()))
        self.view.fields.fill(self.work.form)
        self.check()

    def _edited(self, name: str, value: object) -> None:
        if self.work is not None and isinstance(value, str | tuple):
            self.change(set_short(self.work.form, name, value), shown=False)

    def _left(self, name: str) -> None:
        if self.work is not None and self.view.isVisible():
            self.work.seen.add(name)
            self.check()
            self.known.look(name)
            if name == "title" and self.work.is_new:
                self.covers.show()

    def _choose_material(self, material: str) -> None:
        if self.work is not None and material != self.work.form.material:
            form = set_material(self.work.form, material)
            if not self.work.unsaved:
                self.work.started = form
            self.change(form)

    def _go(self, finding: Finding) -> None:
        """Go to the place of a finding."""
        if self.view.part is Part.FORM and finding.short in self.shown_fields():
            self.view.bring(finding.short)
            return
        if self.view.part is Part.FORM:
            self.show_part(Part.RAW)
        self.raw.go_to(finding.place)
