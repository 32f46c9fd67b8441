"""What a form needs to open, read at one time on the database's thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.add_copies import Choices, NewCopies, last_choices
from perpusdesk.services.cataloguing.title_drafts import kept_new_drafts, kept_title_draft, onto
from perpusdesk.services.cataloguing.title_form import (
    OpenTitle,
    TitleForm,
    blank_form,
    copy_form,
    open_form,
)
from perpusdesk.services.cataloguing.title_templates import template_form
from perpusdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Opening:
    """A form and what stands beside it; ``form`` differs from ``started`` by a kept draft.

    ``mark`` names the draft of a new title, ``waiting`` are the drafts of others.
    """

    form: TitleForm
    started: TitleForm
    opened: OpenTitle | None
    choices: Choices
    kinds: tuple[tuple[str, UUID], ...]
    mark: UUID
    copies: NewCopies | None = None
    waiting: tuple[UUID, ...] = ()

    @property
    def from_draft(self) -> bool:
        """Whether something stands in the form that was not saved last time."""
        return self.form != self.started


def read_new(desk: Desk, material: str, *, fresh: bool = False) -> Opening:
    """Return the form of a new title: the latest draft, or (``fresh``) a blank one."""
    drafts = kept_new_drafts(desk)
    if drafts and not fresh:
        return read_draft(desk, next(reversed(drafts)))
    return replace(_beside(desk, blank_form(desk, material), None), waiting=tuple(drafts))


def read_draft(desk: Desk, mark: UUID) -> Opening:
    """Return the form of a new title as it was kept; a blank one if it is gone."""
    drafts = kept_new_drafts(desk)
    draft = drafts.pop(mark, None)
    if draft is None:
        return _beside(desk, blank_form(desk), None)
    opening = _beside(desk, draft.started, None)
    waiting = tuple(drafts)
    return replace(opening, form=draft.form, copies=draft.copies, mark=mark, waiting=waiting)


def read_template(desk: Desk, template: UUID) -> Opening:
    """Return the form of a new title that begins as a template."""
    return _beside(desk, template_form(desk, template), None)


def read_edit(desk: Desk, title: UUID, *, fresh: bool = False) -> Opening | Refused:
    """Return the form of a title, with its draft unless a ``fresh`` one is wanted."""
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
    return Opening(form, form, opened, last_choices(desk), kinds, desk.library.new_id())
