"""A shelf class for records that carry a Library of Congress number only.

A coarse proposal by the letters of the LC class (and, for a few that matter in Indonesia, by the
number): good enough to find the right shelf, to be refined by who catalogues. Islam is at 2X0, as
Perpustakaan Nasional adapts it; Indonesia's literature, languages and history have the usual
extensions.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_NUMBER: Final = re.compile(r"^([A-Z]{1,3})(?![A-Za-z])\s*(\d+)?")
_MINIMAL: Final = re.compile(r"^(?:MLC\w*|Microfiche|Microfilm)\b.*\(([A-Z]{1,2})\)")

_RANGES: Final = (
    ("PL", 5061, 5450, "899.221"),
    ("DS", 611, 649, "959.8"),
    ("PR", 1, 9999, "823"),
    ("PS", 1, 9999, "813"),
    ("QA", 75, 76, "004"),
    ("HV", 6001, 9999, "364"),
    ("BL", 1100, 1295, "294.5"),
)
_OF_THE_ARCHIPELAGO: Final = MappingProxyType(
    {
        ("P", "ind"): "899.221",
        ("P", "may"): "899.221",
        ("P", "jav"): "899.222",
        ("P", "sun"): "899.223",
        ("D", "ind"): "959.8",
        ("D", "jav"): "959.8",
        ("B", "ind"): "200",
    }
)
_LETTERS: Final = MappingProxyType(
    {
        **{"A": "030", "B": "100", "BC": "160", "BD": "110", "BF": "150", "BH": "111", "BJ": "170"},
        **{"BL": "200", "BM": "296", "BP": "2X0", "BQ": "294.3", "BR": "270", "BS": "220"},
        **{"BT": "230", "BV": "240", "BX": "280"},
        **{"C": "900", "CB": "909", "CC": "930", "CS": "929", "CT": "920", "D": "909", "DA": "942"},
        **{"DS": "950", "DT": "960", "DU": "995", "E": "973", "F": "970"},
        **{"G": "910", "GA": "912", "GB": "551", "GC": "551", "GE": "333", "GF": "304"},
        **{"GN": "306", "GR": "398", "GT": "390", "GV": "790"},
        **{"H": "300", "HA": "310", "HB": "330", "HC": "330", "HD": "338", "HE": "388"},
        **{"HF": "380", "HG": "332", "HJ": "336", "HM": "302", "HN": "306", "HQ": "305"},
        **{"HS": "366", "HT": "307", "HV": "361", "HX": "335"},
        **{"J": "320", "JA": "320", "JC": "320", "JF": "321", "JQ": "320", "JS": "352"},
        **{"JV": "325", "JZ": "327", "K": "340", "KBP": "2X4", "KNW": "349", "KZ": "341"},
        **{"L": "370", "LA": "370", "LB": "371", "LC": "370", "M": "780", "ML": "780", "MT": "780"},
        **{"N": "700", "NA": "720", "NB": "730", "NC": "741", "ND": "750", "NE": "760"},
        **{"NK": "745", "NX": "700", "P": "400", "PA": "880", "PC": "440", "PE": "420"},
        **{"PF": "430", "PJ": "892", "PL": "890", "PN": "800", "PQ": "840", "PR": "820"},
        **{"PS": "810", "PT": "830", "PZ": "813", "Q": "500", "QA": "510", "QB": "520"},
        **{"QC": "530", "QD": "540", "QE": "550", "QH": "570", "QK": "580", "QL": "590"},
        **{"QM": "611", "QP": "612", "QR": "579", "R": "610", "RA": "614", "RC": "616"},
        **{"RG": "618", "RJ": "618", "RK": "617", "RM": "615", "RS": "615", "RT": "610"},
        **{"S": "630", "SB": "635", "SD": "634", "SF": "636", "SH": "639", "SK": "639"},
        **{"T": "600", "TA": "620", "TC": "627", "TD": "628", "TE": "625", "TH": "690"},
        **{"TK": "621", "TL": "629", "TN": "622", "TP": "660", "TR": "770", "TS": "670"},
        **{"TT": "746", "TX": "641", "U": "355", "UA": "355", "V": "359", "Z": "020"},
    }
)


def class_from_lc(lc_number: str, language: str = "") -> str:
    """Return the shelf class of an LC call number; empty when its letters say nothing.

    Of records with LC's short numbers (``MLCME 2001/03412 (H)``) only the letter in brackets is
    known; then the text's ``language`` (MARC code) tells literature and history of Indonesia.
    """
    minimal = _MINIMAL.match(lc_number)
    if minimal:
        letters = minimal.group(1)
        local = _OF_THE_ARCHIPELAGO.get((letters, language))
        return local or ("800" if letters == "P" else _by_letters(letters))
    found = _NUMBER.match(lc_number)
    if found is None:
        return ""
    letters, number = found.group(1), int(found.group(2) or 0)
    for name, first, last, shelf in _RANGES:
        if letters == name and first <= number <= last:
            return shelf
    return _by_letters(letters)


def _by_letters(letters: str) -> str:
    while letters and letters not in _LETTERS:
        letters = letters[:-1]
    return _LETTERS.get(letters, "")
