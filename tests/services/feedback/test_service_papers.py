"""The papers of what visitors say: what stands on them, and above all what does not."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2

from helpers.library import SmallLibrary, value_of
from helpers.service_board import CONTACT, fill
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.complaints import public_parts, public_text
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaint_lists import ComplaintSearch
from perpusdesk.services.feedback.complaints import NewComplaint, answer, register
from perpusdesk.services.feedback.service_papers import (
    action_plan,
    desiderata,
    message_register,
    public_sheet,
)

EVERYTHING = ComplaintSearch()


def told(pdf: bytes) -> str:
    """Return the words of all pages in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def test_the_register_has_every_message_and_nobody_who_wrote(
    small: SmallLibrary, head: Desk
) -> None:
    set_language("id")
    fill(small, head)
    words = told(message_register(head, EVERYTHING))
    assert "REGISTER PENGADUAN, SARAN, DAN MASUKAN" in words
    for part in ("AC di ruang baca anak", "5581220", "Kursi goyang.", "0 dari 1", "Ditangani"):
        assert part in words
    assert CONTACT.name not in words and CONTACT.phone not in words


def test_the_public_sheet_has_only_what_was_written_for_it(small: SmallLibrary, head: Desk) -> None:
    fill(small, head)
    half = value_of(register(head, NewComplaint("Rahasia Bu Contoh")))
    value_of(answer(head, half, "Jawaban untuk Bu Contoh", public_text("Setengah saja", "")))
    words = told(public_sheet(head, EVERYTHING))
    assert "Anda berkata, kami lakukan" in words
    assert "Kursi di ruang baca goyang." in words
    assert "Dua belas kursi diganti 30 Oktober." in words
    for part in ("Rahasia", "Jawaban", "Setengah", "Kursi goyang.", CONTACT.name, "Kepala Contoh"):
        assert part not in words
    nothing = ComplaintSearch(until=head.today() - timedelta(days=400))
    assert "Belum ada yang diumumkan" in told(public_sheet(head, nothing))


def test_a_long_public_sheet_cuts_nothing_in_two(head: Desk) -> None:
    for at in range(14):
        one = value_of(register(head, NewComplaint(f"Pesan {at}")))
        text = public_text(f"Kata nomor {at} " * 12, f"Tindakan nomor {at} " * 16)
        value_of(answer(head, one, "ya", text))
    with pypdfium2.PdfDocument(public_sheet(head, EVERYTHING)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 1
    assert sum(page.count("Anda berkata") for page in pages) == 14 + 1
    for at in range(14):
        (page,) = [page for page in pages if f"Kata nomor {at} " in page]
        assert f"Tindakan nomor {at} " in page


def test_plan_and_desiderata_say_who_when_and_how_many(small: SmallLibrary, head: Desk) -> None:
    set_language("id")
    fill(small, head)
    plan = told(action_plan(head))
    for part in ("RENCANA TINDAK LANJUT", "4, lewat batas 1", "Servis AC", "lewat batas"):
        assert part in plan
    assert "Selesai (02-11-2026): Enam papan terpasang" in plan
    wishes = told(desiderata(head))
    assert wishes.index("Hujan di Pasar Ikan") < wishes.index("Atlas Bintang untuk Anak")
    assert "Dipesan" in wishes


def test_public_words_come_back_as_they_were_written() -> None:
    for said, done in (("a b", "c\n\nd"), ("", "c"), ("a", ""), ("", "")):
        assert public_parts(public_text(said, done)) == (said, done)
    assert public_parts(public_text("a\nb  c", " d ")) == ("a b c", "d")
