"""What codes in a title's record mean to a reader: languages, main classes, spans of years."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_LANGUAGES: Final = {
    "ind": N_("Indonesian"),
    "eng": N_("English language"),
    "jav": N_("Javanese"),
    "kaw": N_("Old Javanese"),
    "sun": N_("Sundanese"),
    "mad": N_("Madurese"),
    "ban": N_("Balinese"),
    "sas": N_("Sasak"),
    "min": N_("Minangkabau"),
    "ace": N_("Acehnese"),
    "btk": N_("Batak"),
    "may": N_("Malay"),
    "msa": N_("Malay"),
    "bug": N_("Buginese"),
    "mak": N_("Makasar"),
    "bjn": N_("Banjarese"),
    "day": N_("Dayak"),
    "gor": N_("Gorontalo"),
    "nia": N_("Nias"),
    "tet": N_("Tetum"),
    "map": N_("Other Austronesian"),
    "ara": N_("Arabic"),
    "dut": N_("Dutch"),
    "nld": N_("Dutch"),
    "ger": N_("German"),
    "deu": N_("German"),
    "fre": N_("French"),
    "fra": N_("French"),
    "spa": N_("Spanish"),
    "por": N_("Portuguese"),
    "rus": N_("Russian"),
    "jpn": N_("Japanese"),
    "chi": N_("Chinese"),
    "zho": N_("Chinese"),
    "kor": N_("Korean"),
    "san": N_("Sanskrit"),
    "lat": N_("Latin"),
    "mul": N_("Several languages"),
    "und": N_("Unknown language"),
}
_CLASSES: Final = {
    "000": N_("General works"),
    "100": N_("Philosophy, psychology"),
    "200": N_("Religion"),
    "2X0": N_("Islam"),
    "300": N_("Social sciences"),
    "400": N_("Language"),
    "500": N_("Science"),
    "600": N_("Technology"),
    "700": N_("Arts, sports"),
    "800": N_("Literature"),
    "900": N_("History, geography"),
}


def language(code: str) -> str:
    """Return the language of a MARC code in words; an unknown code as it stands."""
    return _(_LANGUAGES[code]) if code in _LANGUAGES else code


def hundred(code: str) -> str:
    """Return a main class of DDC (or ``2X0``) with its name."""
    return f"{code}  {_(_CLASSES[code])}" if code in _CLASSES else code


def years(span: tuple[int, int]) -> str:
    """Return a span of years; a single year as itself."""
    first, last = span
    return str(first) if first == last else f"{first}–{last}"
