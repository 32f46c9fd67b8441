"""What belongs to a title: files and links, a serial's subscriptions and issues."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from helpers.library import value_of
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.ui.editor.view import Part

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def rows(part):
    model = part.rows.rows
    return [model.data(model.index(place, 0)) for place in range(model.rowCount())]


def press(who, part, place, verb):
    part.choose(place)
    found = part.bar.findChildren(type(who.view.save))
    next(one for one in found if one.text() == verb).click()
    who.wait()


def answer(who, **fields):
    by_name = {field.label_text: field.edit for field in who.view.ask.form.fields}
    for name, value in fields.items():
        edit = by_name[name.replace("_", " ")]
        edit.setValue(value) if hasattr(edit, "setValue") else edit.setText(value)
    who.view.ask.send()
    who.wait()


def files(who):
    who.edit(0)
    who.page.show_part(Part.FILES)
    who.wait()
    return who.page.files.part


def drop(part, file):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    part.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_dropped_file_is_attached_opened_and_taken_off(who, tmp_path):
    part = files(who)
    file = tmp_path / "Naskah Lontar.pdf"
    file.write_bytes(PDF)
    drop(part, file)
    who.wait()
    assert rows(part.list)[0].startswith("Naskah Lontar, application/pdf")
    opened = []
    who.page.files.opener = opened.append
    press(who, part.list, 0, "Buka")
    assert opened[0].isLocalFile() and opened[0].toLocalFile().endswith(".pdf")
    press(who, part.list, 0, "Hapus")
    assert rows(part.list) == []


def test_a_program_is_not_attached(who, tmp_path):
    part = files(who)
    file = tmp_path / "buku.exe"
    file.write_bytes(b"MZ" + bytes(100))
    drop(part, file)
    who.wait()
    assert rows(part.list) == [] and who.window.bar.problem is not None


def test_a_link_is_added_and_described(who):
    part = files(who)
    who.page.files.ask_link()
    answer(who, Alamat="https://contoh.example/buku", Nama="Versi daring")
    assert "https://contoh.example/buku" in rows(part.list)[0]
    press(who, part.list, 0, "Beri keterangan")
    answer(who, Lisensi_atau_syarat="CC BY 4.0")
    assert "CC BY 4.0" in rows(part.list)[0]


@pytest.fixture
def serial(who):
    form = set_short(blank_form(who.desk, "serial"), "title", "Majalah Contoh")
    title = value_of(save_title(who.desk, form)).title
    who.page.begin.edit(title)
    who.wait()
    who.page.show_part(Part.ISSUES)
    who.wait()
    return who


def test_issues_are_for_serials_alone(who):
    who.edit(0)
    assert Part.ISSUES not in who.view.parts and Part.FILES in who.view.parts


def test_a_subscription_lets_expect_issues_that_come_with_their_copies(serial):
    who, part = serial, serial.page.issues.part
    who.page.issues.subscribe()
    answer(who, Dari="01-11-2026", Sampai="31-01-2027", Eksemplar_tiap_terbitan=2)
    assert "setiap bulan" in rows(part.subscriptions)[0]
    press(who, part.subscriptions, 0, "Buat jadwal terbitan")
    answer(who, Nomor_pertama=7)
    assert len(rows(part.issues)) == 3 and who.said[-1] == "3 terbitan dinanti"
    late = next(n for n, row in enumerate(rows(part.issues)) if "belum datang" in row)
    press(who, part.issues, late, "Terima")
    assert who.rows("select count(*) from copy where issue is not null") == [(2,)]
    assert any("2 eksemplar" in row and "datang" in row for row in rows(part.issues))


def test_an_issue_is_entered_by_hand(serial):
    who, part = serial, serial.page.issues.part
    who.page.issues.enter()
    answer(who, Nomor="12", Tanggal_di_sampul="01-10-2026")
    assert "12" in rows(part.issues)[0]
    press(who, part.issues, 0, "Hapus")
    assert rows(part.issues) == []
