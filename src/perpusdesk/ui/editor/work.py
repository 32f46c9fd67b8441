"""What is being catalogued: the form, how it began, and what the program would fill in. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from perpusdesk.domain.responsibility import first_name
from perpusdesk.services.cataloguing.title_form import OpenTitle, TitleForm, set_short
from perpusdesk.services.cataloguing.title_proposals import author_headings, call_number_of
from perpusdesk.services.cataloguing.titles import display_name

_FROM: Final = {
    "author": {"responsibility"},
    "responsibility": {"author"},
    "call_number": {"classification", "author", "responsibility", "title"},
}
"""From which fields a proposal follows."""


@dataclass(slots=True)
class Work:
    """``opened`` is the title that is edited, ``None`` for a new one.

    ``seen`` are the fields that were left once: before, nothing is said of them.
    """

    form: TitleForm
    started: TitleForm
    mark: UUID
    """Names the draft of a new title."""

    opened: OpenTitle | None = None
    seen: set[str] = field(default_factory=set)

    @property
    def unsaved(self) -> bool:
        """Whether something was entered that is not saved."""
        return self.form != self.started

    @property
    def is_new(self) -> bool:
        """Whether the title is not in the library yet."""
        return self.opened is None

    def takes_isbn(self, number: str) -> bool:
        """Whether a scanned ISBN is meant for this form: new, and not of another book already."""
        there = self.form.text("isbn")
        return self.is_new and (not there or there == number or not self.form.text("title"))

    def changed(self) -> list[str]:
        """Return the names of the short fields that were changed since the form opened."""
        before = self.started.values
        return [name for name, value in self.form.values.items() if value != before.get(name)]

    def proposals(self) -> Mapping[str, str]:
        """Return what empty fields will be filled with, by name; empty where nothing is known.

        A title that is here already is left as it is but for what follows from the change.
        """
        found = self._every_proposal()
        if self.is_new:
            return found
        changed = set(self.changed())
        return {name: value if changed & _FROM[name] else "" for name, value in found.items()}

    def _every_proposal(self) -> Mapping[str, str]:
        form = self.form
        author, written = form.text("author"), form.text("responsibility")
        heading = ""
        if written and not author:
            found = author_headings(first_name(written))
            heading = found[0].heading if found else ""
        said = display_name(author) if author and not written else ""
        headed = set_short(form, "author", heading) if heading else form
        number = "" if form.text("call_number") else call_number_of(headed)
        return {"author": heading, "responsibility": said, "call_number": number}

    def filled(self) -> TitleForm:
        """Return the form with its empty fields filled as proposed."""
        form = self.form
        for name, value in self.proposals().items():
            if value and not form.text(name):
                form = set_short(form, name, value)
        return form
