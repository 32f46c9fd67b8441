"""Moving in from SLiMS and from INLISLite, into a library that was just made."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from installers.manual.home import READABLE, Home
from installers.manual.slims_dump import write_slims_dump
from installers.manual.stage import DeskStage
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.services.transfer.export_run import export

LOW = 500
"""Height of the window: the lists here are short."""


def slims(home: Home) -> None:
    """A backup of SLiMS: what is recognised, the trial, and what came in."""
    file = home.fresh("slims") / "cadangan_slims.sql"
    file.parent.mkdir()
    with home.open(home.library("slims-from")) as old:
        write_slims_dump(old, file)
    with _new(home, "slims-to") as at:
        at.window.resize(READABLE, LOW)
        at.presses("Ctrl+Shift+I")
        at.picture("pindah-dari-slims-mulai", at.room)
        _bring(at, [file], "pindah-dari-slims")


def inlislite(home: Home) -> None:
    """Two sheets of INLISLite."""
    folder = home.fresh("inlislite")
    folder.mkdir()
    with home.open(home.library("inlis-from")) as old:
        export(open_desk(old), folder / "koleksi.xlsx", ExportFormat.INLISLITE)
    with _new(home, "inlis-to") as at:
        at.window.resize(READABLE, LOW)
        at.presses("Ctrl+Shift+I")
        _bring(at, sorted(folder.iterdir()), "pindah-dari-inlislite")


def _new(home: Home, name: str) -> AbstractContextManager[DeskStage]:
    new = NewLibrary("Perpustakaan Desa Contoh", "Perpustakaan Desa", 420, "Petugas Contoh")
    library = create_library(home.fresh(name), new, sources=home.clock.sources(), encrypted=False)
    return home.at_desk(name, open_desk(library))


def _bring(at: DeskStage, files: list[Path], page: str) -> None:
    at.program.screens.transfer.take_files(files)
    at.wait_for(lambda: _offers(at, "Coba dulu"))
    at.wait(20)
    at.picture(f"{page}-berkas", at.room)
    at.presses("Ctrl+Return")
    at.wait_for(lambda: _offers(at, "Masukkan sekarang"), 120)
    at.picture(f"{page}-coba", at.room, height=330)
    at.presses("Ctrl+Return")
    at.wait_for(lambda: _offers(at, "Impor lain"), 120)
    at.wait(20)
    at.picture(f"{page}-selesai", at.room, height=330)


def _offers(at: DeskStage, verb: str) -> bool:
    return any(one.text() == verb and one.isEnabled() for one in at.seen(QAbstractButton))
