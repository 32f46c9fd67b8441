"""What else can be done with the form: templates, a copy of it, its removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QMenu

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.remove_title import remove_title
from perpusdesk.services.cataloguing.title_templates import (
    Template,
    remove_template,
    save_template,
    templates,
)
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.theme import icon

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage


class MoreSteps(QObject):
    """The button *More* with its menu, and the same steps for keys and palette."""

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks = page, desk, tasks
        self.button = button(_("More"), self.open, icon="chevron-down")
        self.menu = QMenu(self.button)
        self.menu.setAccessibleName(_("More"))
        page.view.more.fill(self.button)

    def open(self) -> None:
        """Read the templates and open the menu."""
        self._tasks.run(lambda: templates(self._desk), self._pop, owner=self)

    def save_template(self) -> None:
        """Keep the form as a template under a name."""
        work = self._page.work
        if work is None or not self._page.raw.settled():
            return
        name = Field(_("Name of the template"), QLineEdit(), required=True, name="name")
        form = work.filled()

        def save() -> None:
            self._page.doing.run(lambda: save_template(self._desk, name.edit.text(), form))

        self._page.view.ask.ask(
            _("Save as a template"),
            (name,),
            _("Save"),
            save,
            why=_("New titles can begin as it. Numbers and copies are left out."),
            check=lambda: missing(("name", name.edit.text().strip())),
        )

    def copy(self) -> None:
        """Begin a new title as the one that is open."""
        work = self._page.work
        if work is not None and work.opened is not None:
            self._page.begin.copy(work.opened.title)

    def remove(self) -> None:
        """Ask why, and put the title out of sight."""
        work = self._page.work
        if work is None or work.opened is None:
            return
        title = work.opened.title
        why = Field(_("Why?"), QLineEdit(), required=True, name="why")

        def go() -> None:
            self._page.doing.run(
                lambda: remove_title(self._desk, title, why.edit.text()),
                lambda _done: self._removed(work),
            )

        self._page.view.ask.ask(
            _("Remove this title"),
            (why,),
            _("Remove"),
            go,
            why=_("It goes to the removed titles, from where it can be put back."),
            check=lambda: missing(("why", why.edit.text().strip())),
        )

    def _removed(self, work: Work) -> None:
        self._page.drafts.forget(work)
        self._page.close(None)

    def _pop(self, found: Sequence[Template]) -> None:
        self.fill(found)
        corner = self.button.rect().topLeft()
        place = self.button.mapToGlobal(corner)
        place.setY(place.y() - self.menu.sizeHint().height())
        self.menu.popup(place)

    def fill(self, found: Sequence[Template]) -> None:
        """Put into the menu what makes sense now."""
        menu, work = self.menu, self._page.work
        menu.clear()
        if work is not None and work.is_new:
            for one in found:
                self._add(
                    "file", _("Begin as {name}").format(name=one.name), partial(self._use, one)
                )
        else:
            self._add("copy", _("Copy as a new title"), self.copy)
        self._add("saved", _("Save as a template"), self.save_template)
        for one in found if work is not None and work.is_new else ():
            words = _("Remove the template {name}").format(name=one.name)
            self._add("trash", words, partial(self._drop, one))
        if work is not None and not work.is_new:
            self._add("trash", _("Remove this title"), self.remove)

    def _add(self, mark: str, words: str, run: Callable[[], object]) -> None:
        self.menu.addAction(icon(mark, "muted"), words, run)

    def _use(self, one: Template) -> None:
        self._page.begin.template(one.id)

    def _drop(self, one: Template) -> None:
        self._page.doing.run(lambda: remove_template(self._desk, one.id))
