"""The tabs of guest book and groups: keys, scans, questions, a van's stops, and who may change."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from helpers.keys import type_keys
from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage, staged
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.bookings import BookingForm, save_booking
from perpusdesk.services.visits.rooms import rooms, save_room
from perpusdesk.services.visits.stops import StopForm, save_stop, van_now
from perpusdesk.services.visits.visit_settings import kiosk_room, settings_of
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.visits.actions import book_actions
from perpusdesk.ui.visits.book_part import BookPart
from perpusdesk.ui.visits.groups_part import GroupsPart
from perpusdesk.ui.visits.page import VisitsPage


class Visits(Stage):
    """The page of visits with both tabs."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, "head" if who == "van" else who, folder)
        if who == "van":
            self.desk = small.desk("head", "van")
        messages = self.window.messages
        self.sounds = Sounds(on=False)
        self.book = BookPart(self.desk, self.tasks, messages, self.sounds, folder)
        self.groups = GroupsPart(self.desk, self.tasks, messages, folder)
        self.page = VisitsPage()
        self.page.add_tab("book", "Buku tamu", lambda: self.book)
        self.page.add_tab("groups", "Rombongan", lambda: self.groups)
        self.put(self.page, *book_actions(self.page, lambda: self.book))
        self.window.go("visits")
        self.wait()

    def close(self) -> None:
        """End, with the sounds."""
        super().close()
        self.sounds.close()

    def answer(self, ask: Any, **fields: object) -> None:
        """Fill in the question by the fields' labels, and send it."""
        assert ask.form is not None
        by_label = {field.label_text: field.edit for field in ask.form.fields}
        for label, value in fields.items():
            edit = by_label[label.replace("_", " ")]
            if isinstance(value, int):
                edit.setValue(value)
            elif hasattr(edit, "setText"):
                edit.setText(value)
            else:
                edit.choose(value)
        ask.send()
        self.wait()

    def count(self) -> int:
        """People counted so far."""
        return int(
            self.small.library.value("select coalesce(sum(people), 0) from visit where voided = 0")
        )

    def step(self, words: str) -> QPushButton:
        """A shown button."""
        shown = [one for one in self.window.findChildren(QPushButton) if one.isVisible()]
        return next(one for one in shown if one.text() == words)


stage = staged(Visits)


def test_keys_count_one_visitor_each_and_undo_takes_it_back(stage: Any, qtbot: QtBot) -> None:
    visits = stage()
    qtbot.waitUntil(visits.window.isActiveWindow)
    for key in "016":
        type_keys(visits.window, key)
        qtbot.wait(120)
        visits.wait()
    assert visits.count() == 3
    assert visits.book.room.total.text() == "3"
    rows = visits.small.library.rows("select age, sex from visit order by rid")
    assert rows == [(None, None), ("0-12", "L"), ("19-59", "P")]
    value_of(undo(visits.desk))
    visits.book.opened()
    visits.wait()
    assert visits.book.room.total.text() == "2"


def test_a_typed_card_number_counts_no_digits(stage: Any, qtbot: QtBot) -> None:
    visits = stage()
    visits.book.room.code.setFocus()
    type_keys(visits.window, "A0002")
    visits.book.room.code.returnPressed.emit()
    visits.wait()
    assert visits.count() == 1
    assert "Budi Misalnya dihitung, 1 hari ini." in visits.said[-1]


def test_cards_and_copies_are_scanned(stage: Any) -> None:
    visits = stage()
    visits.scan("A0001")
    visits.scan("B0005")
    visits.scan("A0001")
    assert visits.count() == 1
    assert visits.small.library.value("select count(*) from reading") == 1
    assert visits.window.bar.isVisible()
    visits.step("Hitung lagi").click()
    visits.wait()
    assert visits.count() == 2
    assert not visits.window.bar.isVisible()
    visits.scan("X999")
    assert visits.count() == 2
    assert visits.window.bar.isVisible()


def test_a_room_is_chosen_for_all_that_follow(stage: Any) -> None:
    visits = stage()
    room = value_of(save_room(visits.desk, "Ruang Anak", 30))
    visits.book.opened()
    visits.wait()
    visits.book.room.place.choose(room)
    visits.book.key("0")
    visits.scan("A0001")
    assert visits.small.library.rows("select distinct room from visit") == [(room.bytes,)]
    assert visits.book.room.place.value() == room


def test_details_and_groups_are_asked_in_the_page(stage: Any) -> None:
    visits = stage()
    visits.do("book_visitor")
    visits.answer(visits.book.room.ask, Pekerjaan="teacher", Tujuan="study", Jumlah=2)
    visits.do("book_party")
    assert not visits.book.counting
    visits.answer(visits.book.room.ask)
    assert visits.count() == 2
    visits.answer(
        visits.book.room.ask,
        **{"Sekolah/instansi": "SDN Contoh 1", "Jenjang": "sd", "Peserta laki-laki": 12},
    )
    assert visits.count() == 14
    visits.book.room.rows.selectRow(0)
    visits.do("book_undo_entry")
    assert visits.count() == 2
    assert visits.book.counting


def test_a_van_begins_and_ends_a_stop(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    visits = stage("van")
    assert visits.book.room.van.isVisible()
    value_of(save_stop(visits.desk, StopForm("SDN Contoh 2", "Jalan Contoh")))
    visits.book.opened()
    visits.wait()
    van = visits.book.room.van
    van.from_km.setText("12.000")
    van.begin.click()
    visits.wait()
    visits.book.key("0")
    visits.wait()
    assert "SDN Contoh 2" in van.said.text() and "1 pengunjung" in van.said.text()
    visits.small.time.passes(minutes=30)
    van.until_km.setText("12031")
    van.end.click()
    visits.wait()
    now = van_now(visits.desk)
    assert now is not None and now.stay is None and now.odometer == 12_031
    visits.book.print_stops()
    visits.wait()
    (paper,) = visits.folder.glob("laporan-singgah-*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")


def test_rooms_lists_and_kiosk_are_set(stage: Any) -> None:
    visits = stage()
    visits.do("book_places")
    part = visits.book.places
    part.ask_room(None)
    visits.answer(part.room.ask, Nama="Ruang Baca", Kursi=60)
    assert [room.name for room in rooms(visits.desk)] == ["Ruang Baca"]
    part.room.kiosk_room.choose(rooms(visits.desk)[0].id)
    part.room.minutes.setValue(30)
    part.room.greet.setChecked(False)
    part.room.code.setText("12")
    part.keep_settings()
    visits.wait()
    assert settings_of(visits.desk).greet
    part.room.code.setText("998877")
    part.keep_settings()
    visits.wait()
    kept = settings_of(visits.desk)
    assert (kept.same_visit_minutes, kept.greet, kept.exit_code) == (30, False, "998877")
    assert kiosk_room(visits.desk) == rooms(visits.desk)[0].id
    part.room.lists["purpose"].setPlainText("Membaca\nMain catur")
    part.keep_list("purpose", part.room.lists["purpose"].toPlainText().splitlines())
    visits.wait()
    assert part.room.lists["purpose"].toPlainText() == "Membaca\nMain catur"
    visits.page.escape()
    visits.wait()
    assert visits.book.counting


def test_who_may_not_change_them_sees_them_only(stage: Any) -> None:
    visits = stage("volunteer")
    visits.do("book_places")
    assert visits.book.places.room.may_not.isVisible()
    assert not visits.book.places.room.minutes.isEnabled()


def test_a_group_is_booked_confirmed_told_and_comes(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    visits = stage()
    visits.page.open_part("groups")
    visits.wait()
    part = visits.groups
    assert part.room.empty.isVisible()
    part.ask_booking()
    visits.answer(part.room.ask)
    assert part.room.ask.form is not None
    visits.answer(
        part.room.ask,
        **{
            "Sekolah/instansi": "SDN Contoh 1",
            "Jumlah": 40,
            "Dari": "7.30",
            "Sampai": "0900",
            "Penanggung jawab": "Bu Guru Contoh",
            "Nomor surat mereka": "421/7",
        },
    )
    assert "di luar jam buka" in visits.said[-1]
    part.room.rows.selectRow(0)
    visits.step("Sanggupi").click()
    visits.wait()
    visits.step("Salin untuk WhatsApp").click()
    visits.wait()
    message = QGuiApplication.clipboard().text()
    assert "421/7" in message and "07.30–09.00" in message and "SDN Contoh 1" in message
    visits.step("Surat").click()
    visits.wait()
    assert list(visits.folder.glob("konfirmasi-kunjungan-*.pdf"))
    visits.step("Sudah datang").click()
    visits.wait()
    assert visits.count() == 40
    assert part.room.parties.rows.rowCount() == 1
    value_of(undo(visits.desk))
    part.opened()
    visits.wait()
    visits.step("Hitung per golongan").click()
    visits.answer(part.room.ask, **{"Peserta (tidak dirinci)": 0, "Peserta perempuan": 22})
    assert visits.count() == 22


def test_who_is_expected_today_is_counted_from_the_book(stage: Any) -> None:
    visits = stage()
    form = BookingForm(visits.desk.today(), time(9), time(10), "SMP Contoh", 30)
    value_of(save_booking(visits.desk, form))
    visits.book.opened()
    visits.wait()
    visits.step("Sudah datang").click()
    visits.wait()
    assert visits.count() == 30
    assert visits.book.room.expected.count() == 0


def test_institutions_that_came_before_are_offered(stage: Any) -> None:
    visits = stage()
    form = BookingForm(visits.desk.today(), time(9), time(10), "SMP Contoh", 30)
    value_of(save_booking(visits.desk, form))
    visits.book.ask_party()
    ask = visits.book.room.ask
    assert ask.form is not None
    edit = ask.form.fields[0].edit
    edit.setFocus()
    edit.setText("contoh")
    edit.asked.emit("contoh")
    visits.wait()
    assert edit.offered == ["SMP Contoh"]
    edit.asked.emit("smp")
    ask.leave()
    visits.wait()


def test_a_booking_is_cancelled_with_a_reason(stage: Any) -> None:
    visits = stage()
    today = visits.desk.today()
    form = BookingForm(today, time(9), time(10), "SMP Contoh", 30)
    value_of(save_booking(visits.desk, form))
    visits.page.open_part("groups")
    visits.wait()
    visits.groups.room.rows.selectRow(0)
    visits.step("Batalkan janji").click()
    visits.answer(visits.groups.room.ask)
    assert visits.groups.room.ask.isVisible()
    visits.answer(visits.groups.room.ask, Alasan="hujan")
    state = visits.small.library.row("select state, why from booking")
    assert tuple(state) == ("cancelled", "hujan")
    visits.groups.move_week(1)
    visits.wait()
    assert visits.groups.room.empty.isVisible()


@pytest.mark.parametrize("part", ["book", "places", "visitor", "groups", "booking", "van"])
def test_everybody_can_use_it(stage: Any, qapp: Any, part: str) -> None:
    visits = stage("van" if part == "van" else "head")
    value_of(save_room(visits.desk, "Ruang Anak", 30))
    value_of(save_stop(visits.desk, StopForm("SDN Contoh 2")))
    form = BookingForm(visits.desk.today(), time(7), time(9), "SMP Contoh", 30)
    value_of(save_booking(visits.desk, form))
    visits.scan("A0001")
    steps = {
        "places": visits.book.show_places,
        "visitor": visits.book.ask_visitor,
        "groups": lambda: visits.page.open_part("groups"),
        "booking": lambda: (visits.page.open_part("groups"), visits.wait()),
    }
    steps.get(part, visits.book.opened)()
    visits.wait()
    if part == "groups":
        visits.groups.room.rows.selectRow(0)
    if part == "booking":
        visits.groups.ask_booking()
    visits.wait()
    assert visits.window.findChildren(QLabel)
    assert audit_everywhere(qapp, visits.window) == []
