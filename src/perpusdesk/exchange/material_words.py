"""What other programs call kinds of material: SLiMS' GMD, INLISLite's worksheets, plain words.

Sources: the rows of ``mst_gmd`` in SLiMS' sample data; the worksheets (jenis bahan) that
INLISLite offers.
"""

from __future__ import annotations

import re
from typing import Final

from perpusdesk.domain.materials import BOOK

_WORDS: Final = {
    "serial": "serial terbitanberkala terbitanberseri berkala majalah jurnal koran suratkabar"
    " tabloid periodical magazine journal newspaper",
    "map": "map globe peta atlas bahankartografis kartografi",
    "score": "partitur notasimusik musikcetak printedmusic musicscore",
    "music": "music musik rekamanmusik audiocd",
    "sound": "soundrecording rekamansuara audio kaset audiobook bukuaudio kasetaudio",
    "video": "videorecording motionpicture digitalversatiledisc filmstrip rekamanvideo video film"
    " dvd vcd cddvd",
    "electronic": "computersoftware computerfile electronicresource cdrom berkaskomputer"
    " filekomputer sumberelektronik sumberdayaelektronik perangkatlunak",
    "ebook": "ebook bukuelektronik bukudigital",
    "microform": "microform microfilm microfiche bentukmikro mikrofilm mikrofis",
    "manuscript": "manuscript manuskrip naskahkuno",
    "braille": "braille bukubraille",
    "picture": "picture artoriginal artreproduction chart flashcard slide transparency"
    " technicaldrawing gambar bahangrafis grafis foto poster lukisan",
    "game": "game toy permainan mainan",
    "object": "realia model diorama equipment microscopeslide bahantigadimensi artefak",
    "kit": "kit bahancampuran multimedia",
}
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_GMD: Final = {
    "map": "Map",
    "score": "Music",
    "music": "Music",
    "sound": "Sound Recording",
    "video": "Video Recording",
    "electronic": "Computer File",
    "ebook": "Electronic Resource",
    "microform": "Microform",
    "manuscript": "Manuscript",
    "picture": "Picture",
    "game": "Game",
    "object": "Realia",
    "kit": "Kit",
}
_WORKSHEETS: Final = {
    "serial": "Terbitan Berkala",
    "map": "Bahan Kartografis",
    "score": "Musik Cetak",
    "music": "Rekaman Musik",
    "sound": "Rekaman Suara",
    "video": "Rekaman Video",
    "electronic": "Berkas Komputer",
    "ebook": "Buku Elektronik",
    "microform": "Bentuk Mikro",
    "manuscript": "Manuskrip",
    "braille": "Braille",
    "picture": "Bahan Grafis",
    "game": "Permainan",
    "object": "Bahan Tiga Dimensi",
    "kit": "Bahan Campuran",
}


def material_called(text: str) -> str:
    """Return the kind of material that this name means; a book where it means none."""
    return _KINDS.get(re.sub(r"[\W_]+", "", text.lower()), BOOK)


def gmd_of(material: str) -> str:
    """Return SLiMS' general material designation of a kind."""
    return _GMD.get(material, "Text")


def worksheet_of(material: str) -> str:
    """Return INLISLite's worksheet (jenis bahan) of a kind."""
    return _WORKSHEETS.get(material, "Monograf")
