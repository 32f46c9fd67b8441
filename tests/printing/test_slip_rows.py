"""Slips for simple printers: never wider than the paper, whatever the texts."""

import dataclasses
from datetime import date, datetime

import paper_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common.i18n import set_language
from perpusdesk.printing.escpos import CODE_PAGES, COLUMNS, escpos_slip
from perpusdesk.printing.plain import encodable
from perpusdesk.printing.slip_rows import slip_rows
from perpusdesk.printing.slip_text import dot_matrix_lines, dot_matrix_slip, message_slip
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine

TEXTS = st.text(max_size=120)
LINES = st.builds(
    SlipLine,
    act=st.sampled_from(SlipAct),
    title=TEXTS,
    barcode=TEXTS,
    due=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    returned=st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    fine=st.integers(0, 10**9),
)
SLIPS = st.builds(
    SlipData,
    library=TEXTS,
    branch=TEXTS,
    member=TEXTS,
    card=TEXTS,
    lines=st.lists(LINES, max_size=4).map(tuple),
    staff=TEXTS,
    printed=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    footer=TEXTS,
    number=TEXTS,
    paid=st.integers(0, 10**9),
    owed=st.integers(0, 10**9),
)


@given(SLIPS, st.sampled_from(sorted(COLUMNS.items())), st.sampled_from(sorted(CODE_PAGES)))
def test_every_row_fits_the_roll_and_the_code_page(
    slip: SlipData, roll: tuple[int, int], page: str
) -> None:
    codec = CODE_PAGES[page].codec
    for row in slip_rows(slip, roll[1], lambda text: encodable(text, codec)):
        assert len(row.text) <= (roll[1] // 2 if row.large else roll[1])
        assert all(byte >= 0x20 for byte in row.text.encode(codec))


@given(SLIPS, st.sampled_from(["id", "en"]))
def test_every_line_fits_eighty_columns(slip: SlipData, language: str) -> None:
    set_language(language)
    lines = dot_matrix_lines(slip)
    assert all(len(line) <= 80 and line.isascii() for line in lines)
    assert all(line.isprintable() for line in lines)


@given(SLIPS)
def test_the_whole_name_and_card_are_nowhere(slip: SlipData) -> None:
    secret = dataclasses.replace(
        slip, member="Zainabrahmawati Qodriansyahputri", card="XK9087654321", lines=(), staff=""
    )
    everything = [
        escpos_slip(secret).decode("cp437"),
        dot_matrix_slip(secret).decode(),
        message_slip(secret),
    ]
    for text in everything:
        assert "Zainabrahmawati Q." in text
        assert "Qodriansyahputri" not in text
        assert "654321" not in text


def test_the_slip_of_a_visit_in_32_columns() -> None:
    rows = [
        row.text for row in slip_rows(samples.visit(), 32, lambda text: encodable(text, "ascii"))
    ]
    assert rows == [
        "  Perpustakaan",
        "Umum Kota Contoh",
        "     Cabang Alun-Alun Utara",
        "--------------------------------",
        "Anggota  : Siti N. R.",
        "No. kartu: ****0123",
        "Petugas  : Rina",
        "Waktu    : 23-11-2026 14.06",
        "No.      : A-000123",
        "--------------------------------",
        "DIPINJAM (2)",
        "1. Laskar pelangi",
        "   B00012345",
        "   Jatuh tempo: Sen, 07-12-2026",
        "2. Ensiklopedi perpustakaan,",
        "   kearsipan, dan dokumentasi...",
        "   00123/PD/H/2024",
        "   Jatuh tempo: Sen, 07-12-2026",
        "--------------------------------",
        "DIPERPANJANG (1)",
        "1. Ronggeng Dukuh Paruk",
        "   B00000042",
        "   Jatuh tempo: Sen, 14-12-2026",
        "--------------------------------",
        "DIKEMBALIKAN (1)",
        '1. Sahrazad - "Kisah seribu satu',
        '   malam"',
        "   B00000777",
        "   Waktu: 23-11-2026 14.05",
        "   Denda: Rp2.500",
        "--------------------------------",
        "Dibayar                  Rp2.000",
        "Sisa denda                 Rp500",
        "--------------------------------",
        "         Terima kasih.",
        "    Kembalikan tepat waktu.",
        "    WhatsApp 0800-0000-0000",
    ]


def test_escpos_commands() -> None:
    data = escpos_slip(samples.visit(), 58)
    assert data.startswith(b"\x1b@\x1c.\x1bt\x00")
    assert b"\x1d!\x11\x1bE\x01  Perpustakaan\x1bE\x00\x1d!\x00\n" in data
    assert data.endswith(b"\x1dVB\x00")
    assert escpos_slip(samples.visit(), 80, cut=False).endswith(b"\x1bd\x04")


def test_a_code_page_keeps_the_letters_it_has() -> None:
    slip = dataclasses.replace(samples.visit(), footer="Café Šarīf")
    assert "Café Sarif".encode("cp850") in escpos_slip(slip, page=CODE_PAGES["pc850"])
    assert b"Cafe Sarif" in escpos_slip(slip, page=CODE_PAGES["ascii"])


@pytest.mark.parametrize("form_feed", [True, False])
def test_dot_matrix_ends(form_feed: bool) -> None:
    data = dot_matrix_slip(samples.visit(), form_feed=form_feed)
    assert data.endswith(b"\r\n\f" if form_feed else b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"Rp2.500" in data


def test_message_keeps_its_own_bold_only() -> None:
    slip = dataclasses.replace(
        samples.visit(),
        lines=(SlipLine(SlipAct.LENT, "Bintang *satu* _dua_", "B_01", due=date(2026, 12, 7)),),
        paid=0,
        owed=0,
        footer="",
    )
    assert message_slip(slip).splitlines() == [
        "*Perpustakaan Umum Kota Contoh*",
        "Cabang Alun-Alun Utara",
        "",
        "Anggota: Siti N. R.",
        "",
        "*Dipinjam*",
        "1. Bintang ∗satu∗ dua (B_01)",
        "   Jatuh tempo: *Senin, 7 Desember 2026*",
        "",
        "23-11-2026 14.06",
    ]
