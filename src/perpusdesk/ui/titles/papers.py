"""Papers of the catalogue: a bibliography of the list, a title's cards, what came in lately."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from perpusdesk.common.formats import month_name
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.titles.page import TitlesPage

LONGEST: Final = 20_000
"""Titles of one bibliography: some thousand pages; longer lists are for a workbook."""


class TitlePapers(QObject):
    """Makes PDF files beside the desk's work and opens them."""

    def __init__(
        self, page: TitlesPage, desk: Desk, tasks: Tasks, messages: Messages, folder: Path
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._messages = page, desk, messages
        self._files = PaperFiles(desk, tasks, messages, folder)

    def bibliography(self, order: str) -> None:
        """Print the list on the screen under headings by ``order``."""
        from perpusdesk.printing.bibliography import bibliography
        from perpusdesk.services.cataloguing.title_papers import bibliography_of_rows

        rows, asked = self._page.list.found.rows, self._page.list.asked
        if len(rows) > LONGEST:
            said = _("A bibliography has room for 20,000 titles. Narrow the list first.")
            self._messages.toast(said, tone="warn")
            return
        words = _("Bibliography: {text}").format(text=asked.text) if asked.text else ""
        name = words or _("Bibliography")
        self._files.make_beside(
            "bibliography",
            lambda desk: bibliography_of_rows(desk, name, list(rows), order),
            bibliography,
        )

    def cards(self) -> None:
        """Print the catalogue cards of the title in the panel."""
        from perpusdesk.printing.catalogue_cards import CardKind, catalogue_cards
        from perpusdesk.services.cataloguing.title_papers import title_entries

        title = self._page.title_id
        if title is not None:
            self._files.make_beside(
                "catalogue-cards",
                lambda desk: title_entries(desk, [title]),
                lambda entries: catalogue_cards(entries, list(CardKind)),
            )

    def bulletin(self, *, last_month: bool) -> None:
        """Print what came in this month, or in the last one."""
        from perpusdesk.printing.new_titles import new_titles
        from perpusdesk.services.cataloguing.title_papers import bulletin_of

        first, last = self._month(last_month=last_month)
        self._files.make_beside(
            "new-titles", lambda desk: bulletin_of(desk, first, last), new_titles
        )

    def actions(self) -> tuple[Action, ...]:
        """Return the commands for the palette."""
        orders = {
            "class": lambda: _("Bibliography of this list by class"),
            "subject": lambda: _("Bibliography of this list by subject"),
            "author": lambda: _("Bibliography of this list by author"),
        }
        return (
            *(
                self._action(f"titles_bibliography_{order}", words, self._print(order))
                for order, words in orders.items()
            ),
            self._action(
                "title_cards",
                lambda: _("Catalogue cards of this title"),
                self.cards,
                lambda: self._page.title_id is not None,
            ),
            self._action(
                "titles_bulletin_now",
                lambda: self._bulletin_words(last_month=False),
                lambda: self.bulletin(last_month=False),
            ),
            self._action(
                "titles_bulletin_last",
                lambda: self._bulletin_words(last_month=True),
                lambda: self.bulletin(last_month=True),
            ),
        )

    def _print(self, order: str) -> Callable[[], None]:
        return lambda: self.bibliography(order)

    def _action(
        self,
        id_: str,
        words: Callable[[], str],
        run: Callable[[], object],
        allowed: Callable[[], bool] = lambda: True,
    ) -> Action:
        page = self._page.name
        return Action(id_, words, run, (), "print", lambda: _("Catalogue"), page, allowed)

    def _bulletin_words(self, *, last_month: bool) -> str:
        first, _last = self._month(last_month=last_month)
        month = f"{month_name(first.month)} {first.year}"
        return _("Bulletin of new titles: {month}").format(month=month)

    def _month(self, *, last_month: bool) -> tuple[date, date]:
        today = self._desk.today()
        if not last_month:
            return today.replace(day=1), today
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
