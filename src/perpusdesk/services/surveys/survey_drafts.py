"""Forms that are being built: begun from a template or a version, edited freely, published.

A published version is an event and never changes; the draft goes on, and its next version has the
next number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.facts import PUBLISHED
from perpusdesk.domain.rights import SURVEYS
from perpusdesk.domain.surveys.checks import FormFinding, form_findings
from perpusdesk.domain.surveys.form import Form
from perpusdesk.domain.surveys.shape import UnreadableFormError, form_of, form_text
from perpusdesk.exchange.survey_templates import Template, templates
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import surveys as query
from perpusdesk.storage.queries.surveys import DraftRow, VersionRow

SAVE: Final = "save_survey_form"
REMOVE: Final = "remove_survey_form"
PUBLISH: Final = "publish_survey_form"
_DRAFTS: Final = frozenset({"survey_draft"})


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A form that is being built; ``published`` is its latest version's number (0: none).

    ``changed``: it differs from what was published last.
    """

    id: UUID
    name: str
    form: Form
    published: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A published form with its number."""

    id: UUID
    draft: UUID | None
    name: str
    number: int
    form: Form


def offered_templates(desk: Desk) -> tuple[Template, ...]:
    """Return the forms that are ready to use today."""
    return templates(desk.today())


def drafts(desk: Desk) -> list[DraftForm]:
    """Return all forms that are being built, by name; unreadable ones are passed over."""
    latest = _latest(desk)
    found = (_draft(row, latest) for row in query.draft_rows(desk.library))
    return [one for one in found if one is not None]


def draft(desk: Desk, id_: UUID) -> DraftForm | None:
    """Return one form that is being built, or ``None``."""
    row = query.draft_row(desk.library, id_)
    return _draft(row, _latest(desk)) if row else None


def version(desk: Desk, id_: UUID) -> Version | None:
    """Return a published form, or ``None``."""
    row = query.version_row(desk.library, id_)
    return _version(row) if row else None


def latest_versions(desk: Desk) -> list[Version]:
    """Return the newest version of each form, by name: what a new survey is made of."""
    found = (_version(row) for row in _latest(desk).values())
    return sorted((one for one in found if one), key=lambda one: one.name.casefold())


def latest_version(desk: Desk, draft_id: UUID) -> Version | Refused:
    """Return the newest version of a form. ``FORM_UNKNOWN``: it was never published."""
    row = _latest(desk).get(draft_id)
    found = _version(row) if row else None
    return found or Refused(Reason.FORM_UNKNOWN)


@needs(SURVEYS)
def new_draft(desk: Desk, form: Form, based_on: UUID | None = None) -> Done[DraftForm] | Refused:
    """Begin a form: a template's, or a copy of a version (``based_on``). ``RIGHT_MISSING``."""
    action, record = desk.action(SAVE), desk.library.new_id()
    fields = {
        "name": form.title,
        "kind": form.kind.value,
        "definition": form_text(form),
        "based_on": based_on,
    }
    action.set("survey_draft", record, fields, fresh=True)
    made = DraftForm(record, form.title, form, 0, changed=True)
    return Done(made, desk.commit(action).action, SAVE, _DRAFTS)


def copy_version(desk: Desk, id_: UUID, title: str = "") -> Done[DraftForm] | Refused:
    """Begin a new form as a copy of a published one. ``RIGHT_MISSING``, ``FORM_UNKNOWN``."""
    found = version(desk, id_)
    if found is None:
        return Refused(Reason.FORM_UNKNOWN)
    form = replace(found.form, title=title.strip() or found.form.title)
    return new_draft(desk, form, id_)


@needs(SURVEYS)
def save_draft(desk: Desk, id_: UUID, form: Form) -> Done[DraftForm] | Refused:
    """Keep a form as it is now, however unfinished. ``RIGHT_MISSING``, ``FORM_UNKNOWN``."""
    row = query.draft_row(desk.library, id_)
    if row is None:
        return Refused(Reason.FORM_UNKNOWN)
    told = form_text(form)
    action = desk.action(SAVE)
    wanted = {"name": form.title, "kind": form.kind.value, "definition": told}
    before = {"name": row.name, "kind": row.kind, "definition": row.definition}
    fields = {name: value for name, value in wanted.items() if value != before[name]}
    written = None
    if fields:
        action.set("survey_draft", id_, fields)
        written = desk.commit(action).action
    kept = draft(desk, id_)
    assert kept is not None
    return Done(kept, written, SAVE, _DRAFTS)


@needs(SURVEYS)
def remove_draft(desk: Desk, id_: UUID) -> Done[UUID] | Refused:
    """Remove a form that is being built; its versions and their surveys stay."""
    if query.draft_row(desk.library, id_) is None:
        return Refused(Reason.FORM_UNKNOWN)
    action = desk.action(REMOVE)
    action.delete("survey_draft", id_)
    return Done(id_, desk.commit(action).action, REMOVE, _DRAFTS)


@needs(SURVEYS)
def publish(desk: Desk, id_: UUID) -> Done[Version] | Refused:
    """Make the next version of a form, as it is now; it never changes again.

    ``RIGHT_MISSING``, ``FORM_UNKNOWN``, ``FORM_INVALID`` findings (see ``findings``). What is the
    same as the latest version is returned as that, and nothing is written.
    """
    found = draft(desk, id_)
    if found is None:
        return Refused(Reason.FORM_UNKNOWN)
    wrong = form_findings(found.form)
    if wrong:
        return Refused(Reason.FORM_INVALID, {"findings": tuple(wrong), "count": len(wrong)})
    if not found.changed:
        same = _version(_latest(desk)[id_])
        assert same is not None
        return Done(same, None, PUBLISH)
    action, record = desk.action(PUBLISH), desk.library.new_id()
    number = found.published + 1
    action.event(
        PUBLISHED,
        "survey_version",
        record,
        fresh=True,
        draft=id_,
        name=found.form.title,
        kind=found.form.kind.value,
        number=number,
        definition=form_text(found.form),
    )
    written = desk.commit(action)
    value = Version(record, id_, found.form.title, number, found.form)
    return Done(value, written.action, PUBLISH, frozenset({"survey_version"}))


def findings(form: Form) -> list[FormFinding]:
    """Return what keeps a form from being published."""
    return form_findings(form)


def _latest(desk: Desk) -> dict[UUID, VersionRow]:
    """Return the newest version by draft."""
    newest: dict[UUID, VersionRow] = {}
    for row in query.version_rows(desk.library):
        key = row.draft or row.id
        known = newest.get(key)
        if known is None or _order(known) < _order(row):
            newest[key] = row
    return newest


def _order(row: VersionRow) -> tuple[int, datetime, bytes]:
    """Where two devices made the same number, the later counts; the same one everywhere."""
    return row.number, row.published, row.id.bytes


def _draft(row: DraftRow, latest: dict[UUID, VersionRow]) -> DraftForm | None:
    try:
        form = form_of(row.definition)
    except UnreadableFormError:
        return None
    published = latest.get(row.id)
    same = published is not None and published.definition == form_text(form)
    return DraftForm(row.id, row.name, form, row.published, changed=not same)


def _version(row: VersionRow) -> Version | None:
    try:
        form = form_of(row.definition)
    except UnreadableFormError:
        return None
    return Version(row.id, row.draft, row.name, row.number, form)
