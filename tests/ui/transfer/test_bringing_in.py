"""Moving in on the screen: files, columns, the dry run, the import, and the way back."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk.exchange.open_files import Format
from perpusdesk.services.transfer.import_history import RunState
from perpusdesk.storage.queries.imports import counts
from perpusdesk.ui.transfer import intake as module
from perpusdesk.ui.transfer.intake_room import At


def test_files_are_named_in_words_and_nothing_is_written(screen, books, people, small) -> None:
    before = small.library.digest()
    assert screen.at is At.CHOOSE
    screen.choose(books, people)
    assert screen.at is At.FILES
    assert "Daftar buku · 5 baris" in screen.reads()
    assert "Daftar anggota · 3 baris" in screen.reads()
    assert "Kolom: 5 dari 6 dikenali" in screen.reads()
    assert "café" in screen.intake.room.files.mend.text()
    assert small.library.digest() == before


def test_a_drop_is_taken_from_the_mouse_too(screen, books) -> None:
    area, data = screen.intake.room.drop, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(books))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
    )
    area.dropEvent(drop)
    screen.wait()
    assert [look.path for look in screen.intake.files.looks] == [books]


def test_the_whole_way_by_keyboard_and_back(
    screen, books, people, small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(small.library)
    monkeypatch.setattr(module, "ask_files", lambda _parent: [books, people])
    screen.do("transfer_choose")
    screen.do("transfer_go")
    assert screen.at is At.TRIED
    assert counts(small.library) == before
    assert "Inilah yang akan terjadi" in screen.reads()
    rows = screen.rows()
    assert rows[0].startswith("Siapa, Judul tidak ada., ditolak")
    assert any("Nomor B0001 milik eksemplar judul lain" in row for row in rows)
    assert any("Sama dengan baris 2 di buku.csv" in row for row in rows)
    assert any("Siti Misalnya · A0001" in row for row in rows)
    screen.do("transfer_go")
    assert screen.at is At.DONE
    now = counts(small.library)
    assert now["titles"] == before["titles"] + 3
    assert now["members"] == before["members"] + 1
    assert f"{now['titles']} judul" in screen.reads()
    assert screen.intake.report is not None and screen.intake.report.set_aside.exists()
    screen.intake.undo_this()
    screen.wait()
    assert screen.at is At.CHOOSE
    assert counts(small.library) == before
    assert any("Diurungkan: 3 judul" in said for said in screen.said)


def test_a_corrected_column_counts_and_is_remembered(screen, tmp_path: Path) -> None:
    odd = tmp_path / "aneh.csv"
    odd.write_text("Kode;Isinya;Nomer\n1;Perahu;Z1\n2;Kota;Z2\n", "utf-8")
    screen.choose(odd)
    assert "Tentukan kolom yang memuat judul." in screen.reads()
    assert not screen.intake.room.files.go.isEnabled()
    view = screen.intake.room.files.cards[odd].views[0]
    assert not view.isHidden()
    for name, field in (("Isinya", "title"), ("Nomer", "barcode")):
        choice = view.choices[name]
        choice.setFocus()
        choice.choose(field)
        choice.activated.emit(choice.currentIndex())
        screen.wait()
        assert QApplication.focusWidget() is choice
    screen.do("transfer_go")
    assert dict(screen.intake.report.added) == {"titles": 2, "copies": 2}
    again = tmp_path / "lagi.csv"
    again.write_text("Nomer;Isinya;Kode\nZ3;Sumur;3\n", "utf-8")
    screen.intake.start_over()
    screen.choose(again)
    assert "1 baris" in screen.reads()
    assert screen.intake.files.looks[0].tables[0].remembered
    screen.do("transfer_go")
    assert dict(screen.intake.report.added) == {"titles": 1, "copies": 1}


def test_people_say_what_a_file_is(screen, tmp_path: Path) -> None:
    odd = tmp_path / "daftar.csv"
    odd.write_text("Nama;Telepon\nTuti Andai;0812\n", "utf-8")
    screen.choose(odd)
    card = screen.intake.room.files.cards[odd]
    assert card.format.value() is Format.MEMBERS
    card.format.choose(Format.CSV)
    card.format.activated.emit(card.format.currentIndex())
    screen.wait()
    assert "Tentukan kolom yang memuat judul." in screen.reads()


@pytest.mark.parametrize(
    "wrong",
    [
        ("kosong.csv", b"\xef\xbb\xbf \r\n", "Berkas ini kosong."),
        ("sampul.mrc", b"\x89PNG\r\n\x1a\n" + bytes(99), "Ini gambar, bukan daftar."),
        ("surat.csv", b"%PDF-1.7 surat", "Ini dokumen, bukan tabel."),
        ("koleksi.xlsx", b"bukan excel", "Berkas ini rusak"),
        ("basis.sql", b"SQLite format 3\0" + bytes(90), "basis data program lain"),
        ("semua.csv", b"PK\x03\x04rusak", "Berkas ini rusak"),
        ("hilang.mrc", None, "Berkas ini sudah tidak ada."),
    ],
)
def test_a_wrong_file_is_named_and_left_out(
    screen, books, tmp_path: Path, wrong: tuple[str, bytes | None, str]
) -> None:
    name, content, said = wrong
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    screen.choose(path)
    assert said in screen.reads()
    assert not screen.intake.room.files.go.isEnabled()
    screen.choose(books)
    assert "Berkas yang bertanda peringatan dilewati." in screen.reads()
    screen.do("transfer_go")
    assert screen.at is At.TRIED
    assert screen.intake.report.files == ("buku.csv",)


def test_a_file_that_goes_before_it_is_tried_is_told(screen, books) -> None:
    screen.choose(books)
    books.unlink()
    screen.do("transfer_go")
    assert screen.at is At.FILES
    assert any("buku.csv" in said for said in screen.said)
    assert "Tidak ada yang diubah." in screen.window.bar.accessibleName()


def test_rows_are_narrowed_by_reason_and_saved(screen, books, tmp_path: Path) -> None:
    screen.choose(books)
    screen.do("transfer_go")
    whole = len(screen.rows())
    chooser = screen.intake.room.rows.filter
    offered = [chooser.itemText(place) for place in range(chooser.count())]
    assert offered[0] == f"Semua ({whole})"
    place = next(at for at, text in enumerate(offered) if "Judul tidak ada" in text)
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)
    screen.wait()
    assert len(screen.rows()) == 1
    sheet, plain = tmp_path / "baris.xlsx", tmp_path / "baris.csv"
    for path in (sheet, plain):
        screen.intake.odd_rows.saver._ask = lambda *_asked, path=path: path
        screen.do("transfer_save")
    told = CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    assert told[1][:4] == ["buku.csv", 5.0, "ditolak", "Judul tidak ada."]
    with plain.open(encoding="utf-8-sig", newline="") as text:
        assert list(csv.reader(text))[1][:2] == ["buku.csv", "5"]


def test_a_hundred_thousand_rows_to_look_at_are_fetched_as_they_are_painted(
    screen, tmp_path: Path
) -> None:
    from perpusdesk.services.transfer.import_lists import new_log
    from perpusdesk.services.transfer.import_report import REFUSED, ImportReport

    log = new_log()
    for row in range(100_000):
        log.put(REFUSED, "title_missing", "banyak.csv", row, text=f"baris {row}")
    report = ImportReport("csv", ("banyak.csv",), read=100_000, refused_rows=100_000, log=log)
    screen.intake._tried(report)
    screen.wait()
    table = screen.intake.room.rows.rows
    assert table.rows.rowCount() == 100_000
    asked: list[int] = []
    fetch = table.rows._fetch
    table.rows._fetch = lambda ids, answer: (asked.append(len(ids)), fetch(ids, answer))
    table.scrollToBottom()
    screen.wait()
    assert "baris 99999" in table.rows.data(table.rows.index(99_999, 0))
    assert sum(asked) <= 300


def test_nothing_new_is_said_and_cannot_be_brought_in(screen, people) -> None:
    people.write_text("No Anggota,Nama,JK\nA0001,Siti Misalnya,\n", "utf-8")
    screen.choose(people)
    screen.do("transfer_go")
    assert "Tidak ada yang baru di berkas ini." in screen.reads()
    screen.do("transfer_go")
    assert screen.at is At.TRIED
    screen.page.escape()
    assert screen.at is At.FILES


@pytest.mark.parametrize("step", ["choose", "files", "columns", "running", "tried", "done"])
def test_every_view_can_be_used_in_all_looks(
    qapp: QApplication, screen, books, people, step: str
) -> None:
    picture = books.parent / "sampul_depan_yang_panjang_sekali_namanya.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    if step != "choose":
        screen.choose(books, people, picture)
    if step == "columns":
        for card in screen.intake.room.files.cards.values():
            for view in card.views.values():
                view.show()
    if step in ("tried", "done"):
        screen.do("transfer_go")
    if step == "done":
        screen.do("transfer_go")
    if step == "running":
        screen.intake.room.begin("Memasukkan data", "Meja tetap dapat melayani.", stoppable=True)
        screen.intake.room.running.show_far(0.4, "40 dari sekitar 100 baris")
    assert audit_everywhere(qapp, screen.window) == []


def test_a_stopped_import_goes_on_at_the_same_key(screen, books, people) -> None:
    screen.choose(books, people)
    screen.do("transfer_go")
    screen.window.registry.run("transfer_go")
    screen.intake.stop()
    screen.wait()
    assert screen.at is At.DONE and screen.intake.report.stopped
    assert screen.intake.room.another.isHidden()
    assert "Dihentikan" in screen.reads()
    screen.do("transfer_go")
    assert screen.at is At.DONE and not screen.intake.report.stopped
    assert [line.state for line in screen.history.lines] == [RunState.DONE]
    assert screen.history.lines[0].added["titles"] == 3


def test_who_may_not_import_is_told_beforehand_and_when_trying(stage, books) -> None:
    screen = stage("volunteer")
    before = screen.small.library.digest()
    assert "hak" in screen.intake.room.right.text()
    screen.choose(books)
    screen.do("transfer_go")
    screen.do("transfer_go")
    assert "hak" in screen.said[-1]
    assert screen.at is not At.DONE
    assert screen.small.library.digest() == before


def test_a_file_that_breaks_off_is_told(screen, tmp_path: Path, shared_data: Path) -> None:
    whole = (shared_data / "lc-books" / "lc-indonesia.mrc").read_bytes()[:200_000]
    broken = tmp_path / "putus.mrc.gz"
    broken.write_bytes(gzip.compress(whole)[:-3000])
    screen.choose(broken)
    screen.do("transfer_go")
    assert screen.at is At.TRIED
    assert "putus.mrc.gz terputus atau rusak" in screen.reads()
