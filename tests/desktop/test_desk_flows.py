"""A day at the desk through the real window: scanner, keys, questions, and what is in the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from helpers.librarian import Librarian
from helpers.library import FINE, SmallLibrary, living, value_of
from perpusdesk.common.passing import passing_folder
from perpusdesk.domain.data_protection import Purpose
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.modes import ModeKind
from perpusdesk.services.circulation.turn import Outcome
from perpusdesk.services.privacy.consents import Given, give


def open_loans(small: SmallLibrary) -> list[tuple[str, str]]:
    """Copy and member of every open loan, as the file has them."""
    rows = small.library.rows(
        "select c.barcode, m.card from loan l join copy c on c.id = l.copy"
        ' join member m on m.id = l.member where l."end" = 0 order by c.barcode'
    )
    return [(row[0], row[1]) for row in rows]


def test_a_card_then_books_then_nobody(who: Librarian, small: SmallLibrary) -> None:
    assert who.scan("A0001").outcome is Outcome.VISIT_OPENED
    assert who.scan("B0001", "b0003").outcome is Outcome.LENT
    assert open_loans(small) == [("B0001", "A0001"), ("B0003", "A0001")]
    assert "Senin, 9 November 2026" in who.reads()
    assert "1 dari 3" in who.reads()
    assert who.presses("Esc").visit is None
    assert "Dipinjamkan" not in who.program.desk_page._room.hero.state or not (
        who.program.desk_page._room.hero.isVisible()
    )
    assert who.scan("B0001").outcome is Outcome.RETURNED
    assert open_loans(small) == [("B0003", "A0001")]


@pytest.mark.parametrize("where", ["Selesai", "Cetak slip", "Perpanjang semua"])
def test_a_scan_counts_wherever_the_focus_is(
    who: Librarian, small: SmallLibrary, where: str
) -> None:
    who.scan("A0001", "B0001")
    who.button(where).setFocus()
    assert isinstance(QApplication.focusWidget(), QPushButton)
    assert who.scan("B0003").outcome is Outcome.LENT
    assert who.turn.visit, "the Enter of the scanner pressed no button"
    assert len(open_loans(small)) == 2


def test_a_scan_into_an_open_question_is_a_scan_and_not_an_answer(
    head: Librarian, small: SmallLibrary
) -> None:
    head.scan("A0001", "B0005")
    head.presses("F8")
    assert head.scan("B0001").outcome is Outcome.LENT
    assert open_loans(small) == [("B0001", "A0001")]


def test_after_a_button_the_keyboard_is_back_in_the_box(who: Librarian) -> None:
    who.scan("A0001", "B0001")
    who.clicks("Urungkan")
    assert QApplication.focusWidget() is who.program.window.box.edit
    assert who.turn.outcome is Outcome.UNDONE


def test_undo_takes_back_step_by_step_and_says_what(who: Librarian, small: SmallLibrary) -> None:
    who.scan("A0001", "B0001", "B0003")
    who.presses("Ctrl+Z")
    assert who.toast() == "Diurungkan: Dipinjamkan · Kebun di Atap"
    assert open_loans(small) == [("B0001", "A0001")]
    who.presses("Ctrl+Z")
    assert open_loans(small) == []
    assert who.presses("Ctrl+Z").outcome is Outcome.REFUSED


def test_any_of_the_last_actions_can_be_undone_from_the_day(
    who: Librarian, small: SmallLibrary
) -> None:
    who.scan("A0001", "B0001", "B0003")
    who.presses("Esc")
    rows = [b for b in who.program.window.findChildren(QPushButton) if b.isVisible()]
    names = [button.accessibleName() for button in rows]
    oldest = rows[names.index("Urungkan: Dipinjamkan Pelaut Kertas")]
    oldest.click()
    who.wait()
    assert open_loans(small) == [("B0003", "A0001")]
    assert "Diurungkan" in who.reads()


def test_renew_all_by_its_key(who: Librarian, small: SmallLibrary) -> None:
    who.scan("A0001", "B0001", "B0003")
    small.time.passes(days=5)
    turn = who.presses("F6")
    assert (turn.outcome, turn.renewed) == (Outcome.RENEWED, 2)
    assert "2 pinjaman diperpanjang" in who.reads()
    assert "Sabtu, 14 November 2026" in who.reads()
    again = who.presses("F6")
    assert again.outcome is Outcome.REFUSED
    assert "Tidak diperpanjang" in who.reads()


def test_an_exception_needs_a_reason_that_is_kept(head: Librarian, small: SmallLibrary) -> None:
    assert head.scan("A0001", "B0005").outcome is Outcome.REFUSED
    head.presses("F8")
    head.answers("untuk pameran")
    assert head.turn.outcome is Outcome.LENT
    (op,) = [op for op in small.library.all_ops() if op.payload.get("why")]
    assert op.payload["why"] == "untuk pameran"
    assert QApplication.focusWidget() is head.program.window.box.edit


def test_an_exception_can_be_left(head: Librarian, small: SmallLibrary) -> None:
    head.scan("A0001", "B0005")
    head.presses("F8")
    head.presses("Esc")
    assert open_loans(small) == []
    assert head.turn.visit, "Esc left the question, not the visit"


def test_without_the_right_the_exception_is_refused(who: Librarian, small: SmallLibrary) -> None:
    who.scan("A0001", "B0005")
    assert "Tetap pinjamkan (perlu hak)" in who.buttons()
    who.presses("F8")
    who.answers("untuk pameran")
    assert who.turn.outcome is Outcome.REFUSED
    assert open_loans(small) == []


def test_a_copy_somebody_else_has_is_taken_back_and_lent_by_one_key(
    who: Librarian, small: SmallLibrary
) -> None:
    value_of(lend(small.desk(), small.members["A0002"], small.copies["B0001"]))
    assert who.scan("A0001", "B0001").outcome is Outcome.REFUSED
    assert who.presses("F4").outcome is Outcome.LENT
    assert open_loans(small) == [("B0001", "A0001")]
    assert who.program.desk_page.mode.kind is ModeKind.DESK


def test_return_mode_by_its_key_and_out_of_it(who: Librarian, small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0002"], small.copies["B0001"]))
    who.scan("A0001")
    who.presses("F4")
    assert "setiap pindaian" in who.reads()
    assert who.scan("B0001").outcome is Outcome.RETURNED
    assert who.turn.visit and who.turn.visit.card == "A0001"
    who.presses("Esc")
    assert who.scan("B0001").outcome is Outcome.LENT


def test_reading_mode_counts(who: Librarian, small: SmallLibrary) -> None:
    who.program.window.registry.run("reading")
    assert who.scan("B0005", "B0005").outcome is Outcome.READ
    assert len(living(small.library)["reading"]) == 2
    assert "2 kali hari ini" in who.reads()


def test_paper_slips_are_entered_for_their_own_time(who: Librarian, small: SmallLibrary) -> None:
    who.program.window.registry.run("slips")
    who.presses("Ctrl+A")
    who.answers("31-10-2026 09.30")
    assert "Sabtu, 31 Oktober 2026" in who.reads()
    who.scan("A0001", "B0001")
    lent = who.turn.lent
    assert lent and lent.value.line.lent_at.isoformat() == "2026-10-31T09:30:00+07:00"


def test_a_date_nobody_can_read_changes_nothing(who: Librarian) -> None:
    who.program.window.registry.run("slips")
    who.presses("Ctrl+A")
    who.answers("kemarin dulu")
    assert "bukan tanggal" in who.told()
    assert who.program.desk_page.mode.kind is ModeKind.DESK


def test_a_set_of_books_for_a_school(who: Librarian, small: SmallLibrary) -> None:
    who.scan("S0001")
    who.program.window.registry.run("kit")
    who.answers("Pojok baca kelas 4")
    assert "Pojok baca kelas 4" in who.reads()
    who.scan("B0001", "B0003", "B0007", "B0009")
    assert len(open_loans(small)) == 4, "more than the member's own limit of two"
    assert len({row[0] for row in small.library.rows("select due from loan")}) == 1
    who.presses("Esc")
    assert who.scan("B0011").outcome is Outcome.LENT, "the next one is a loan of its own"


def test_payment_by_its_key_settles_the_fine(who: Librarian, small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=10)
    who.scan("B0001", "A0001")
    assert f"Rp1.{FINE}" in who.reads()
    who.presses("F7")
    who.answers("")
    assert who.turn.outcome is Outcome.PAID, "all that is owed is proposed"
    assert "Lunas" in who.reads()
    assert "Bayar" not in who.buttons()


def test_candidates_are_chosen_by_number(who: Librarian, small: SmallLibrary) -> None:
    assert who.types("umpama").outcome is Outcome.CHOOSE
    assert "Rina Umpama Dewi" in who.reads()
    who.presses("Alt+2")
    assert who.turn.visit and who.turn.visit.name == "Rina Umpama Dewi"
    who.types("kebun")
    assert who.presses("Alt+1").outcome is Outcome.CHOOSE, "a title offers its copies"
    assert who.presses("Alt+2").outcome is Outcome.LENT
    assert open_loans(small) == [("B0004", "A0003")]


def test_none_of_the_candidates_leads_back_to_the_visit(who: Librarian) -> None:
    who.scan("A0001")
    who.types("umpama")
    who.presses("Esc")
    assert who.turn.visit and who.turn.visit.card == "A0001"
    assert "Rina Umpama Dewi" not in who.reads()


def test_a_card_nobody_has_is_registered_in_one_step(who: Librarian, small: SmallLibrary) -> None:
    who.scan("A7777")
    who.clicks("Daftarkan anggota dengan kartu ini")
    form = who.program.screens.members.form
    assert who.program.window.page == "members"
    assert form.view.form().card == "A7777"


def test_the_slip_of_the_visit_goes_to_a_pdf(
    who: Librarian, small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpusdesk.app import slips

    opened = []
    monkeypatch.setattr(slips.QDesktopServices, "openUrl", opened.append)
    who.scan("A0001", "B0001")
    who.presses("Ctrl+P")
    (file,) = passing_folder().glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF-")
    assert [url.toLocalFile() for url in opened] == [str(file)]


def test_the_slip_as_a_message_is_on_the_clipboard(who: Librarian, small: SmallLibrary) -> None:
    head = small.desk("head")
    agreed = Given(Purpose.WHATSAPP, head.today())
    value_of(give(head, small.members["A0001"], agreed))
    who.scan("A0001", "B0001")
    who.presses("Ctrl+Shift+C")
    text = QGuiApplication.clipboard().text()
    assert "Pelaut Kertas" in text
    assert "Misalnya" not in text, "a slip shows no full name"


def test_a_visit_that_was_cut_off_is_offered_again(
    start, small: SmallLibrary, who: Librarian
) -> None:
    who.scan("A0001", "B0001")
    who.program.tasks.close()  # the power goes: nothing is closed, nothing is said
    small.time.passes(minutes=20)
    again = start(small.desk())
    assert "Siti Misalnya" in again.told()
    assert again.turn.visit and [line.barcode for line in again.turn.visit.loans] == ["B0001"]
    assert again.scan("B0003").outcome is Outcome.LENT
    assert open_loans(small) == [("B0001", "A0001"), ("B0003", "A0001")]
    assert again.presses("Esc").visit is None


def test_the_day_shows_what_is_due_and_what_was_done(who: Librarian, small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0002"], small.copies["B0007"]))
    small.time.passes(days=7)
    who.scan("A0001")
    who.presses("Esc")
    words = who.reads()
    assert "Jatuh tempo hari ini (1)" in words
    assert "Menghitung Hujan" in words
    assert str(small.time.moment + timedelta()) not in words


def test_a_copy_of_another_branch_is_sent_home_by_one_key(
    who: Librarian, small: SmallLibrary
) -> None:
    small.change("copy", small.copies["B0001"], branch=small.branches["van"])
    assert who.scan("B0001").outcome is Outcome.RETURNED
    assert "Kirim ke Mobil Keliling" in who.buttons()
    assert who.presses("F8").outcome is Outcome.SENT
    assert "Surat jalan SJ-PST-261102-1-1" in who.reads()
