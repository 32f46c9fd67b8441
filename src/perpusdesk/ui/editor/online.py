"""Asks catalogues on the network for the book in hand, when somebody wants it; nobody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.exchange.copy_servers import CopyServer
from perpusdesk.services.cataloguing.copy_cataloguing import Answer, Proposal, ask_servers
from perpusdesk.services.cataloguing.copy_server_list import copy_servers
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor import text
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage

Ask = Callable[[Sequence[CopyServer], str], Iterator[Answer]]
_MOST: Final = 3


class OnlineCatalogues(QObject):
    """``take`` is told which of the records found fills the form; ``ask`` can be replaced."""

    def __init__(
        self, page: EditorPage, desk: Desk, tasks: Tasks, take: Callable[[Proposal], object]
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._take = page, desk, tasks, take
        self.ask: Ask = ask_servers

    def offer(self, number: str) -> None:
        """Offer to ask, where the library has catalogues to ask."""
        work = self._page.work

        def show(servers: Sequence[CopyServer]) -> None:
            if servers and work is self._page.work:
                go = button(_("Ask other catalogues"), lambda: self.search(number), icon="search")
                self._page.view.offer.say(_("No record of it is here."), go, tone="text")

        self._tasks.run(self._servers, show, owner=self)

    def search(self, number: str) -> None:
        """Ask the catalogues for a number, beside everything else."""
        work = self._page.work
        self._page.view.offer.say(_("Asking other catalogues …"), icon="search", tone="text")

        def answered(answers: list[Answer]) -> None:
            if work is self._page.work and work is not None:
                self._show(answers)

        def ask(servers: Sequence[CopyServer]) -> None:
            self._tasks.aside(lambda: list(self.ask(servers, number)), answered, owner=self)

        self._tasks.run(self._servers, ask, owner=self)

    def _servers(self) -> Sequence[CopyServer]:
        return [server for server in copy_servers(self._desk) if server.enabled]

    def _show(self, answers: Sequence[Answer]) -> None:
        found = [one for answer in answers for one in answer.proposals if one.record is not None]
        silent = [answer.server.name for answer in answers if answer.failed is not None]
        notice = self._page.view.offer
        if not found:
            notice.say(_("No catalogue has a record of it."), more=text.silent(silent))
            return
        steps = [
            button(text.record_of(one), partial(self._take, one), icon="copy")
            for one in found[:_MOST]
        ]
        notice.say(_("Fill the form from:"), *steps, more=text.silent(silent), tone="text")
