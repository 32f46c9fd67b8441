"""What the form asks the library while it is filled in; answers that come too late are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.copy_cataloguing import Proposal, look_up
from perpusdesk.services.cataloguing.title_duplicates import Duplicate, duplicates_of
from perpusdesk.services.cataloguing.title_form import set_short
from perpusdesk.services.cataloguing.title_proposals import (
    author_headings,
    call_number_of,
    call_prefixes,
    classes,
)
from perpusdesk.services.cataloguing.title_suggest import suggest
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.short_fields import ShortFields
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.suggest_edit import Suggestion
from perpusdesk.ui.kit.tasks import Tasks

_MOST: Final = 8


class Lookups(QObject):
    """Asks on the database's thread about the work that ``current`` returns."""

    def __init__(
        self, desk: Desk, tasks: Tasks, fields: ShortFields, current: Callable[[], Work | None]
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._fields, self._current = desk, tasks, fields, current
        fields.asked.connect(self._suggest)

    def same(self, then: Callable[[Sequence[Duplicate]], object]) -> None:
        """Look for titles that may be the same as the form's."""
        work = self._current()
        if work is None:
            return
        form = work.filled()
        besides = work.opened.title if work.opened else None
        self._tasks.run(
            lambda: duplicates_of(self._desk, form, besides),
            lambda found: then(found) if work is self._current() else None,
            owner=self,
        )

    def isbn(self, number: str, then: Callable[[Sequence[Proposal]], object]) -> None:
        """Ask the library and the ISBN index for a number."""
        work = self._current()
        self._tasks.run(
            lambda: look_up(self._desk, number),
            lambda found: then(found) if work is self._current() else None,
            owner=self,
        )

    def _suggest(self, name: str, typed: str) -> None:
        def answer(found: Sequence[Suggestion]) -> None:
            self._fields.offer(name, typed, found)

        self._tasks.run(lambda: self._suggestions(name, typed), answer, owner=self)

    def _suggestions(self, name: str, typed: str) -> list[Suggestion]:
        if name == "classification":
            return [Suggestion(number, caption) for number, caption in classes(typed)[:_MOST]]
        if name == "call_number":
            return self._numbers()
        found = suggest(self._desk, name, typed, _MOST)
        known = [Suggestion(one.text, text.about(one.used, one.instead_of)) for one in found]
        return [*known, *_headings(name, typed, {one.text for one in found})][:_MOST]

    def _numbers(self) -> list[Suggestion]:
        """Return the call number proposed, and the same with the prefixes of collections."""
        work = self._current()
        if work is None:
            return []
        form = set_short(work.filled(), "call_number", "")
        plain = Suggestion(call_number_of(form))
        prefixed = (
            Suggestion(call_number_of(form, prefix.code), prefix.name)
            for prefix in call_prefixes(self._desk)
        )
        return [plain, *prefixed] if plain.text else []


def _headings(name: str, typed: str, known: set[str]) -> list[Suggestion]:
    """Return what the rules for names make of a name typed as it is said."""
    if name not in ("author", "other_authors") or len(typed.split()) < 2:
        return []
    proposed = (one.heading for one in author_headings(typed))
    fresh = (heading for heading in proposed if heading not in known and heading != typed)
    return [Suggestion(heading, _("by the rules for names")) for heading in fresh]
