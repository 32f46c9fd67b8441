"""What a form needs to open, read at one time on the database's thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.services.add_copies import Choices, NewCopies, last_choices
from perpusdesk.services.desk import Desk
from perpusdesk.services.title_drafts import kept_title_draft, onto
from perpusdesk.services.title_form import (
    OpenTitle,
    TitleForm,
    blank_form,
    copy_form,
    open_form,
    set_short,
)
from perpusdesk.services.title_templates import template_form


@dataclass(frozen=True, slots=True)
class Opening:
    """A form and what stands beside it; ``form`` differs from ``started`` by a kept draft."""

    form: TitleForm
    started: TitleForm
    opened: OpenTitle | None
    choices: Choices
    kinds: tuple[tuple[str, UUID], ...]
    copies: NewCopies | None = None

    @property
    def from_draft(self) -> bool:
        """Whether something stands in the form that was not saved last time."""
        return self.form != self.started


def read_new(
    desk: Desk, material: str, *, isbn: str = "", template: UUID | None = None, fresh: bool = False
) -> Opening:
    """Return the form of a new title; ``fresh`` leaves a kept draft aside."""
    blank = template_form(desk, template) if template else blank_form(desk, material)
    opening = _beside(desk, blank, None)
    draft = None if fresh or template else kept_title_draft(desk)
    if draft is not None:
        return replace(opening, form=draft.form, started=draft.started, copies=draft.copies)
    if isbn:
        return replace(opening, form=set_short(blank, "isbn", (isbn,)))
    return opening


def read_edit(desk: Desk, title: UUID, *, fresh: bool = False) -> Opening | Refused:
    """Return the form of a title."""
    opened = open_form(desk, title)
    if isinstance(opened, Refused):
        return opened
    opening = _beside(desk, opened.form, opened)
    draft = None if fresh else kept_title_draft(desk, title)
    return opening if draft is None else replace(opening, form=onto(opened.form, draft))


def read_copy(desk: Desk, title: UUID) -> Opening | Refused:
    """Return the form of a new title that begins as another one."""
    form = copy_form(desk, title)
    return form if isinstance(form, Refused) else _beside(desk, form, None)


def _beside(desk: Desk, form: TitleForm, opened: OpenTitle | None) -> Opening:
    kinds = tuple((kind.name, id_) for id_, kind in desk.kinds.items())
    return Opening(form, form, opened, last_choices(desk), kinds)
