"""Moving in from SLiMS and from INLISLite, into a library that was just made."""

from __future__ import annotations

from pathlib import Path

from installers.manual.home import Home
from installers.manual.stage import DeskStage
from perpusdesk.services.export_formats import ExportFormat
from perpusdesk.services.export_run import export
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk


def slims(home: Home) -> None:
    """Three lists of SLiMS: what is recognised, the trial, and what came in."""
    files = home.work / "slims"
    files.mkdir(exist_ok=True)
    with home.open(home.library("slims-from")) as old:
        export(open_desk(old), files / "slims.csv", ExportFormat.SLIMS)
    with _new(home, "slims-to") as at:
        at.program.window.go("transfer")
        at.picture("pindah-dari-slims-mulai")
        _bring(at, sorted(files.iterdir()), "pindah-dari-slims")


def inlislite(home: Home) -> None:
    """Two sheets of INLISLite."""
    files = home.work / "inlislite"
    files.mkdir(exist_ok=True)
    with home.open(home.library("inlis-from")) as old:
        export(open_desk(old), files / "koleksi.xlsx", ExportFormat.INLISLITE)
    with _new(home, "inlis-to") as at:
        at.program.window.go("transfer")
        _bring(at, sorted(files.iterdir()), "pindah-dari-inlislite")


def _new(home: Home, name: str):
    folder = home.fresh(name)
    new = NewLibrary("Perpustakaan Desa Contoh", "Perpustakaan Desa", 420, "Petugas Contoh")
    library = create_library(folder, new, sources=home.clock.sources(), encrypted=False)
    return home.at_desk(name, open_desk(library))


def _bring(at: DeskStage, files: list[Path], page: str) -> None:
    at.program.screens.transfer.take_files(files)
    at.wait(40)
    at.picture(f"{page}-berkas")
    at.presses("Ctrl+Return")
    at.wait(60)
    at.picture(f"{page}-coba")
    at.presses("Ctrl+Return")
    at.wait(60)
    at.picture(f"{page}-selesai")
