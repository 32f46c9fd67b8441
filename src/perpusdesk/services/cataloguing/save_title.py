"""Saving the form of a title: a new one with copies, or what was changed of one, as one action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.marc.record import RawRecord, to_bytes
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.domain.merge.sets import MARC, SEPARATOR, SETS, elements, marc_changes, set_changes
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.exchange.short_form import tidy, write_short
from perpusdesk.services.cataloguing.add_copies import NewCopies, PutCopies, note_given, put_copies
from perpusdesk.services.cataloguing.title_columns import columns_of
from perpusdesk.services.cataloguing.title_form import OpenTitle, TitleForm
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done, Notice, NoticeKind
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.title_edit import stored_title

ADD: Final = "add_title"
EDIT: Final = "edit_title"
_LISTS: Final = SETS["title"]


@dataclass(frozen=True, slots=True)
class SavedTitle:
    """What was written: the title, which of its fields, and which somebody else had changed too.

    ``copies`` and ``barcodes`` are those that were added with it.
    """

    title: UUID
    fields: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    call_number: str = ""
    copies: tuple[UUID, ...] = ()
    barcodes: tuple[str, ...] = ()


CLASS: Final = "classification"


@needs(CATALOGUE)
def save_title(
    desk: Desk, form: TitleForm, base: OpenTitle | None = None, *, copies: NewCopies | None = None
) -> Done[SavedTitle] | Refused:
    """Save a form: as a new title, or what differs from ``base``, the form as it was opened.

    Refused with ``TITLE_MISSING`` (no title proper), ``TITLE_UNKNOWN`` (removed meanwhile),
    ``RECORD_TOO_LONG``, and as ``add_copies`` is, whose ``copies`` get this title. When somebody
    changed the same field since, this edit still counts, both are kept in the history, and a
    notice ``EDITED_MEANWHILE`` names the fields; subjects, names and fields of the record that
    each side added are all kept. Nothing changed: nothing is written and ``action`` is ``None``.
    """
    record = settled_record(form)
    columns = columns_of(record)
    if not columns:
        return Refused(Reason.TITLE_MISSING)
    marc = to_bytes(record)
    if marc is None:
        return Refused(Reason.RECORD_TOO_LONG)
    fields = {**columns, **beside_of(form), MARC: marc}
    if base is not None and not form.text(CLASS) and not base.form.text(CLASS):
        del fields[CLASS]  # only proposed from other fields: the book stays where it stands
    return _add(desk, fields, copies) if base is None else _edit(desk, base, fields, copies)


def settled_record(form: TitleForm) -> RawRecord:
    """Return the record of a form without what says nothing, its tags in ascending order."""
    record = form.record
    if number := form.text("call_number"):
        record = write_short(record, "call_number", number)
    said = [field for field in record.fields if not field.empty]
    return record.with_fields(sorted(said, key=lambda field: field.tag))


def beside_of(form: TitleForm) -> dict[str, str]:
    """Return the columns that are no part of the record."""
    return {
        "material": form.material,
        "call_number": tidy(form.values["call_number"]),
        **{name: form.text(name) for name in ("tags", "local_content")},
    }


def _add(
    desk: Desk, fields: Mapping[str, Any], copies: NewCopies | None
) -> Done[SavedTitle] | Refused:
    title, action = desk.library.new_id(), desk.action(ADD)
    filled = {name: value for name, value in fields.items() if value}
    action.set("title", title, filled, fresh=True)
    put = _put(desk, action, title, copies)
    if isinstance(put, Refused):
        return put
    written = desk.commit(action)
    if put:
        note_given(desk, put)
    saved = SavedTitle(title, tuple(filled), call_number=str(fields["call_number"]))
    return Done(_saved(saved, put), written.action, ADD, _changes(put))


def _edit(
    desk: Desk,
    base: OpenTitle,
    fields: Mapping[str, Any],
    copies: NewCopies | None,
) -> Done[SavedTitle] | Refused:
    if stored_title(desk.library, base.title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": base.title})
    changed = changes_of(base, fields)
    action = desk.action(EDIT)
    if changed:
        action.set("title", base.title, changed, base=base.base)
    put = _put(desk, action, base.title, copies)
    if isinstance(put, Refused):
        return put
    number = str(fields["call_number"])
    if not action.drafts:
        return Done(SavedTitle(base.title, call_number=number), None, EDIT)
    meanwhile = _meanwhile(base.base, desk.library.clocks_of("title", base.title), changed)
    written = desk.commit(action)
    if put:
        note_given(desk, put)
    saved = SavedTitle(base.title, _names(changed), meanwhile, call_number=number)
    notices = (Notice(NoticeKind.EDITED_MEANWHILE, {"fields": meanwhile}),) if meanwhile else ()
    return Done(_saved(saved, put), written.action, EDIT, _changes(put), notices)


def _changes(put: PutCopies | None) -> frozenset[str]:
    return frozenset({"title", "copy"} if put else {"title"})


def _put(
    desk: Desk, action: Action, title: UUID, copies: NewCopies | None
) -> PutCopies | Refused | None:
    """Add the copies to the action that saves their title."""
    return put_copies(desk, action, replace(copies, title=title)) if copies else None


def _saved(saved: SavedTitle, put: PutCopies | None) -> SavedTitle:
    return replace(saved, copies=put.copies, barcodes=put.barcodes) if put else saved


def changes_of(base: OpenTitle, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to write, lists and the record in parts."""
    opened = settled_record(base.form)
    before = {**columns_of(opened), **beside_of(base.form), MARC: to_bytes(opened)}
    changed: dict[str, Any] = {}
    for name, value in fields.items():
        if (before.get(name) or "") == (value or ""):
            continue
        if name in _LISTS:
            stored = base.row[name]
            changed |= set_changes(name, stored, _as_stored(stored, value))
        elif name == MARC:
            changed |= marc_changes(base.row[MARC], value)
        else:
            changed[name] = value
    return changed


def _as_stored(stored: str | None, value: str) -> str:
    """Return a list with the things that are there already spelled as they are stored."""
    known = {tidy(one): one for one in elements(stored)}
    return SEPARATOR.join(known.get(tidy(one), one) for one in elements(value))


def _names(changed: Iterable[str]) -> tuple[str, ...]:
    """Return which fields were written: ``subjects`` for a part of them."""
    return tuple(dict.fromkeys(name.partition("/")[0] for name in changed))


def _meanwhile(
    base: Mapping[str, Stamp], now: Mapping[str, Stamp], changed: Iterable[str]
) -> tuple[str, ...]:
    """Return the fields (``245`` for a field of the record) that somebody else wrote too."""
    found = []
    for name in changed:
        whole, _, part = name.partition("/")
        if any(now.get(one) != base.get(one) for one in (name, whole)):
            found.append(part[:3] if whole == MARC and part else whole)
    return tuple(dict.fromkeys(found))
