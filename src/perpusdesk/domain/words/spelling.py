"""Spellings of before 1972 (and of names until today) in the spelling of now."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MARKER: Final = re.compile(r"oe|tj|dj|nj|sj|ch")
_STEPS: Final = (
    ("oe", "u"),
    ("tj", "c\0"),
    ("dj", "\1"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ch", "kh"),
    ("j", "y"),
    ("c\0", "c"),
    ("\1", "j"),
)
_SINGLE: Final = {
    "jang": "yang",
    "jogja": "yogya",
    "jogjakarta": "yogyakarta",
    "djogja": "yogya",
    "djogjakarta": "yogyakarta",
    "jogyakarta": "yogyakarta",
    "yogjakarta": "yogyakarta",
    "yogja": "yogya",
    "jogya": "yogya",
    "saja": "saya",
    "ija": "iya",
    "kaja": "kaya",
    "jaitu": "yaitu",
    "jakni": "yakni",
    "ajah": "ayah",
    "ajam": "ayam",
    "ajat": "ayat",
    "bahaja": "bahaya",
    "bajangan": "bayangan",
    "budaja": "budaya",
    "kebudajaan": "kebudayaan",
    "daja": "daya",
    "kajangan": "kayangan",
    "lajar": "layar",
    "majat": "mayat",
    "pajung": "payung",
    "rakjat": "rakyat",
    "karja": "karya",
    "surja": "surya",
    "wijata": "wiyata",
    "sajang": "sayang",
    "wajang": "wayang",
    "melaju": "melayu",
    "malaju": "melayu",
    "surabaja": "surabaya",
    "atjeh": "aceh",
    "moh": "muhammad",
    "muh": "muhammad",
    "mohd": "muhammad",
    "mhd": "muhammad",
    "abd": "abdul",
    "propinsi": "provinsi",
    "analisa": "analisis",
    "survey": "survei",
    "aktifitas": "aktivitas",
    "efektifitas": "efektivitas",
    "kwalitas": "kualitas",
    "kwantitas": "kuantitas",
    "tehnik": "teknik",
    "tehnologi": "teknologi",
    "telpon": "telepon",
    "tilpon": "telepon",
    "isyu": "isu",
    "hutang": "utang",
    "nasehat": "nasihat",
    "pebruari": "februari",
    "nopember": "november",
    "ijin": "izin",
    "perijinan": "perizinan",
    "obyek": "objek",
    "subyek": "subjek",
    "projek": "proyek",
    "jaman": "zaman",
    "sorga": "surga",
    "cabe": "cabai",
    "perobahan": "perubahan",
    "robah": "ubah",
    "faham": "paham",
    "fihak": "pihak",
    "fikir": "pikir",
    "fikiran": "pikiran",
    "kharakter": "karakter",
    "menejemen": "manajemen",
    "manejemen": "manajemen",
    "azas": "asas",
    "azasi": "asasi",
    "resiko": "risiko",
    "sistim": "sistem",
    "metoda": "metode",
    "perduli": "peduli",
    "apotik": "apotek",
    "kreatifitas": "kreativitas",
    "produktifitas": "produktivitas",
    "antri": "antre",
    "cendikiawan": "cendekiawan",
    "cindera": "cendera",
    "cenderawasih": "cendrawasih",
    "hakekat": "hakikat",
    "praktek": "praktik",
    "silahkan": "silakan",
    "syaraf": "saraf",
    "standarisasi": "standardisasi",
    "trampil": "terampil",
    "ketrampilan": "keterampilan",
    "mithos": "mitos",
    "rejeki": "rezeki",
    "rizki": "rezeki",
}


@lru_cache(maxsize=50_000)
def modern(word: str) -> str | None:
    """Return today's spelling of a word that shows signs of an old one, else ``None``.

    It is a guess for searching beside the word, never instead of it: English *poem* and *joe*
    look old too. Without a sign (oe, tj, dj, nj, sj, ch) only listed words are old.
    """
    listed = _SINGLE.get(word)
    if listed is not None:
        return listed
    if not _MARKER.search(word) or not word.isascii():
        return None
    new = word
    for old, now in _STEPS:
        new = new.replace(old, now)
    return _SINGLE.get(new, new) if new != word else None
