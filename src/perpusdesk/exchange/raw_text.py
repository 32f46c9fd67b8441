"""A field as one line that people write: ``$a Laskar pelangi / $c Andrea Hirata``."""

from __future__ import annotations

import re
from typing import Final

from perpusdesk.domain.marc.record import BLANK, RawField, is_control, tidy_text

_DOLLAR: Final = "{dollar}"
_CODE: Final = re.compile(r"\$([a-z0-9])")


def raw_text(field: RawField) -> str:
    """Return the data of a control field, or the subfields; a dollar sign is ``{dollar}``."""
    if field.control:
        return field.data
    return " ".join(f"${code} {text.replace('$', _DOLLAR)}" for code, text in field.subfields)


def read_raw_text(tag: str, text: str, indicators: str = BLANK) -> RawField:
    """Return the field that a line tells; words before the first code are subfield a."""
    plain = tidy_text(text)
    if is_control(tag):
        return RawField(tag, data=plain)
    lead, *parts = _CODE.split(plain)
    pairs = [("a", lead)] if lead.strip() else []
    pairs += zip(parts[::2], parts[1::2], strict=True)
    subfields = tuple((code, value.strip().replace(_DOLLAR, "$")) for code, value in pairs)
    return RawField(tag, indicators.ljust(2)[:2], subfields)
