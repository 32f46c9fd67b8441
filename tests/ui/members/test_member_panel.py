"""What can be done with a member: money, blocks, notes, loans, holds, papers, photo, changes."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
from PIL import Image

from helpers.library import value_of
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.members.member_card import member_card
from perpusdesk.ui.members.panel import Tab


def card_of(screen, card="A0001"):
    return member_card(screen.desk, screen.small.members[card])


@pytest.fixture
def borrower(screen):
    """Siti has a copy that is late, owes something and waits for a title."""
    small = screen.small
    siti = small.members["A0001"]
    value_of(lend(screen.desk, siti, small.copies["B0001"]))
    value_of(lend(screen.desk, small.members["A0002"], small.copies["B0007"]))
    value_of(lend(screen.desk, small.members["A0002"], small.copies["B0008"]))
    value_of(place_hold(screen.desk, siti, small.titles[3]))
    value_of(charge(screen.desk, siti, 5_000, "Kartu baru"))
    small.time.passes(days=9)
    screen.open("A0001")
    return screen


def test_the_panel_shows_loans_holds_and_debt(borrower):
    panel = borrower.panel
    assert panel.now.loans.heading.text() == "Sedang dipinjam (1)"
    assert panel.now.holds.heading.text() == "Reservasi (1)"
    assert panel.head._owes.text() == "Rp5.000"
    assert panel.head._quota.text() == "2 dari 3"


def test_a_payment_is_booked_and_can_be_undone(borrower):
    borrower.do("member_pay")
    borrower.answer(amount="2.000")
    assert card_of(borrower).balance == 3_000
    assert borrower.said[-1] == "Pembayaran Rp2.000  ·  Sisa tunggakan Rp3.000"
    assert borrower.panel.head._owes.text() == "Rp3.000"
    borrower.window.toasts._toast.findChildren(type(borrower.form.save))[0].click()
    borrower.wait()
    assert card_of(borrower).balance == 5_000
    assert borrower.panel.head._owes.text() == "Rp5.000"


def test_more_than_is_owed_is_not_taken(borrower):
    borrower.do("member_pay")
    borrower.answer(amount="5001")
    assert borrower.panel.ask.isVisible()
    assert borrower.panel.ask.form.fields[0].error == "Lebih dari Rp5.000."
    assert card_of(borrower).balance == 5_000


def test_waiving_needs_a_reason(borrower):
    borrower.panel.open_tab(Tab.MONEY)
    borrower.wait()
    borrower.panel.money.waive.click()
    borrower.answer(amount="1000")
    assert [field.error for field in borrower.panel.ask.form.fields] == ["", "Isi bagian ini."]
    borrower.answer(reason="Kartu rusak dari awal")
    assert card_of(borrower).balance == 4_000
    rows = borrower.panel.money.rows.rows
    assert "Dibebaskan  ·  Kartu rusak dari awal" in rows.data(rows.index(0, 0))


def test_who_has_no_right_to_money_is_refused_in_words(stage):
    screen = stage("volunteer")
    value_of(charge(screen.small.desk("head"), screen.small.members["A0001"], 5_000, "Kartu"))
    screen.open("A0001")
    screen.do("member_pay")
    screen.answer(amount="5000")
    assert card_of(screen).balance == 5_000
    assert "hak" in screen.said[-1]


def test_a_block_is_put_seen_and_lifted(screen):
    screen.open("A0001")
    screen.do("member_block")
    screen.answer(reason="Kartu dipinjamkan", until="10-11-2026")
    assert screen.panel.head.standing == ("Diblokir sampai 10 November 2026: Kartu dipinjamkan",)
    screen.page.control.ask_lift(card_of(screen).blocks[0])
    screen.answer(reason="Sudah jelas")
    assert screen.panel.head.standing == ("Boleh meminjam",)


def test_a_note_is_written_and_stands_in_front(screen):
    screen.open("A0001")
    screen.do("member_note")
    screen.answer(note="Pakai kursi roda")
    assert card_of(screen).form.note == "Pakai kursi roda"
    assert screen.panel.now._note.text() == "Pakai kursi roda"


def test_the_membership_is_extended(screen):
    screen.open("A0001")
    screen.do("member_extend")
    assert card_of(screen).expires == date(2028, 1, 5)
    assert screen.said[-1] == "Kini berlaku s.d. 5 Januari 2028"


def test_the_chosen_loan_gets_its_steps(borrower):
    now = borrower.panel.now
    assert not now.loans.bar.isVisible()
    now.loans.choose(0)
    verbs = [button.text() for button in now.loans.bar.findChildren(type(borrower.form.save))]
    assert verbs == ["Perpanjang", "Mengaku sudah kembali", "Hilang", "Judul"]


def test_a_claim_is_noted_and_withdrawn(borrower):
    line = card_of(borrower).loans[0]
    borrower.page.control.claim(line)
    borrower.wait()
    assert card_of(borrower).loans[0].claimed and not card_of(borrower).overdue
    borrower.page.control.claim(card_of(borrower).loans[0])
    borrower.wait()
    assert not card_of(borrower).loans[0].claimed


def test_a_lost_copy_ends_the_loan_and_is_charged(borrower):
    borrower.page.control.ask_lost(card_of(borrower).loans[0])
    borrower.answer(price="60000")
    card = card_of(borrower)
    assert card.loans == () and card.balance == 5_000 + 60_000 + 2 * 500


def test_a_hold_is_cancelled(borrower):
    borrower.page.control.ask_cancel_hold(card_of(borrower).holds[0])
    borrower.answer(reason="Sudah punya")
    assert card_of(borrower).holds == ()
    assert borrower.panel.now.holds.heading.text() == "Reservasi (0)"


def test_the_letter_is_refused_with_what_is_still_owed(borrower):
    borrower.do("member_letter")
    borrower.answer(purpose="Kelulusan")
    why = borrower.panel.ask._why.text()
    assert "1 buku masih dipinjam: Pelaut Kertas" in why and "Tunggakan Rp5.000" in why
    assert borrower.opened == []


def test_letter_and_card_are_made_and_opened(screen):
    screen.open("A0003")
    screen.do("member_letter")
    screen.answer(purpose="Kelulusan")
    screen.do("member_card")
    letter, card = screen.opened
    assert letter.read_bytes().startswith(b"%PDF") and card.read_bytes().startswith(b"%PDF")
    assert letter.name.startswith("letter") and card.name.startswith("card")


def test_a_photo_from_a_file_needs_the_day_of_consent(screen, tmp_path):
    file = tmp_path / "foto.png"
    Image.new("RGB", (900, 1200), "teal").save(file)
    screen.open("A0001")
    screen.do("member_photo")
    photo = screen.panel.photo
    photo.file_asked.emit(file)
    screen.wait()
    photo.consent.edit.setText("")
    photo.send()
    assert photo.consent.error and card_of(screen).photo is None
    photo.consent.edit.setText("01-11-2026")
    photo.send()
    screen.wait()
    card = card_of(screen)
    assert card.photo and card.photo_consent == date(2026, 11, 1)
    assert not screen.panel.head.photo.empty
    photo.remove_asked.emit()
    screen.wait()
    assert card_of(screen).photo is None


def test_a_file_that_is_no_picture_is_said(screen, tmp_path):
    file = tmp_path / "foto.png"
    file.write_text("bukan gambar")
    screen.open("A0001")
    screen.do("member_photo")
    screen.panel.photo.file_asked.emit(file)
    screen.wait()
    assert not screen.panel.photo.save.isEnabled()
    assert len(screen.said) == 1


def test_a_photo_from_the_camera_is_the_upright_middle(screen):
    wanted = []
    screen.page.camera_asked.connect(wanted.append)
    screen.open("A0001")
    screen.do("member_photo")
    photo = screen.panel.photo
    photo._camera.click()
    frame = np.zeros((480, 640, 3), np.uint8)
    frame[:, 320:] = (255, 0, 0)
    screen.page.show_frame(frame)
    photo.snap()
    photo.send()
    screen.wait()
    assert wanted == [True, False]
    saved = Image.open(io.BytesIO(card_of(screen).photo))
    assert saved.size == (360, 480)
    blue = saved.getpixel((300, 240))
    assert blue[2] > 200 and blue[0] < 60


def test_changes_say_who_changed_what(screen):
    screen.open("A0001")
    screen.do("member_edit")
    screen.enter(phone="0813-2222")
    screen.do("member_save")
    screen.panel.open_tab(Tab.CHANGES)
    screen.wait()
    rows = screen.panel.changes.rows
    first = rows.data(rows.index(0, 0))
    assert "Telepon: 0812-0000-0001 → 0813-2222" in first and "Kepala Contoh" in first


def test_the_past_shows_what_was_returned(borrower):
    borrower.panel.open_tab(Tab.PAST)
    borrower.wait()
    rows = borrower.panel.past.rows
    assert rows.rowCount() == 1 and "Pelaut Kertas" in rows.data(rows.index(0, 0))


def test_the_way_to_the_desk_and_to_a_title(borrower):
    asked = []
    borrower.page.desk_asked.connect(asked.append)
    borrower.page.title_asked.connect(asked.append)
    borrower.do("member_desk")
    borrower.page.control.open_title(borrower.small.titles[0])
    assert asked == [borrower.small.members["A0001"], borrower.small.titles[0]]


def test_another_member_ends_the_question_about_this_one(borrower):
    borrower.do("member_pay")
    borrower.open("A0002")
    assert not borrower.panel.ask.isVisible()


def test_of_two_members_opened_at_once_the_second_stays(screen):
    small = screen.small
    screen.page.open_member(small.members["A0001"])
    screen.open("A0002")
    assert screen.page.member == small.members["A0002"]
    assert screen.panel.head._name.text() == "Budi Misalnya"
