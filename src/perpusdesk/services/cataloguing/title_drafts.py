"""Titles' forms that were not finished: kept on this device, never sent anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import msgspec

from perpusdesk.domain.marc.record import RawField
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.title_form import TitleForm, set_raw, set_short
from perpusdesk.services.desk import Desk

_KEY: Final = "draft/title/"
_NEW: Final = "new"
_MOST: Final = 20


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


# --- titles that are here ------------------------------------------------------------------------


def keep_title_draft(desk: Desk, title: UUID, draft: TitleDraft | None) -> None:
    """Keep the form of a title for later; ``None`` forgets it."""
    kept = None if draft is None else msgspec.json.encode(_plain_draft(draft)).decode()
    desk.library.put_local(f"{_KEY}{title.hex}", kept)


def kept_title_draft(desk: Desk, title: UUID) -> TitleDraft | None:
    """Return the form of a title that was kept, if there is one that can be read."""
    text = desk.library.local(f"{_KEY}{title.hex}")
    try:
        return _draft(msgspec.json.decode(text, type=_KeptDraft)) if text else None
    except (ValueError, msgspec.ValidationError):
        return None


# --- new titles ----------------------------------------------------------------------------------


def keep_new_draft(desk: Desk, mark: UUID, draft: TitleDraft | None) -> None:
    """Keep the form of a new title under a mark of its own; ``None`` forgets it.

    The last twenty are kept.
    """
    every = {one: kept for one, kept in _new_drafts(desk).items() if one != mark}
    if draft is not None:
        every[mark] = _plain_draft(draft)
    latest = dict(list(every.items())[-_MOST:])
    kept = msgspec.json.encode(latest).decode() if latest else None
    desk.library.put_local(f"{_KEY}{_NEW}", kept)


def kept_new_drafts(desk: Desk) -> dict[UUID, TitleDraft]:
    """Return the forms of new titles that were kept, the latest last."""
    return {mark: _draft(kept) for mark, kept in _new_drafts(desk).items()}


def _new_drafts(desk: Desk) -> dict[UUID, _KeptDraft]:
    text = desk.library.local(f"{_KEY}{_NEW}")
    try:
        return msgspec.json.decode(text, type=dict[UUID, _KeptDraft]) if text else {}
    except (ValueError, msgspec.ValidationError):
        return {}


# --- what others changed meanwhile ---------------------------------------------------------------


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


def _plain_draft(draft: TitleDraft) -> _KeptDraft:
    return _KeptDraft(_plain(draft.form), _plain(draft.started), draft.copies)


def _draft(kept: _KeptDraft) -> TitleDraft:
    return TitleDraft(_form(kept.form), _form(kept.started), kept.copies)


def _plain(form: TitleForm) -> _Kept:
    return _Kept(form.material, form.leader, form.fields, dict(form.values))


def _form(kept: _Kept) -> TitleForm:
    return TitleForm(kept.material, kept.leader, kept.fields, kept.values)
