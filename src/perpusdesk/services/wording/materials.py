"""Names of kinds of material (jenis bahan) and of local content."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_NAMES: Final = {
    "book": N_("Book"),
    "serial": N_("Serial"),
    "map": N_("Map"),
    "score": N_("Printed music"),
    "music": N_("Music recording"),
    "sound": N_("Spoken recording"),
    "video": N_("Video recording"),
    "electronic": N_("Computer file"),
    "ebook": N_("Electronic book"),
    "microform": N_("Microform"),
    "manuscript": N_("Manuscript"),
    "braille": N_("Braille"),
    "picture": N_("Picture"),
    "game": N_("Game or toy"),
    "object": N_("Object (realia)"),
    "kit": N_("Kit"),
}
_LOCAL: Final = {
    "local_author": N_("Author from here"),
    "local_subject": N_("About this region"),
    "local_publisher": N_("Published here"),
    "local_language": N_("Regional language"),
    "manuscript": N_("Old manuscript"),
    "own_publication": N_("Published by this library"),
}


def material_name(code: str) -> str:
    """Return the name of a kind; the code itself for one of a newer program."""
    return _(_NAMES[code]) if code in _NAMES else code


def local_kind_name(code: str) -> str:
    """Return the name of a kind of local content."""
    return _(_LOCAL[code]) if code in _LOCAL else code
