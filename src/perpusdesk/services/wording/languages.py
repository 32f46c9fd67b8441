"""Names of languages by their MARC code (MARC Code List for Languages, Library of Congress)."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_NAMES: Final = {
    "ind": N_("Indonesian"),
    "eng": N_("English language"),
    "ara": N_("Arabic"),
    "jav": N_("Javanese"),
    "sun": N_("Sundanese"),
    "mad": N_("Madurese"),
    "min": N_("Minangkabau"),
    "bug": N_("Bugis"),
    "mak": N_("Makassarese"),
    "ban": N_("Balinese"),
    "ace": N_("Acehnese"),
    "btk": N_("Batak"),
    "bjn": N_("Banjarese"),
    "sas": N_("Sasak"),
    "kaw": N_("Old Javanese (Kawi)"),
    "map": N_("Another Austronesian language"),
    "may": N_("Malay"),
    "tet": N_("Tetum"),
    "chi": N_("Chinese"),
    "jpn": N_("Japanese"),
    "kor": N_("Korean"),
    "dut": N_("Dutch"),
    "ger": N_("German"),
    "fre": N_("French"),
    "spa": N_("Spanish"),
    "por": N_("Portuguese"),
    "rus": N_("Russian"),
    "tur": N_("Turkish"),
    "per": N_("Persian"),
    "hin": N_("Hindi"),
    "san": N_("Sanskrit"),
    "tha": N_("Thai"),
    "vie": N_("Vietnamese"),
    "mul": N_("Several languages"),
    "zxx": N_("No words"),
    "und": N_("Unknown language"),
}


def language_codes() -> tuple[str, ...]:
    """Return the codes that a form offers, those met most first."""
    return tuple(_NAMES)


def language_name(code: str) -> str:
    """Return a language in the language in use; an unknown code as it is."""
    return _(_NAMES[code]) if code in _NAMES else code
