"""All parts of the kit with sample content, in the real window; for looking at and for the audit.

``python tests/helpers/gallery.py [light|dark] [90..150] [FOLDER]`` shows it, or writes pictures of
every page into FOLDER. Nobody in it exists.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.scan.types import Scan
from perpusdesk.ui.kit import qt_language, theme
from perpusdesk.ui.kit.buttons import button, icon_button, primary_button, quiet_button
from perpusdesk.ui.kit.camera_view import CameraView
from perpusdesk.ui.kit.cards import ResultCard
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import DateEdit, MoneyEdit
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.kit.words import Divider, picture, words
from perpusdesk.ui.shell.chip import Trust
from perpusdesk.ui.shell.window import MainWindow


class SamplePage:
    """A page made of one widget."""

    def __init__(self, name: str, title: str, icon: str, key: str, widget: QWidget) -> None:
        self.name, self.title, self.icon, self.key, self.widget = name, title, icon, key, widget
        self.scans: list[Scan] = []

    def handle_scan(self, scan: Scan) -> None:
        """Remember what came."""
        self.scans.append(scan)


def gallery(reports: Path | None = None) -> MainWindow:
    """Return the window with all sample pages."""
    window = MainWindow(demo=True, reports=reports)
    window.set_staff("Sri W.")
    window.set_trust(Trust("Tersimpan di komputer ini\n3 menunggu dikirim"))
    for page in (
        SamplePage("desk", "Meja", "desk", "F2", _desk()),
        SamplePage("members", "Anggota", "members", "F5", _form()),
        SamplePage("catalogue", "Katalog", "catalogue", "F3", _list()),
        SamplePage("parts", "Bagian", "more", "", _parts()),
        SamplePage("stock", "Stok", "stock", "", _empty()),
    ):
        window.add_page(page)
    window.set_camera_panel(_camera())
    return window


def _column(*parts: QWidget, spacing: int = 16) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 24)
    column.setSpacing(spacing)
    for part in parts:
        column.addWidget(part)
    return page


def _row(*parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return holder


def _desk() -> QWidget:
    lent, refused = ResultCard(), ResultCard()
    lent.show_result(
        icon="check",
        state="Dipinjamkan",
        tone="ok",
        title="Pelaut Kertas",
        under="Andini Contoh · 899.221 AND p · B000457",
        terms="kembali Senin, 7 Desember 2026",
    )
    lent.right.addWidget(_row(button("Urungkan", icon="undo", keys="Ctrl+Z")))
    refused.show_result(
        icon="blocked",
        state="Tidak dapat dipinjamkan",
        tone="bad",
        title="Kartu berakhir 3 hari lalu",
        under="Siti Contoh · A00123",
        terms="Perpanjang kartu, atau pinjamkan dengan alasan.",
        cover_icon="person",
    )
    buttons = _row(
        primary_button("Selesai", keys="Esc"),
        button("Cetak slip", icon="print", keys="Ctrl+P"),
        button("Salin untuk WhatsApp", icon="message"),
    )
    page = _column(lent, Divider(), refused, buttons)
    page.layout().addStretch(1)
    return page


def _form() -> QWidget:
    form = Form()
    form.heading("Anggota baru")
    form.add(Field("Nama lengkap", QLineEdit("Siti Contoh"), required=True, name="name"))
    form.add(Field("Nomor kartu", QLineEdit(), hint="Kosongkan untuk nomor berikutnya"))
    form.add(Field("Tanggal lahir", DateEdit(), required=True, name="born"))
    form.add(Field("Jenis anggota", Choice([("Pelajar", 1), ("Umum", 2)])))
    form.add(Field("Bayar denda", MoneyEdit(2500)))
    form.add(Field("Telepon", QLineEdit("0812 0000 0000")))
    form.add(Field("Catatan", QPlainTextEdit(), hint="Hanya dilihat petugas"), span=2)
    form.show_errors({"born": "Tanggal 31 tidak ada di bulan Juni."})
    buttons = _row(primary_button("Simpan"), quiet_button("Batal"))
    return _column(form, buttons)


def _list() -> QWidget:
    columns = (
        Column("Judul", lambda row: row[0], key="title"),
        Column("Nomor", lambda row: row[1], 12),
        Column("Jatuh tempo", lambda row: row[2], 16, "right", "due"),
    )

    def fetch(ids, then):
        then({id_: (f"Buku contoh {id_}", f"B{id_:06d}", "Rab, 2 Des 2026") for id_ in ids})

    model = IdTableModel(columns, fetch)
    model.set_ids(range(250_000))
    table = IdTable(model, "Judul")
    table.selectRow(2)
    return _column(words("250.000 judul", "caption", "muted"), table, spacing=8)


def _parts() -> QWidget:
    disabled = button("Tidak bisa")
    disabled.setEnabled(False)
    chosen = QCheckBox("Kirim lewat WhatsApp")
    chosen.setChecked(True)
    one, two = QRadioButton("Hari ini"), QRadioButton("Kemarin")
    one.setChecked(True)
    tabs = QTabBar()
    tabs.setAccessibleName("Bagian")
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    for name in ("Pinjaman", "Riwayat", "Reservasi", "Denda"):
        tabs.addTab(name)
    progress = QProgressBar()
    progress.setAccessibleName("Kemajuan")
    progress.setTextVisible(False)
    progress.setValue(40)
    page = _column(
        _row(*(words(size, size) for size in ("caption", "body", "lead", "title", "hero"))),
        _row(
            *(words(tone, tone=tone) for tone in ("text", "muted", "accent", "ok", "warn", "bad"))
        ),
        tabs,
        _row(primary_button("Pinjamkan"), button("Cetak"), quiet_button("Nanti"), disabled),
        _row(chosen, QCheckBox("Setuju"), one, two),
        progress,
        *(_row(*(picture(name) for name in part)) for part in _thirds(theme.icon_names())),
        _row(*(icon_button(name, name) for name in ("edit", "trash", "filter", "more"))),
    )
    page.layout().addStretch(1)
    return page


def _thirds(names: list[str]) -> list[list[str]]:
    return [names[start : start + 20] for start in range(0, len(names), 20)]


def _empty() -> QWidget:
    return EmptyState(
        "stock",
        "Belum ada penghitungan stok",
        "Di sini Anda menghitung rak demi rak dengan pemindai atau kamera.",
        main=("Mulai menghitung", lambda: None),
        other=("Pakai data contoh", lambda: None),
    )


def _camera() -> QWidget:
    view = CameraView()
    across = np.linspace(60, 200, 640, dtype=np.uint8)
    frame = np.repeat(np.tile(across, (480, 1))[:, :, None], 3, axis=2)
    view.show_frame(frame)
    view.show_codes([((200, 180), (440, 200), (435, 280), (195, 260))])
    view.show_hint("Mundur sedikit")
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(16, 0, 16, 16)
    column.addWidget(view)
    column.addWidget(words("Terakhir dibaca: B000457", tone="ok"))
    column.addStretch(1)
    return panel


def pictures(window: MainWindow, folder: Path) -> None:
    """Write a picture of every page, and of the panels over them, to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)

    def take(name: str) -> None:
        for _ in range(4):
            QApplication.processEvents()
        window.grab().save(str(folder / f"{name}.png"))

    for name in ("desk", "members", "catalogue", "parts", "stock"):
        window.go(name)
        take(name)
    window.go("desk")
    window.messages.toast(
        "Dipinjamkan: Pelaut Kertas",
        tone="ok",
        action=ToastAction("Urungkan", lambda: None, "Ctrl+Z"),
    )
    window.messages.problem(
        Problem(
            "Printer tidak menerima halaman.",
            "Yang dipinjam dan dikembalikan tetap tersimpan.",
            "Periksa kertas dan kabel, lalu cetak lagi.",
            "usb: no paper",
            steps=[("Cetak lagi", lambda: None)],
        )
    )
    window.show_camera(True)
    take("notices")
    window.show_camera(False)
    window.messages.solved()
    window.toasts.clear()
    window.palette_panel.open_fresh()
    take("palette")
    window.palette_panel.close_panel()
    window.key_sheet.toggle()
    take("keys")
    window.key_sheet.close_panel()
    window.messages.bug(ValueError("contoh"))
    take("fault")


def main() -> None:
    """Show the gallery, or write its pictures."""
    scheme, percent = (*sys.argv[1:3], "light", "100")[:2] if len(sys.argv) > 2 else ("light", 100)
    app = QApplication(sys.argv)
    qt_language.install(app)
    theme.apply(app, theme.ThemeSettings(theme.Scheme(scheme), int(percent)))
    window = gallery(Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    if len(sys.argv) > 4:
        window.resize(int(sys.argv[4]), 768)
    window.show()
    if len(sys.argv) > 3:
        QTimer.singleShot(300, lambda: (pictures(window, Path(sys.argv[3])), app.quit()))
    app.exec()


if __name__ == "__main__":
    main()
