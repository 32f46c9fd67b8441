"""The fields of the short form, and where in a record each of them lives."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class ShortField:
    """One field: several values if ``repeatable``, several lines if ``long``.

    ``choices`` are all values it may have, where there are few. ``tags`` are read in the order in
    which the fields stand; the first is written when there is none yet, with ``marks`` as its
    indicators. Fields without tags are not part of the record, or live in a control field.
    """

    name: str
    tags: tuple[str, ...] = ()
    code: str = "a"
    marks: str = "  "
    repeatable: bool = False
    long: bool = False
    choices: tuple[str, ...] = ()


AUTHOR_KINDS: Final = ("person", "body", "meeting")
SUBJECT_TAGS: Final = MappingProxyType(
    {
        "topic": "650",
        "place": "651",
        "person": "600",
        "body": "610",
        "meeting": "611",
        "genre": "655",
        "keyword": "653",
    }
)
LOCAL_KINDS: Final = (
    "local_author",
    "local_subject",
    "local_publisher",
    "local_language",
    "manuscript",
    "own_publication",
)

_ALL: Final = (
    ShortField("title", ("245",)),
    ShortField("subtitle", ("245",), "b"),
    ShortField("part_number", ("245",), "n"),
    ShortField("part_name", ("245",), "p"),
    ShortField("responsibility", ("245",), "c"),
    ShortField("author"),
    ShortField("author_kind", choices=AUTHOR_KINDS),
    ShortField("other_authors", repeatable=True),
    ShortField("other_bodies", repeatable=True),
    ShortField("edition", ("250",)),
    ShortField("place", ("264", "260"), "a", " 1"),
    ShortField("publisher", ("264", "260"), "b", " 1"),
    ShortField("year", ("264", "260"), "c", " 1"),
    ShortField("pages", ("300",)),
    ShortField("illustrations", ("300",), "b"),
    ShortField("dimensions", ("300",), "c"),
    ShortField("accompanying", ("300",), "e"),
    ShortField("isbn", ("020",), repeatable=True),
    ShortField("issn", ("022",)),
    ShortField("ismn", ("024",), marks="2 "),
    ShortField("series", ("490", "440", "830"), marks="0 "),
    ShortField("series_number", ("490", "440", "830"), "v", "0 "),
    ShortField("audience", ("521",)),
    ShortField("contents", ("505",), marks="0 ", long=True),
    ShortField("bibliography", ("504",)),
    ShortField("thesis", ("502",)),
    ShortField("abstract", ("520",), long=True),
    ShortField("notes", ("500",), repeatable=True, long=True),
    ShortField("variant_titles", ("246",), marks="3 ", repeatable=True),
    ShortField("link", ("856",), "u", "40", repeatable=True),
    ShortField("frequency", ("310",)),
    ShortField("former_frequency", ("321",)),
    ShortField("numbering", ("362",), marks="0 "),
    ShortField("earlier_title", ("780",), "t", "00"),
    ShortField("later_title", ("785",), "t", "00"),
    ShortField("scale", ("255",)),
    ShortField("projection", ("255",), "b"),
    ShortField("coordinates", ("255",), "c"),
    ShortField("performers", ("511",), marks="0 "),
    ShortField("system", ("538",)),
    ShortField("base_material", ("340",)),
    ShortField("owner", ("561",)),
    ShortField("acquisition", ("541",)),
    ShortField("language_note", ("546",)),
    ShortField("original_language", ("041",), "h", "1 "),
    ShortField("subjects", repeatable=True),
    ShortField("classification"),
    ShortField("call_number"),
    ShortField("language"),
    ShortField("country"),
    ShortField("tags", repeatable=True),
    ShortField("local_content", repeatable=True, choices=LOCAL_KINDS),
)

SHORT: Final = MappingProxyType({field.name: field for field in _ALL})
"""All fields of the short form by name."""

BESIDE: Final = ("tags", "local_content")
"""Fields of a title that are no part of its record."""

JOINTS: Final = MappingProxyType(
    {
        "245": {"b": " :", "c": " /", "n": ".", "p": ","},
        "260": {"a": " ;", "b": " :", "c": ","},
        "264": {"a": " ;", "b": " :", "c": ","},
        "300": {"b": " :", "c": " ;", "e": " +"},
        "490": {"v": " ;", "x": ","},
        "255": {"b": " ;"},
    }
)
"""The mark (ISBD) that stands before a subfield, at the end of the one before it."""
