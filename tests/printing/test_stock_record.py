"""The record of a stock-take on paper."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from paper_eyes import ink_box, page_sizes, words

from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.stock_report import (
    ClassFigures,
    Figure,
    ListedCopy,
    StockList,
    StockReport,
    stock_report,
)

WIB = timezone(timedelta(hours=7))
BEGUN = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
LONG = "Sejarah panjang sebuah jembatan dan segala yang lewat di atasnya sejak dahulu kala " * 3


def record(rows: int = 3, **changes) -> StockReport:
    missing = tuple(
        ListedCopy(
            f"B{number:05}", LONG if number % 5 == 0 else "Pelaut Kertas", "899.221", "Rak A"
        )
        for number in range(1, rows + 1)
    )
    facts = {
        "head": Letterhead("Pemerintah Kota Contoh", "Perpustakaan Contoh", "Jalan Contoh 1"),
        "name": "Rak sastra",
        "scope": "Pusat · 800 s.d. 899",
        "place": "Kota Contoh",
        "started": BEGUN,
        "made": BEGUN + timedelta(hours=8),
        "ended": BEGUN + timedelta(hours=7),
        "people": ("Petugas Contoh", "Relawan Contoh"),
        "figures": (Figure("Seharusnya ada", 1300, 1290), Figure("Ditemukan", 1297, 1290)),
        "classes": (ClassFigures("800  Kesusastraan", 1297, 3), ClassFigures("Lain", 0, 0)),
        "lists": (StockList("Tidak ditemukan", missing, 7),),
        "before": BEGUN - timedelta(days=365),
        "signatures": (Signature("Ketua tim"), Signature("Kepala Perpustakaan", "Nama Contoh")),
    }
    return StockReport(**{**facts, **changes})


def test_everything_stands_on_it():
    text = words(stock_report(record()))
    for part in (
        "PERPUSTAKAAN CONTOH",
        "Berita acara stok opname",
        "Pada 02-11-2026 09.00 s.d. 02-11-2026 16.00",
        "Pusat · 800 s.d. 899",
        "Petugas Contoh, Relawan Contoh",
        "Ditemukan 1.297 1.290 +7",
        "800 Kesusastraan 1.300 1.297 3 99 %",
        "Lain 0 0 0 100 %",
        "Tidak ditemukan (10)",
        "B00001",
        "7 lagi ada di daftar XLSX",
        "Kota Contoh, 2 November 2026",
        "Nama Contoh",
        "Halaman 1 dari 1",
    ):
        assert part in text, part


def test_one_that_goes_on_says_so_and_compares_with_nothing():
    text = words(stock_report(record(ended=None, before=None)))
    assert "belum final" in text and "Selisih" not in text


@pytest.mark.parametrize("rows", [0, 30, 31, 32, 33, 34, 35, 36, 400])
def test_nothing_runs_over_the_edge_of_a_page(rows: int):
    pdf = stock_report(record(rows))
    pages = len(page_sizes(pdf))
    assert f"Halaman {pages} dari {pages}" in words(pdf, pages - 1)
    for page in {0, pages // 2, pages - 1}:
        left, _top, right, bottom = ink_box(pdf, page)
        assert left > 19 and right < 191 and bottom < 290
    if rows:
        every = " ".join(words(pdf, page) for page in range(pages))
        assert f"B{rows:05}" in every and "Nama Contoh" in words(pdf, pages - 1)
