"""What a check of a record found: a code with facts, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; only errors of a record that cannot be kept stop the saving."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(StrEnum):
    """What is wrong; facts are named behind each."""

    TITLE_MISSING = "title_missing"
    TAG_INVALID = "tag_invalid"
    TAG_TWICE = "tag_twice"
    FIELD_EMPTY = "field_empty"
    INDICATOR_INVALID = "indicator_invalid"  # place (1, 2), value, allowed
    SUBFIELD_UNKNOWN = "subfield_unknown"
    SUBFIELD_TWICE = "subfield_twice"
    SUBFIELD_EMPTY = "subfield_empty"
    MAIN_ENTRIES = "main_entries"  # tags
    ISBN_CHECK = "isbn_check"  # number
    ISBN_LENGTH = "isbn_length"  # number
    ISSN_CHECK = "issn_check"  # number
    LEADER_LENGTH = "leader_length"  # length
    LEADER_PLACE = "leader_place"  # place, value, allowed
    FIXED_MISSING = "fixed_missing"
    FIXED_LENGTH = "fixed_length"  # length, wanted
    FIXED_DATE = "fixed_date"  # value
    FIXED_KIND = "fixed_kind"  # value
    LANGUAGE_UNKNOWN = "language_unknown"  # value
    COUNTRY_UNKNOWN = "country_unknown"  # value
    YEAR_UNREADABLE = "year_unreadable"  # value
    YEAR_IN_FUTURE = "year_in_future"  # value
    YEAR_OLD = "year_old"  # value
    YEARS_DIFFER = "years_differ"  # value, fixed
    NONFILING_ODD = "nonfiling_odd"  # value
    CLASS_ODD = "class_odd"  # value


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the field by its tag and place in the record (-1: none), the subfield's code.

    ``short`` names the field of the short form in which it can be put right, if there is one.
    """

    code: Code
    severity: Severity
    tag: str = ""
    place: int = -1
    subfield: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    short: str = ""
