"""Checking a form while it is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from perpusdesk.domain.marc.checks import check_record
from perpusdesk.domain.marc.findings import Code, Finding, Severity
from perpusdesk.exchange.marc_format import bibliographic_format, code_lists
from perpusdesk.services.cataloguing.title_form import TitleForm

__all__ = ["Code", "Finding", "Severity", "check_form"]

_SHORT: Final = MappingProxyType(
    {
        ("245", "a"): "title",
        ("245", "b"): "subtitle",
        ("245", "c"): "responsibility",
        ("250", "a"): "edition",
        ("490", "a"): "series",
    }
)
_ORDER: Final = {severity: place for place, severity in enumerate(Severity)}


def check_form(form: TitleForm, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd, what matters most first. Nothing but ``ERROR`` stops saving."""
    languages, countries = code_lists()
    found = check_record(form.record, bibliographic_format(), languages, countries, today.year)
    named = [
        one if one.short else replace(one, short=_SHORT.get((one.tag, one.subfield), ""))
        for one in found
    ]
    return tuple(sorted(named, key=lambda one: _ORDER[one.severity]))
