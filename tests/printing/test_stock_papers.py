"""Delivery notes, the accession register, weeding reports: every row, whole, with right sums."""

from __future__ import annotations

from datetime import date

import pytest
from paper_eyes import ink_box, page_sizes, words
from paper_samples import LONG_TITLE

from perpusdesk.printing.delivery_note import DeliveryNote, NoteRow, delivery_note
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.paper import A4
from perpusdesk.printing.register import Register, RegisterRow, register_pages
from perpusdesk.printing.table import Column, Table
from perpusdesk.printing.weeding_report import WeedingReport, WeedingRow, weeding_report

HEAD = Letterhead("Pemerintah Kota Contoh", "Dinas Perpustakaan", "Jl. Contoh No. 1")
SIGNER = Signature("Kepala Perpustakaan", "Dra. Contoh Sutanti", "19700101 199503 2 001")
DAY = date(2026, 11, 22)
TITLES = ("Laskar pelangi", LONG_TITLE, "Atlas")


def note(count: int) -> bytes:
    rows = tuple(
        NoteRow(f"B{place:06d}", f"{place:05d}/PD/H/2024", TITLES[place % 3], "Tim", "899 HIR l")
        for place in range(count)
    )
    return delivery_note(
        DeliveryNote(HEAD, "SJ-PST-261122-1-1", "Pusat", "Van", DAY, "Kota", rows, "Rina")
    )


def register(count: int, signatures: tuple[Signature, ...] = (SIGNER,)) -> bytes:
    rows = tuple(
        RegisterRow(DAY, f"{place:05d}/PD", "Tim", TITLES[place % 3], "Gramedia", "Hibah", 1_000)
        for place in range(count)
    )
    return register_pages(Register(HEAD, "Pusat", "2026", "Kota", DAY, rows, signatures))


def weeding(count: int, decree: str = "") -> bytes:
    rows = tuple(
        WeedingRow(f"B{place:06d}", f"{place:05d}", TITLES[place % 3], "Tim", "1998", "Rusak", 500)
        for place in range(count)
    )
    return weeding_report(
        WeedingReport(HEAD, "Pusat", "Kota", DAY, rows, decree, DAY, (SIGNER, SIGNER))
    )


def text(pdf: bytes) -> str:
    return " ".join(words(pdf, page) for page in range(len(page_sizes(pdf))))


@pytest.mark.parametrize("count", [0, 1, 18, 19, 20, 21, 60])
def test_no_row_is_lost_whatever_the_pages(count: int) -> None:
    for make, size in ((note, A4), (register, (A4[1], A4[0])), (weeding, A4)):
        pdf = make(count)
        assert set(page_sizes(pdf)) == {size}
        shown = text(pdf)
        assert [place for place in range(count) if f"{place:05d}" not in shown] == []
        for page in range(len(page_sizes(pdf))):
            left, top, right, bottom = ink_box(pdf, page)
            assert left > 9 and top > 9
            assert right < size[0] - 9 and bottom < size[1] - 6


def test_a_note_says_who_sends_what_to_whom() -> None:
    shown = text(note(3))
    for part in ("Surat jalan", "SJ-PST-261122-1-1", "Pusat", "Van", "3 eksemplar", "Rina"):
        assert part in shown


def test_the_register_adds_up_page_by_page() -> None:
    pdf = register(40)
    count = len(page_sizes(pdf))
    sums, before = [], 0
    for page in range(count):
        shown = words(pdf, page)
        here = int(shown.split("Halaman ini: ")[1].split()[0])
        assert f"{here}.000" in shown
        before += here
        sums.append(before)
        assert (f"{before}.000" in shown) or page == 0
    assert sums[-1] == 40
    assert "Dra. Contoh Sutanti" in text(pdf)


def test_a_register_without_a_signer_has_no_page_for_one() -> None:
    assert "Kepala" not in text(register(1, ()))


def test_a_weeding_report_names_its_decision_and_a_proposal_has_none() -> None:
    decided = text(weeding(4, "045/2026"))
    assert "Laporan penyiangan" in decided and "045/2026" in decided and "Rp2.000" in decided
    assert "Usulan penyiangan" in text(weeding(4))


def test_a_row_is_as_high_as_its_fullest_cell_and_a_giant_has_a_page_for_itself() -> None:
    table = Table((Column("A", 20, lines=3), Column("B", 20)), 20)
    low, high = table.height(("x", "y")), table.height((LONG_TITLE, "y"))
    assert high > 2 * low
    assert table.pages([("x", "y")] * 3, 0, 0, low * 2.5) == [[0, 1], [2]]
    assert table.pages([("x", "y")] * 2, 0, 0, low / 2) == [[0], [1]]
    assert table.pages([], 0, 0, 100) == [[]]
