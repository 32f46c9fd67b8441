"""The screen of visits in a running desktop: which tabs it has, and what each is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perpusdesk.app.phoning import Phoning
from perpusdesk.app.serving import Serving
from perpusdesk.app.tabs import Place, TabScreen
from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.surveys.actions import survey_actions
from perpusdesk.ui.visits.actions import book_actions, groups_actions
from perpusdesk.ui.visits.page import VisitsPage

if TYPE_CHECKING:
    from perpusdesk.ui.surveys.part import SurveysPart
    from perpusdesk.ui.visits.book_part import BookPart
    from perpusdesk.ui.visits.groups_part import GroupsPart


class Visiting(TabScreen):
    """Guest book, groups, surveys, phones, and what visitors say."""

    def __init__(self, place: Place, sounds: Sounds | None = None) -> None:
        self._visits = VisitsPage()
        super().__init__(place, self._visits)
        self._sounds = sounds or Sounds(on=False)
        self.book: BookPart | None = None
        self._add_tabs()
        self.join()

    def _add_tabs(self) -> None:
        """Add the tabs from left to right."""
        self.page.add_tab("book", _("Guest book"), self._guest_book)
        self.page.add_tab("groups", _("Groups"), self._groups)
        self.page.add_tab("surveys", _("Surveys"), self._surveys)
        self._window.registry.add(*survey_actions(self._show_surveys))
        self.phoning = Phoning(self._desk, self._tasks, self._window.messages, self._papers)
        self.page.add_tab("phones", _("Phones"), self.phoning.part)
        self.serving = Serving(self._window, self._desk, self._tasks, self._papers, self.page)
        self.serving.title_asked.connect(self.title_asked)
        self._window.registry.add(
            *book_actions(self._visits, lambda: self.book),
            *groups_actions(self._visits, self._new_booking, self._new_visitor),
        )
        self._window.registry.ran.connect(self._after)

    def _guest_book(self) -> BookPart:
        from perpusdesk.ui.visits.book_part import BookPart

        self.book = BookPart(
            self._desk, self._tasks, self._window.messages, self._sounds, self._papers
        )
        return self.book

    def _groups(self) -> GroupsPart:
        from perpusdesk.ui.visits.groups_part import GroupsPart

        return GroupsPart(self._desk, self._tasks, self._window.messages, self._papers)

    def _new_booking(self) -> None:
        from perpusdesk.ui.visits.groups_part import GroupsPart

        part = self.page.part("groups")
        if isinstance(part, GroupsPart):
            part.ask_booking()

    def _new_visitor(self) -> None:
        if self.book is not None and self.book.counting:
            self.book.ask_visitor()

    def _surveys(self) -> SurveysPart:
        from perpusdesk.ui.surveys.part import SurveysPart

        part = SurveysPart(
            self._desk, self._tasks, self._window.messages, self._papers, self._sounds.play
        )
        self._window.closing.connect(part.builder.save)
        return part

    def _show_surveys(self) -> SurveysPart:
        from perpusdesk.ui.surveys.part import SurveysPart

        self._window.go(self.page.name)
        self.page.open_part("surveys")
        part = self.page.part("surveys")
        assert isinstance(part, SurveysPart)
        return part

    def _after(self, action: str) -> None:
        """Show what an undo by key changed."""
        if action == "undo" and self._window.page == self.page.name:
            self._tasks.run(lambda: None, lambda _done: self.page.refresh(), owner=self)
