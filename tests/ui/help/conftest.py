"""A small manual over a real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from perpusdesk.ui.help.manual import HOME, Manual
from perpusdesk.ui.help.panel import HelpPanel
from perpusdesk.ui.shell.window import MainWindow

LONG = "\n\n".join(f"Paragraf {number} tentang rak dan buku." for number in range(60))


@pytest.fixture
def manual(tmp_path: Path) -> Manual:
    folder = tmp_path / "manual"
    (folder / "gambar").mkdir(parents=True)
    picture = QImage(1600, 900, QImage.Format.Format_RGB32)
    picture.fill(QColor("#88AACC"))
    assert picture.save(str(folder / "gambar" / "meja.png"))
    pages = {
        HOME: "# Panduan\n\n- [Meja](meja.md): pinjam.\n- [Rak](rak.md): hitung.\n"
        "- [Kamera](kamera.md): baca.\n",
        "meja.md": "# Meja\n\nTekan `F4` atau `Ctrl+Shift+C`. Lihat [rak kedua](rak.md#kedua), "
        "[kamera](kamera.md), [situs](https://example.org/) dan [hilang](hilang.md).\n\n"
        "![Layar meja](gambar/meja.png)\n\n```\nperpusdesk doctor\n```\n\n"
        "| tombol | arti |\n|---|---|\n| `F8` | tetap |\n\n> Catatan pendek.\n",
        "rak.md": f"# Rak\n\n{LONG}\n\n## Kedua\n\nBuku mengembalikan diri.\n\n{LONG}\n",
        "kamera.md": "# Kamera\n\nPerlu cahaya; lihat [meja](meja.md).\n",
    }
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    return Manual(folder)


@pytest.fixture
def panel(window: MainWindow, manual: Manual) -> HelpPanel:
    made = HelpPanel(window, manual)
    made.show_page("meja.md")
    QApplication.processEvents()
    return made
