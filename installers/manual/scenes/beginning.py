"""The first start: the questions of the wizard."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from installers.manual.home import Home


def beginning(home: Home) -> None:
    """What a new library is asked for, and the way back from a backup."""
    with home.first_run("new") as at:
        at.picture("memasang-pertama")
        at.clicks("Lanjut")
        at.picture("mulai-pilihan")
        at.clicks("Lanjut")
        for field, words in zip(at.seen(QLineEdit), ("Perpustakaan Desa Contoh",), strict=False):
            at.types(words, field)
        at.picture("mulai-perpustakaan")
