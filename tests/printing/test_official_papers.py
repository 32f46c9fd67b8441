"""The bebas pustaka letter and the desk report."""

import dataclasses

import paper_samples as samples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_eyes import ink_box, page_sizes, words

from perpusdesk.common.i18n import set_language
from perpusdesk.printing.clearance import clearance_letter
from perpusdesk.printing.desk_report import desk_report
from perpusdesk.printing.official import MARGIN, Letterhead, Signature

A4 = (210.0, 297.0)


def test_the_letter_says_it_in_formal_indonesian_always() -> None:
    set_language("en")
    pdf = clearance_letter(samples.clearance())
    assert page_sizes(pdf) == [A4]
    text = words(pdf)
    for expected in (
        "PEMERINTAH KOTA CONTOH DINAS PERPUSTAKAAN DAN KEARSIPAN",
        "SURAT KETERANGAN BEBAS PUSTAKA Nomor: 000.4.6/0123/PERPUS/XI/2026",
        "Siti Nurhaliza Rahman",
        "26070100123",
        "tanggal 23 November 2026 pukul 14.05",
        "tidak mempunyai pinjaman bahan pustaka",
        "untuk keperluan kelulusan.",
        "Kota Contoh, 23 November 2026",
        "Mengetahui,",
        "NIP 000000000000000000",
    ):
        assert expected in text


@settings(max_examples=15)
@example("W" * 300, "W" * 80)
@example("kata " * 60, "nama panjang " * 6)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_letter_stays_on_one_page(long: str, short: str) -> None:
    signature = Signature(short, short, short, short)
    letter = dataclasses.replace(
        samples.clearance(),
        head=Letterhead(long, long, long, long),
        number=short,
        place=short,
        member=long,
        card=short,
        category=long,
        details=((short, long),) * 6,
        purpose=long,
        signatures=(signature, signature),
    )
    pdf = clearance_letter(letter)
    assert page_sizes(pdf) == [A4]
    left, _top, right, bottom = ink_box(pdf)
    assert left > MARGIN - 1
    assert right < A4[0] - MARGIN + 1
    assert bottom < A4[1] - 12


def test_the_report_counts_lists_and_is_signed() -> None:
    pdf = desk_report(samples.report(60))
    assert page_sizes(pdf) == [A4] * 2
    text = words(pdf) + words(pdf, 1)
    assert "Laporan harian meja sirkulasi" in text
    assert "Senin, 23 November 2026" in text
    assert "1.234" in text
    assert "Halaman 2 dari 2" in text
    assert "Mengetahui," in text
    for index in range(60):
        assert f"B{index:08d}" in text
    assert "Nurhaliza" not in text


@settings(max_examples=15)
@given(st.integers(0, 130))
def test_no_row_is_lost_and_the_signature_is_whole(rows: int) -> None:
    report = samples.report(rows)
    pdf = desk_report(report)
    pages = len(page_sizes(pdf))
    text = " ".join(words(pdf, page) for page in range(pages))
    assert all(row.barcode in text for row in report.rows)
    assert text.count("NIP 000000000000000000") == 1
    assert f"Halaman {pages} dari {pages}" in text
    for page in range(pages):
        assert ink_box(pdf, page)[3] < A4[1] - 10
