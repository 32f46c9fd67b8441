"""PDF slips: the width of the roll, as tall as needed, everything inside the printed part."""

import dataclasses
from datetime import date

import paper_samples as samples
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_eyes import ink_box, page_sizes, words

from perpusdesk.printing.slip_pdf import MARGIN, pdf_slip
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine


@pytest.mark.parametrize("roll", [58, 80])
def test_words_of_a_visit(roll: int) -> None:
    text = words(pdf_slip(samples.visit(), roll))
    for expected in (
        "Perpustakaan Umum Kota Contoh Cabang Alun-Alun Utara Anggota Siti N. R.",
        "****0123",
        "Dipinjam (2) 1. Laskar pelangi B00012345 Jatuh tempo Senin, 07-12-2026",
        "Šahrazād – “Kisah seribu satu malam”",
        "Denda Rp2.500",
        "Dibayar Rp2.000 Sisa denda Rp500",
        "Terima kasih. Kembalikan tepat waktu.",
    ):
        assert expected in text
    assert "Nurhaliza" not in text
    assert "26070100123" not in text


@pytest.mark.parametrize("roll", [58, 80])
def test_the_page_is_as_tall_as_its_content(roll: int) -> None:
    short = dataclasses.replace(samples.visit(), lines=samples.visit().lines[:1])
    long = dataclasses.replace(samples.visit(), lines=samples.visit().lines * 10)
    heights = []
    for slip in (short, long):
        pdf = pdf_slip(slip, roll)
        [(width, height)] = page_sizes(pdf)
        assert width == roll
        assert 3 < height - ink_box(pdf)[3] < 10
        heights.append(height)
    assert heights[1] > 4 * heights[0]


@settings(max_examples=20)
@example("W" * 150, "W" * 60, 58)
@example("kata " * 30, "nama panjang " * 4, 80)
@given(st.text(max_size=150), st.text(max_size=60), st.sampled_from([58, 80]))
def test_nothing_leaves_the_printed_part(title: str, name: str, roll: int) -> None:
    line = SlipLine(SlipAct.LENT, title, name, date(2026, 12, 7), fine=10**9)
    slip = SlipData(title, name, name, title, (line,), name, samples.visit().printed, title)
    left, _top, right, _bottom = ink_box(pdf_slip(slip, roll))
    assert left > MARGIN[roll] - 0.6
    assert right < roll - MARGIN[roll] + 0.6


def test_what_no_font_has_is_a_box() -> None:
    line = SlipLine(SlipAct.LENT, "日本 atlas", "B1")
    slip = dataclasses.replace(samples.visit(), lines=(line,))
    assert "□□ atlas" in words(pdf_slip(slip))
