"""A title on the form of who catalogues: the short form and the raw record, two views of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.marc.record import RawField, RawRecord
from perpusdesk.domain.materials import BOOK, Material, material_of
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.exchange.new_record import as_material, copied_record, new_record, taken_record
from perpusdesk.exchange.raw_text import raw_text, read_raw_text
from perpusdesk.exchange.short_fields import (
    AUTHOR_KINDS,
    BESIDE,
    LOCAL_KINDS,
    SHORT,
    SUBJECT_TAGS,
    ShortField,
)
from perpusdesk.exchange.short_form import Value, read_short, tidy_list, write_short
from perpusdesk.services.cataloguing.title_columns import full_record
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.title_edit import stored_title

__all__ = [
    "AUTHOR_KINDS",
    "LOCAL_KINDS",
    "SHORT",
    "SUBJECT_TAGS",
    "Material",
    "OpenTitle",
    "RawField",
    "ShortField",
    "TitleForm",
    "blank_form",
    "copy_form",
    "form_from",
    "form_of",
    "material_kinds",
    "open_form",
    "raw_text",
    "read_raw_text",
    "set_material",
    "set_raw",
    "set_short",
]

AGENCY: Final = "marc_agency"
"""The setting that names the library in field 040."""


@dataclass(frozen=True, slots=True)
class TitleForm:
    """The whole record (``leader``, ``fields``) and the short form of it by field name.

    ``values`` has every field of ``SHORT``: a text, or a tuple of texts for a repeatable one, as
    typed. Never change them apart: ``set_short`` and ``set_raw`` keep both views in step.
    """

    material: str
    leader: str
    fields: tuple[RawField, ...]
    values: Mapping[str, Value]

    @property
    def record(self) -> RawRecord:
        """The record alone."""
        return RawRecord(self.leader, self.fields)

    def text(self, name: str) -> str:
        """Return one value of the short form without blanks at its ends."""
        value = self.values[name]
        return (value if isinstance(value, str) else "; ".join(value)).strip()


@dataclass(frozen=True, slots=True)
class OpenTitle:
    """A form as it was opened: what the row held, and how old each field was then."""

    title: UUID
    form: TitleForm
    row: Mapping[str, Any]
    base: Mapping[str, Stamp]


def form_of(
    record: RawRecord, material: str, beside: Mapping[str, Value] | None = None
) -> TitleForm:
    """Return the form of a record; ``beside`` are the values that are no part of it."""
    values = {**dict.fromkeys(BESIDE, ()), **read_short(record), **(beside or {})}
    return TitleForm(material, record.leader, record.fields, MappingProxyType(values))


def set_short(form: TitleForm, name: str, value: Value, kind: str = "") -> TitleForm:
    """Return the form with one field of the short form as it was typed.

    ``kind`` is that of a new subject (``SUBJECT_TAGS``; else a topic). The record follows; what
    the short form does not show stays.
    """
    values = {**form.values, name: value}
    if name in BESIDE:
        values[name] = tidy_list(value)
        return replace(form, values=MappingProxyType(values))
    record = write_short(form.record, name, value, kind)
    if name == "author":
        record = write_short(record, "author_kind", str(values["author_kind"]))
    if name == "author_kind":
        record = write_short(record, "author", form.values["author"])
        record = write_short(record, name, value)
    return replace(
        form, leader=record.leader, fields=record.fields, values=MappingProxyType(values)
    )


def set_raw(form: TitleForm, fields: Iterable[RawField], leader: str | None = None) -> TitleForm:
    """Return the form with other fields in its record; the short form is read anew.

    Another kind in the leader makes it a form of that kind of material.
    """
    record = RawRecord(form.leader if leader is None else leader, tuple(fields))
    kind = form.material
    if record.leader[6:8] != form.leader[6:8]:
        kind = material_of(record.leader, record.control("007"), record.control("008"))
    return form_of(record, kind, {name: form.values[name] for name in BESIDE})


def set_material(form: TitleForm, material: str) -> TitleForm:
    """Return the form as one of another kind of material; what was typed stays."""
    kinds = material_kinds()
    record = as_material(form.record, kinds.get(form.material), kinds[material])
    return replace(form, material=material, leader=record.leader, fields=record.fields)


def blank_form(desk: Desk, material: str = BOOK) -> TitleForm:
    """Return an empty form for a kind of material."""
    agency = str(desk.settings.get(AGENCY, ""))
    return form_of(new_record(material_kinds()[material], desk.today(), agency=agency), material)


def open_form(desk: Desk, title: UUID) -> OpenTitle | Refused:
    """Open a title for editing. ``TITLE_UNKNOWN``."""
    row = stored_title(desk.library, title)
    if row is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    record = full_record(row, desk.today())
    beside = {"tags": _listed(row["tags"]), "local_content": _listed(row["local_content"])}
    material = str(row["material"] or "")
    if material not in material_kinds() or (material == BOOK and row["marc"]):
        material = material_of(record.leader, record.control("007"), record.control("008"))
    return OpenTitle(
        title, form_of(record, material, beside), row, desk.library.clocks_of("title", title)
    )


def copy_form(desk: Desk, title: UUID) -> TitleForm | Refused:
    """Return a form that starts from another title: without its numbers and copies."""
    opened = open_form(desk, title)
    if isinstance(opened, Refused):
        return opened
    record = copied_record(opened.form.record, desk.today())
    beside = {name: opened.form.values[name] for name in BESIDE}
    return form_of(record, opened.form.material, beside)


def form_from(marc: bytes) -> TitleForm | None:
    """Return a form filled from a record made elsewhere; ``None`` when it cannot be read.

    Its control number stands in field 035; what tells of another library's copies is gone.
    """
    record = raw_of(marc)
    if record is None:
        return None
    taken = taken_record(record)
    material = material_of(taken.leader, taken.control("007"), taken.control("008"))
    return form_of(taken, material)


def _listed(text: Any) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(text or "").split(";") if part.strip())
