"""A title's form that was not finished: kept on this device, never sent anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import msgspec

from perpusdesk.domain.marc.record import RawField
from perpusdesk.services.add_copies import NewCopies
from perpusdesk.services.desk import Desk
from perpusdesk.services.title_form import TitleForm, set_raw, set_short

_KEY: Final = "draft/title/"
_NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class TitleDraft:
    """The form as it stood, as it was opened, and the copies that were to be made with it."""

    form: TitleForm
    started: TitleForm
    copies: NewCopies | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A form in plain values."""

    material: str
    leader: str
    fields: tuple[RawField, ...]
    values: dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _KeptDraft:
    form: _Kept
    started: _Kept
    copies: NewCopies | None = None


def keep_title_draft(desk: Desk, draft: TitleDraft | None, title: UUID | None = None) -> None:
    """Keep the form of a title (``None``: of a new one) for later; no draft forgets it."""
    kept = None
    if draft is not None:
        plain = _KeptDraft(_plain(draft.form), _plain(draft.started), draft.copies)
        kept = msgspec.json.encode(plain).decode()
    desk.library.put_local(_key(title), kept)


def kept_title_draft(desk: Desk, title: UUID | None = None) -> TitleDraft | None:
    """Return the form that was kept, if there is one that can be read."""
    text = desk.library.local(_key(title))
    if not text:
        return None
    try:
        kept = msgspec.json.decode(text, type=_KeptDraft)
    except (ValueError, msgspec.ValidationError):
        return None
    return TitleDraft(_form(kept.form), _form(kept.started), kept.copies)


def onto(fresh: TitleForm, draft: TitleDraft) -> TitleForm:
    """Return what was entered in the draft on a record that was changed since by others.

    Fields that the draft added are added, those it removed are taken out where they still stand.
    """
    if fresh == draft.started:
        return draft.form
    fields = list(fresh.fields)
    for gone in _without(draft.started.fields, draft.form.fields):
        if gone in fields:
            fields.remove(gone)
    for new in _without(draft.form.fields, draft.started.fields):
        if new not in fields:
            fields.append(new)
    fields.sort(key=lambda field: field.tag)
    form = replace(set_raw(fresh, fields), material=draft.form.material)
    for name, value in draft.form.values.items():
        if value != draft.started.values.get(name) and value != form.values[name]:
            form = set_short(form, name, value)
    return form


def _without(fields: Iterable[RawField], others: Iterable[RawField]) -> list[RawField]:
    return list((Counter(fields) - Counter(others)).elements())


def _key(title: UUID | None) -> str:
    return f"{_KEY}{title.hex if title else _NEW}"


def _plain(form: TitleForm) -> _Kept:
    return _Kept(form.material, form.leader, form.fields, dict(form.values))


def _form(kept: _Kept) -> TitleForm:
    return TitleForm(kept.material, kept.leader, kept.fields, kept.values)
