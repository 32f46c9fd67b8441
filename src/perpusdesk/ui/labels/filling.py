"""Filling the queue: a menu of ways, each asking no more than it needs, each undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMenu

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.circulation.read_code import Code
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_fill as fill
from perpusdesk.services.labels import label_prints, label_queue
from perpusdesk.services.labels.label_fill import Found, RunFacts
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage.label_queue import Waiting
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.labels import text
from perpusdesk.ui.labels.queue_pane import QueuePane
from perpusdesk.ui.shell.messages import Messages

_RUNS = 6
Items = list[tuple[str, Callable[[], object] | QMenu]]


class Filling(QObject):
    """Puts copies or members into the queue; ``changed`` tells that it did."""

    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, pane: QueuePane) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._pane = desk, tasks, messages, pane
        self.kind = LabelKind.COPY

    def offer(self) -> None:
        """Open the menu."""
        kind = self.kind

        def read() -> tuple[int, Sequence[RunFacts], Sequence[tuple[UUID, str]]]:
            categories = [(id_, one.name) for id_, one in self._desk.categories.items()]
            return fill.count_unprinted(self._desk, kind), fill.runs(self._desk), categories

        self._tasks.run(read, lambda found: self._open(kind, *found), owner=self)

    def put(self, kind: LabelKind, found: Found) -> None:
        """Put what was found into the queue."""
        self._fill(kind, lambda: found)

    def take_code(self, code: Code) -> None:
        """Put what was scanned into its queue; what nobody has may be words to search for."""
        if code.copy is not None:
            self._fill(LabelKind.COPY, lambda: Found((code.copy,) if code.copy else ()))
        elif code.member is not None:
            self._fill(LabelKind.MEMBER, lambda: Found((code.member,) if code.member else ()))
        else:
            said = _("No copy and no card has {code}.").format(code=code.text)
            search = ToastAction(_("Search titles"), lambda: self._search(code.text))
            self._messages.toast(said, tone="warn", replace="labels", action=search)

    # --- the ways ----------------------------------------------------------------------------

    def _open(
        self,
        kind: LabelKind,
        unprinted: int,
        runs: Sequence[RunFacts],
        categories: Sequence[tuple[UUID, str]],
    ) -> None:
        desk = self._desk
        copies = kind is LabelKind.COPY
        every = _("Without a sticker so far") if copies else _("Without a card so far")
        items: Items = [
            (
                f"{every} ({unprinted})",
                partial(self._fill, kind, partial(fill.unprinted, desk, kind)),
            ),
            (_("New since …"), self._ask_since),
        ]
        if copies:
            items += [
                (_("Numbers from … to …"), self._ask_range),
                (_("Titles found by a search …"), self._ask_search),
            ]
            if runs:
                items.append((_("From an import"), self._runs(kind, runs)))
        else:
            items.append((_("Of a category"), self._categories(categories)))
            if runs:
                items.append((_("From an import"), self._runs(kind, runs)))
        items.append(("", lambda: None))
        known = _("All have stickers already") if copies else _("All have cards already")
        items.append((known, self._take_as_printed))
        self._pane.offer(items)

    def _runs(self, kind: LabelKind, runs: Sequence[RunFacts]) -> QMenu:
        menu = QMenu()
        for run in runs[:_RUNS]:
            find = partial(fill.of_import, self._desk, kind, run.run)
            menu.addAction(text.run_name(run), partial(self._fill, kind, find))
        return menu

    def _categories(self, categories: Sequence[tuple[UUID, str]]) -> QMenu:
        menu = QMenu()
        for category, name in categories:
            find = partial(fill.of_category, self._desk, category)
            menu.addAction(name, partial(self._fill, LabelKind.MEMBER, find))
        return menu

    def _ask_since(self) -> None:
        kind = self.kind
        day = Field(_("From this day on"), DateEdit(self._desk.today()), name="day")

        def wrong() -> dict[str, str]:
            told = _("This is not a date: {text}").format(text=day.edit.text())
            return {} if day.edit.date() else {"day": told}

        def go() -> None:
            since = day.edit.date()
            if since is not None:
                self._fill(kind, lambda: fill.new_since(self._desk, kind, since))

        heading = _("New since …")
        self._pane.ask.ask(heading, [day], _("Add"), go, check=wrong)

    def _ask_range(self) -> None:
        first = Field(_("From number"), QLineEdit(), name="first")
        last = Field(_("To number"), QLineEdit(), name="last")

        def go() -> None:
            low, high = first.edit.text(), last.edit.text()
            self._fill(LabelKind.COPY, lambda: self._in_range(low, high))

        why = _("Barcodes, or inventory numbers where no barcode lies between.")
        self._pane.ask.ask(
            _("Numbers from … to …"),
            [first, last],
            _("Add"),
            go,
            why=why,
            check=lambda: missing(("first", first.edit.text().strip())),
            columns=2,
        )

    def _ask_search(self) -> None:
        words = Field(_("Search for"), QLineEdit(), name="words")
        self._pane.ask.ask(
            _("Titles found by a search …"),
            [words],
            _("Add"),
            lambda: self._search(words.edit.text()),
            check=lambda: missing(("words", words.edit.text().strip())),
        )

    def _in_range(self, first: str, last: str) -> Found:
        found = fill.in_range(self._desk, first, last)
        return Found(()) if isinstance(found, Refused) else found

    def _search(self, words: str) -> None:
        self._fill(LabelKind.COPY, lambda: fill.of_search(self._desk, words))

    # --- doing it ----------------------------------------------------------------------------

    def _fill(self, kind: LabelKind, find: Callable[[], Found]) -> None:
        desk = self._desk

        def work() -> tuple[list[Waiting], int]:
            found = find()
            return label_queue.add(desk, kind, found.ids), len(found.ids)

        def then(answer: tuple[list[Waiting], int]) -> None:
            fresh, found = answer
            said = text.added(kind, len(fresh), found)
            undo = ToastAction(_("Undo"), lambda: self._unfill(fresh), "Ctrl+Z")
            if fresh:
                self._messages.toast(said, tone="ok", replace="labels", action=undo)
            else:
                self._messages.toast(said, tone="warn", replace="labels")
            self.kind = kind
            self.changed.emit()

        self._tasks.run(work, then, owner=self)

    def _unfill(self, fresh: Sequence[Waiting]) -> None:
        positions = [entry.position for entry in fresh]
        self._tasks.run(
            lambda: label_queue.remove(self._desk, positions),
            lambda _taken: self.changed.emit(),
            owner=self,
        )

    def _take_as_printed(self) -> None:
        kind = self.kind

        def then(before: dict[UUID, int | None]) -> None:
            said = text.taken_as_printed(kind, len(before))
            undo = ToastAction(_("Undo"), lambda: self._forget(before), "Ctrl+Z")
            self._messages.toast(said, tone="ok", replace="labels", action=undo)
            self.changed.emit()

        self._tasks.run(lambda: fill.take_as_printed(self._desk, kind), then, owner=self)

    def _forget(self, before: dict[UUID, int | None]) -> None:
        self._tasks.run(
            lambda: label_prints.forget(self._desk, before),
            lambda _none: self.changed.emit(),
            owner=self,
        )
