"""A heading that changed is changed in the titles that use it: in parts, undoable as one run."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.headings import NAMES, SUBJECTS, Heading, replaced_subject
from perpusdesk.domain.marc.record import to_bytes
from perpusdesk.domain.merge.sets import MARC
from perpusdesk.services.cataloguing.save_title import beside_of, changes_of, settled_record
from perpusdesk.services.cataloguing.title_columns import columns_of
from perpusdesk.services.cataloguing.title_form import OpenTitle, TitleForm, open_form, set_short
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.transfer.import_rights import may_import
from perpusdesk.services.transfer.import_undo import UndoneRun, undo_run
from perpusdesk.storage.queries import headings as find
from perpusdesk.storage.queries import imports

VERB: Final = "apply_heading"
FORMAT: Final = "heading"
_PART: Final = 50
_NAME_FIELDS: Final = {
    "person": ("other_authors",),
    "body": ("other_bodies",),
    "meeting": ("other_bodies",),
}


@dataclass(frozen=True, slots=True)
class AppliedHeading:
    """How many titles were changed, and the run by which that can be taken back."""

    run: UUID | None
    titles: int


def titles_using(desk: Desk, kind: str, former: Iterable[str]) -> list[UUID]:
    """Return the titles that use one of these headings as names or subjects."""
    texts = tuple(former)
    return [opened.title for opened, _ in _changed(desk, Heading(kind, ""), texts)]


def apply_heading(
    desk: Desk,
    heading: Heading,
    former: Iterable[str],
    *,
    progress: Callable[[int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Done[AppliedHeading] | Refused:
    """Write a heading in the place of former ones (its old name, its variants) in all titles.

    One action for each part of fifty titles; ``undo_run`` takes the whole run back, but for titles
    that somebody changed since. ``progress`` hears how many are done. ``RIGHT_MISSING``.
    """
    refusal = may_import(desk)
    if refusal is not None:
        return refusal
    changed = _changed(desk, heading, tuple(former))
    first = list(itertools.islice(changed, _PART))
    if not first:
        return Done(AppliedHeading(None, 0), None, VERB)
    run, done = desk.library.new_id(), 0
    _mark(desk, imports.BEGUN, run, files=heading.heading)
    part = first
    while part:
        action = desk.action(VERB)
        action.event(imports.BATCH, imports.RUN, run)
        for opened, form in part:
            fields = _fields(opened, form)
            if fields:
                action.set("title", opened.title, fields, base=opened.base)
        desk.commit(action)
        done += len(part)
        if progress:
            progress(done)
        if stop and stop():
            break
        part = list(itertools.islice(changed, _PART))
    _mark(desk, imports.ENDED, run, read=done)
    return Done(AppliedHeading(run, done), None, VERB, frozenset({"title"}))


def undo_heading_run(desk: Desk, run: UUID) -> UndoneRun | Refused:
    """Take back what ``apply_heading`` or ``import_headings`` did."""
    return undo_run(desk, run)


def _mark(desk: Desk, kind: str, run: UUID, **payload: Any) -> None:
    action = desk.action("import")
    if kind == imports.BEGUN:
        payload["format"] = FORMAT
    action.event(kind, imports.RUN, run, **payload)
    desk.commit(action)


def _changed(
    desk: Desk, heading: Heading, former: tuple[str, ...]
) -> Iterator[tuple[OpenTitle, TitleForm]]:
    """Yield the titles that use a former heading, with the form as it will be."""
    seen: set[UUID] = set()
    columns = ("author", "subject") if heading.kind in NAMES else ("subject",)
    for text, column in itertools.product(former, columns):
        for title in find.titles_with_words(desk.library, column, text):
            if title in seen:
                continue
            seen.add(title)
            opened = open_form(desk, title)
            if isinstance(opened, Refused):
                continue
            form = with_heading(opened.form, heading, former)
            if form is not opened.form:
                yield opened, form


def with_heading(form: TitleForm, heading: Heading, former: tuple[str, ...]) -> TitleForm:
    """Return a form with a heading in the place of former ones; the same form if it has none."""
    changed = form
    for text in former:
        if heading.kind in NAMES and changed.values["author"] == text:
            changed = set_short(changed, "author", heading.heading)
        for name in _NAME_FIELDS.get(heading.kind, ()):
            names = tuple(heading.heading if one == text else one for one in changed.values[name])
            if names != changed.values[name]:
                changed = set_short(changed, name, names)
        if heading.kind in SUBJECTS:
            changed = _with_subject(changed, text, heading.heading)
    return changed


def _with_subject(form: TitleForm, former: str, new: str) -> TitleForm:
    """Change one subject after the other, so that each keeps the shape of its field."""
    for place, one in enumerate(form.values["subjects"]):
        text = replaced_subject(one, former, new)
        if text != one:
            every = list(form.values["subjects"])
            every[place] = text
            form = set_short(form, "subjects", tuple(every))
    return form


def _fields(opened: OpenTitle, form: TitleForm) -> dict[str, object]:
    record = settled_record(form)
    marc = to_bytes(record)
    fields = {**columns_of(record), **beside_of(form)}
    return changes_of(opened, fields if marc is None else {**fields, MARC: marc})
