"""What the fields of a record mean, in a few words of our own, for who sees them as lines.

Meanings after MARC 21 Format for Bibliographic Data (Library of Congress) as INDOMARC uses it.
"""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_NAME: Final = {"a": N_("name"), "c": N_("titles of rank"), "d": N_("years of life")}
_BODY: Final = {"a": N_("body"), "b": N_("part of it")}
_MEETING: Final = {"a": N_("meeting"), "c": N_("place"), "d": N_("date"), "n": N_("number")}
_SERIES: Final = {"a": N_("series"), "v": N_("volume"), "x": N_("ISSN")}
_IMPRINT: Final = {"a": N_("place"), "b": N_("publisher"), "c": N_("year")}
_PARTS: Final = {
    "x": N_("general subdivision"),
    "y": N_("time"),
    "z": N_("place"),
    "v": N_("form"),
    "2": N_("list it is from"),
}
_LINKED: Final = {"t": N_("title"), "a": N_("author"), "x": N_("ISSN"), "g": N_("part")}
_KIND: Final = {"a": N_("term"), "b": N_("code"), "2": N_("list it is from")}
_HELD: Final = {
    "a": N_("call number or place"),
    "b": N_("shelf"),
    "h": N_("class"),
    "i": N_("letters"),
    "p": N_("barcode"),
}

_TAGS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "LDR": (N_("Leader: what kind of record this is"), {}),
    "001": (N_("Number of the record"), {}),
    "003": (N_("Who gave that number"), {}),
    "005": (N_("When the record was changed last"), {}),
    "006": (N_("More about the kind of material, in codes"), {}),
    "007": (N_("The thing itself, in codes"), {}),
    "008": (N_("Year, country, kind and language, in codes at fixed places"), {}),
    "010": (N_("Number at the Library of Congress"), {"a": N_("number")}),
    "020": (N_("ISBN"), {"a": N_("number"), "q": N_("which edition"), "z": N_("a wrong one")}),
    "022": (N_("ISSN"), {"a": N_("number"), "y": N_("a wrong one")}),
    "024": (N_("Another standard number"), {"a": N_("number"), "2": N_("list it is from")}),
    "035": (N_("Number of the record in another system"), {"a": N_("number")}),
    "040": (
        N_("Who made the record"),
        {"a": N_("made by"), "b": N_("language of the record"), "e": N_("rules")},
    ),
    "041": (
        N_("Languages, in codes"),
        {"a": N_("of the text"), "h": N_("translated from")},
    ),
    "043": (N_("Region, in codes"), {"a": N_("code")}),
    "082": (
        N_("Dewey class"),
        {"a": N_("class"), "2": N_("edition of the scheme")},
    ),
    "084": (N_("Class of another scheme"), {"a": N_("class"), "2": N_("list it is from")}),
    "090": (N_("Call number here"), {"a": N_("class"), "b": N_("letters")}),
    "100": (N_("Author, main heading"), {**_NAME, "e": N_("role")}),
    "110": (N_("Body as author, main heading"), _BODY),
    "111": (N_("Meeting as author, main heading"), _MEETING),
    "130": (N_("Uniform title, main heading"), {"a": N_("title")}),
    "240": (N_("Uniform title"), {"a": N_("title"), "l": N_("language")}),
    "245": (
        N_("Title and who made it"),
        {
            "a": N_("title"),
            "b": N_("rest of the title"),
            "c": N_("who made it, as in the book"),
            "n": N_("number of the part"),
            "p": N_("name of the part"),
        },
    ),
    "246": (N_("Other form of the title"), {"a": N_("title"), "b": N_("rest of the title")}),
    "250": (N_("Edition"), {"a": N_("edition"), "b": N_("who revised it")}),
    "255": (N_("Scale of a map"), {"a": N_("scale"), "b": N_("projection"), "c": N_("position")}),
    "260": (N_("Published (older way)"), _IMPRINT),
    "264": (N_("Published"), _IMPRINT),
    "300": (
        N_("Extent"),
        {
            "a": N_("pages or pieces"),
            "b": N_("illustrations"),
            "c": N_("size"),
            "e": N_("what comes with it"),
        },
    ),
    "310": (N_("How often it appears"), {"a": N_("frequency")}),
    "321": (N_("How often it appeared before"), {"a": N_("frequency")}),
    "336": (N_("Kind of content"), _KIND),
    "337": (N_("Kind of device needed"), _KIND),
    "338": (N_("Kind of carrier"), _KIND),
    "340": (N_("What it is made of"), {"a": N_("material")}),
    "362": (N_("Numbers and dates of issues"), {"a": N_("from and to")}),
    "440": (N_("Series (older way)"), _SERIES),
    "490": (N_("Series as in the book"), _SERIES),
    "500": (N_("Note"), {"a": N_("text")}),
    "502": (N_("Thesis"), {"a": N_("text")}),
    "504": (N_("Bibliography in the book"), {"a": N_("text")}),
    "505": (N_("Contents"), {"a": N_("text")}),
    "511": (N_("Performers"), {"a": N_("names")}),
    "520": (N_("Abstract"), {"a": N_("text")}),
    "521": (N_("For whom"), {"a": N_("text")}),
    "538": (N_("Device needed"), {"a": N_("text")}),
    "541": (N_("How it came to the library"), {"a": N_("from whom"), "c": N_("how")}),
    "546": (N_("Note on the language"), {"a": N_("text")}),
    "561": (N_("Who owned it"), {"a": N_("text")}),
    "600": (N_("Subject: a person"), {**_NAME, **_PARTS}),
    "610": (N_("Subject: a body"), {**_BODY, **_PARTS}),
    "611": (N_("Subject: a meeting"), {"a": N_("meeting"), **_PARTS}),
    "650": (N_("Subject: a topic"), {"a": N_("topic"), **_PARTS}),
    "651": (N_("Subject: a place"), {"a": N_("place"), **_PARTS}),
    "653": (N_("Free keyword"), {"a": N_("keyword")}),
    "655": (N_("Genre or form"), {"a": N_("genre"), **_PARTS}),
    "700": (N_("Another person"), {**_NAME, "e": N_("role"), "t": N_("title")}),
    "710": (N_("Another body"), {**_BODY, "e": N_("role")}),
    "711": (N_("Another meeting"), _MEETING),
    "740": (N_("Another title in the book"), {"a": N_("title")}),
    "773": (N_("Is part of"), _LINKED),
    "780": (N_("Title before this one"), _LINKED),
    "785": (N_("Title after this one"), _LINKED),
    "830": (N_("Series as a heading"), _SERIES),
    "850": (N_("Libraries that hold it"), {"a": N_("code")}),
    "852": (N_("Where it stands"), _HELD),
    "856": (N_("Link"), {"u": N_("address"), "y": N_("words of the link"), "z": N_("text")}),
    "990": (N_("Inventory number here"), {"a": N_("number")}),
}


def tag_name(tag: str) -> str:
    """Return what a field is about; empty for a tag without a meaning of its own."""
    if tag in _TAGS:
        return _(_TAGS[tag][0])
    return _("A field of this or another library's own") if "9" in tag and len(tag) == 3 else ""


def subfield_names(tag: str) -> list[tuple[str, str]]:
    """Return the usual subfields of a field: code and meaning."""
    return [(code, _(name)) for code, name in _TAGS.get(tag, ("", {}))[1].items()]
