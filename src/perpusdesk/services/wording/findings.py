"""What a check of a record found, in words."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.marc.findings import Code, Finding

_TEXTS: Final = {
    Code.TITLE_MISSING: N_("The title is not filled in yet."),
    Code.TAG_INVALID: N_("“{tag}” is no tag: a tag has three digits."),
    Code.TAG_TWICE: N_("Field {tag} may stand only once."),
    Code.FIELD_EMPTY: N_("Field {tag} says nothing and will not be kept."),
    Code.INDICATOR_INVALID: N_("Indicator {place} of {tag} is “{value}”; allowed: {allowed}"),
    Code.SUBFIELD_UNKNOWN: N_("Field {tag} has no subfield ${code}."),
    Code.SUBFIELD_TWICE: N_("Subfield ${code} of {tag} may stand only once."),
    Code.SUBFIELD_EMPTY: N_("Subfield ${code} of {tag} is empty."),
    Code.MAIN_ENTRIES: N_("There is more than one main entry ({tags})."),
    Code.ISBN_CHECK: N_("The check digit of ISBN {number} is wrong. Compare it with the book."),
    Code.ISBN_LENGTH: N_("An ISBN has 10 or 13 digits: {number}"),
    Code.ISSN_CHECK: N_("This is no valid ISSN: {number}"),
    Code.LEADER_LENGTH: N_("The leader has {length} characters; it needs 24."),
    Code.LEADER_PLACE: N_("Leader, place {place}: “{value}”; allowed: {allowed}"),
    Code.FIXED_MISSING: N_("Field 008 is missing."),
    Code.FIXED_LENGTH: N_("Field 008 has {length} characters; it needs {wanted}."),
    Code.FIXED_DATE: N_("Field 008 does not begin with a date: {value}"),
    Code.FIXED_KIND: N_("Field 008, place 6: “{value}” is no kind of date."),
    Code.LANGUAGE_UNKNOWN: N_("“{value}” is no language code."),
    Code.COUNTRY_UNKNOWN: N_("“{value}” is no country code."),
    Code.YEAR_UNREADABLE: N_("There is no year in “{value}”."),
    Code.YEAR_IN_FUTURE: N_("The year {value} is in the future."),
    Code.YEAR_OLD: N_("The year {value} is before printing began. Is it right?"),
    Code.YEARS_DIFFER: N_("The year is {value} here and {fixed} in field 008."),
    Code.NONFILING_ODD: N_("{value} characters of the title are passed over in sorting. Is it so?"),
    Code.CLASS_ODD: N_("“{value}” does not look like a class number."),
}


def finding_text(finding: Finding) -> str:
    """Return the sentence of a finding."""
    facts = dict(finding.facts)
    if "allowed" in facts:
        facts["allowed"] = " ".join("#" if mark == " " else mark for mark in str(facts["allowed"]))
    if "value" in facts and finding.code in (Code.INDICATOR_INVALID, Code.LEADER_PLACE):
        facts["value"] = str(facts["value"]).replace(" ", "#")
    said = {"tag": finding.tag, "code": finding.subfield, **facts}
    return _(_TEXTS[finding.code]).format(**said)
