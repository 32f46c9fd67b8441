"""A stored record as plain values, whatever shape it came in."""

from __future__ import annotations

from perpusdesk.domain.marc.record import RawField, RawRecord, of_bytes
from perpusdesk.exchange.marc_text import parse


def raw_of(marc: bytes) -> RawRecord | None:
    """Return a record as plain values; ``None`` for one that cannot be read at all."""
    quick = of_bytes(marc)
    if quick is not None:
        return quick
    record, _damaged = parse(marc) if marc else (None, False)
    if record is None:
        return None
    fields = []
    for field in record.fields:
        if field.control_field:
            fields.append(RawField(field.tag, data=field.data or ""))
        else:
            marks = "".join(str(mark)[:1] or " " for mark in field.indicators or ("", ""))
            pairs = tuple((code, value) for code, value in field.subfields)
            fields.append(RawField(field.tag, marks, pairs))
    return RawRecord(str(record.leader), tuple(fields))
