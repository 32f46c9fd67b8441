"""The first start: the questions of the wizard, and its two other ways."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLineEdit

from installers.manual.home import Home
from installers.manual.stage import Stage

VAN = "hari-pertama-mobil-keliling"


def beginning(home: Home) -> None:
    """What a new library is asked for; joining with a code; the way back from a backup."""
    with home.first_run("new") as at:
        at.picture("mulai-bahasa", height=440)
        at.clicks("Lanjut")
        at.picture("mulai-pilihan", height=640)
        at.clicks("Lanjut")
        at.types("Perpustakaan Desa Contoh", next(at.seen(QLineEdit)))
        at.picture("mulai-perpustakaan", height=560)
        at.clicks("Lanjut")
        at.types("Petugas Contoh", next(at.seen(QLineEdit)))
        at.picture("mulai-petugas", height=600)
    _way(home, "Bergabung dengan perpustakaan yang sudah ada", f"{VAN}-gabung", 620)
    _way(home, "Pulihkan dari cadangan", "cadangan-komputer-baru", 740)


def _way(home: Home, way: str, picture: str, height: int) -> None:
    with home.first_run("other") as at:
        at.clicks("Lanjut")
        _choose(at, way)
        at.clicks("Lanjut")
        for field in at.seen(QLineEdit):
            if field.text():  # the name of the computer that makes the pictures
                field.setText("Laptop Mobil 1")
        at.picture(picture, height=height)


def _choose(at: Stage, way: str) -> None:
    found = [one for one in at.seen(QAbstractButton) if way in (one.text(), one.accessibleName())]
    found[0].click()
    at.wait()
