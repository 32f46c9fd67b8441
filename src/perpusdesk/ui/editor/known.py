"""What is known of the book in hand: it is here already, or another catalogue has its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.add_copies import AddedCopies, add_copies
from perpusdesk.services.cataloguing.copy_cataloguing import Proposal
from perpusdesk.services.cataloguing.title_duplicates import Duplicate, Why
from perpusdesk.services.cataloguing.title_form import form_from, set_short
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.lookups import Lookups
from perpusdesk.ui.editor.online import OnlineCatalogues
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.theme import Tone

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage


class KnownTitles(QObject):
    """Looks when the ISBN, the title or the author was left, and says below the title what is so.

    A book that is here gets its copies there with one key; a record found elsewhere fills an
    empty form.
    """

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks, lookups: Lookups) -> None:
        super().__init__(page)
        self._page, self._desk, self._lookups = page, desk, lookups
        self._asked = ""
        self._hurry = False
        self._told: Duplicate | None = None
        self.online = OnlineCatalogues(page, desk, tasks, self.fill)

    def forget(self) -> None:
        """Another form opened."""
        self._asked, self._hurry = "", False
        self._page.view.same.hide()
        self._page.view.offer.hide()

    def isbn_sent(self) -> None:
        """The ISBN is whole: look it up; what is found gets the keyboard."""
        self._hurry = True
        self.look("isbn")

    def look(self, name: str) -> None:
        """A field was left: look for the same title."""
        work = self._page.work
        if work is None or name not in ("isbn", "title", "author", "responsibility"):
            return
        self._lookups.same(self._found)
        number = work.form.text("isbn")
        if name == "isbn" and work.is_new and number and number != self._asked:
            self._asked = number
            self._lookups.isbn(number.partition(";")[0], self._records)

    def _found(self, found: Sequence[Duplicate]) -> None:
        view, work = self._page.view, self._page.work
        hurry, self._hurry = self._hurry, False
        if not found or work is None:
            self._told = None
            view.same.hide()
            return
        first = found[0]
        if first == self._told and view.same.sentence and not hurry:
            return
        self._told = first
        sure = first.sure or (first.why is Why.ISBN and not work.form.text("title"))
        tone: Tone = "warn" if sure else "text"
        steps = [quiet_button(_("Open"), lambda: self._page.open_other(first.id), icon="book")]
        if work.is_new:
            add = button(_("Add copies there"), lambda: self.add_there(first), icon="plus")
            steps.insert(0, add)
        view.same.say(text.same(first), *steps, more=text.same_more(first), tone=tone)
        if hurry and sure and work.is_new:
            steps[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def add_there(self, duplicate: Duplicate) -> None:
        """Add the copies of the form to a title that is here, and begin the next book."""
        wanted = self._page.view.copies.wanted()
        if wanted is None:
            self._page.view.copies.count.setFocus()
            return
        new = replace(wanted, title=duplicate.id)

        def say(done: Done[AddedCopies]) -> str:
            return text.added(done.value.barcodes)

        self._page.doing.run(
            lambda: add_copies(self._desk, new),
            lambda done: self._page.saving.added(duplicate.id, duplicate.title, done.value),
            say=say,
        )

    def _records(self, found: Sequence[Proposal]) -> None:
        work = self._page.work
        usable = [one for one in found if one.record is not None]
        if work is None or not work.is_new or any(one.title for one in found):
            return
        if not usable:
            self.online.offer(self._asked)
        elif work.unsaved and set(work.changed()) - {"isbn"}:
            self._offer(usable[0])
        else:
            self.fill(usable[0])

    def fill(self, proposal: Proposal) -> None:
        """Fill the form from a record that another catalogue made; its ISBN stays as it is."""
        page, work = self._page, self._page.work
        form = form_from(proposal.record.marc) if proposal.record else None
        if work is None or form is None:
            return
        isbn = work.form.values["isbn"]
        page.change(set_short(form, "isbn", isbn) if isbn else form)
        work.seen.update(form.values)
        clear = quiet_button(_("Start afresh"), page.begin.afresh)
        page.view.offer.say(text.filled_from(proposal.source), clear, icon="copy", tone="ok")
        page.view.bring("title")

    def _offer(self, proposal: Proposal) -> None:
        fill = button(_("Fill the form from it"), lambda: self.fill(proposal), icon="copy")
        self._page.view.offer.say(text.known_in(proposal.source), fill, icon="info", tone="text")
