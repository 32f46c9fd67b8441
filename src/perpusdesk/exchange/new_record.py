"""A new record of a kind of material: leader, fixed fields, content and carrier types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from perpusdesk.domain.marc.record import RawField, RawRecord, placed
from perpusdesk.domain.materials import Material

_LEADER: Final = "00000n{} a2200000 i 4500"
_NUMBERS: Final = ("001", "003", "005", "010", "020", "022", "024", "035", "852", "990")
"""What belongs to one edition, agency or copy: never taken over into a copied record."""

_OTHERS: Final = ("001", "003", "005", "090", "099", "852", "990", "999")
"""What belongs to the library that made a record."""


def new_record(material: Material, today: date, *, agency: str = "") -> RawRecord:
    """Return a record that says nothing yet but what follows from its kind.

    Its language is Indonesian, its country Indonesia (MARC codes), entered today.
    """
    fixed = f"{today:%y%m%d}nuuuuuuuuio {material.fixed}ind d"
    fields = [RawField("008", data=fixed)]
    if agency:
        source = (("a", agency), ("b", "ind"), ("e", "rda"))
        fields.append(RawField("040", subfields=source))
    record = RawRecord(_LEADER.format(material.leader), tuple(fields))
    return _with_kind(record, material)


def as_material(record: RawRecord, before: Material | None, after: Material) -> RawRecord:
    """Return the record as one of another kind of material.

    Leader, field 007, the middle of field 008 and fields 336 to 338 are those of the new kind,
    fields 006 and 007 that only the former kind brought are gone; all else stays.
    """
    leader = record.leader.ljust(24)[:24]
    leader = leader[:6] + after.leader + leader[8:]
    brought = {("006", before.form), ("007", before.carrier)} if before else set()
    kept = [one for one in record.fields if (one.tag, one.data) not in brought]
    kept = [one for one in kept if one.tag not in ("336", "337", "338")]
    kept = [_refixed(one, after) if one.tag == "008" else one for one in kept]
    return _with_kind(RawRecord(leader, tuple(kept)), after)


def copied_record(record: RawRecord, today: date) -> RawRecord:
    """Return a record to start another one from: no numbers, no holdings, entered today."""
    leader = record.leader.ljust(24)[:24]
    kept = [one for one in record.fields if one.tag not in _NUMBERS]
    kept = [
        replace(one, data=f"{today:%y%m%d}{one.data[6:]}") if one.tag == "008" else one
        for one in kept
    ]
    return RawRecord(f"{leader[:5]}n{leader[6:]}", tuple(kept))


def taken_record(record: RawRecord) -> RawRecord:
    """Return a record that another library made, for this library's own catalogue."""
    agency, number = record.control("003").strip(), record.control("001").strip()
    kept = [one for one in record.fields if one.tag not in _OTHERS]
    taken = RawRecord(record.leader.ljust(24)[:24], tuple(kept))
    if not number:
        return taken
    known = {one.first("a") for one in taken.all("035")}
    text = f"({agency}){number}" if agency else number
    new = RawField("035", subfields=(("a", text),))
    return taken if text in known else taken.with_fields(placed(taken.fields, new))


def _refixed(field: RawField, material: Material) -> RawField:
    data = field.data.ljust(40)[:40]
    return replace(field, data=data[:18] + material.fixed + data[35:])


def _with_kind(record: RawRecord, material: Material) -> RawRecord:
    fields = record.fields
    if material.form:
        fields = placed(fields, RawField("006", data=material.form))
    if material.carrier:
        fields = placed(fields, RawField("007", data=material.carrier))
    for tag, term, code, source in material.kinds:
        pairs = (("a", term), ("b", code), ("2", source))
        fields = placed(fields, RawField(tag, subfields=pairs))
    return record.with_fields(fields)
