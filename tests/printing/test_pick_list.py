"""The pick list: in the order of the shelves, on as many pages as needed, names shortened."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pypdfium2

from perpusdesk.printing.pick_list import PickList, PickRow, pick_list

MADE = datetime(2026, 11, 2, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def row(number: int, location: str = "Rak A") -> PickRow:
    return PickRow(
        f"{number:03} CON p",
        location,
        f"Judul {number} yang cukup panjang untuk sebuah baris",
        "Andini Contoh",
        (f"B{number:04}", f"B{number + 500:04}", f"B{number + 700:04}"),
        "Rina Umpama Dewi",
        "A0003",
        "Mobil Keliling" if number == 2 else "",
    )


def test_rows_stand_in_the_order_of_the_shelves() -> None:
    data = PickList("Perpustakaan Contoh", "Pusat", MADE, (row(3, "Rak B"), row(2), row(1)))
    (page,) = words_of(pick_list(data))
    assert page.index("Judul 1") < page.index("Judul 2") < page.index("Judul 3")
    assert "untuk Mobil Keliling" in page and "3 reservasi" in page
    assert "B0001, B0501 …" in page and page.count("untuk sebuah baris") == 3


def test_names_and_cards_are_shortened() -> None:
    (page,) = words_of(pick_list(PickList("P", "Pusat", MADE, (row(1),))))
    assert "Rina U. D." in page and "Umpama" not in page


def test_long_lists_take_several_numbered_pages() -> None:
    pages = words_of(pick_list(PickList("P", "Pusat", MADE, tuple(row(n) for n in range(60)))))
    assert len(pages) == 3
    assert sum(page.count("Judul") for page in pages) == 60 + 1  # and the heading
    assert "Halaman 3 dari 3" in pages[2]


def test_an_empty_list_is_one_page() -> None:
    assert len(words_of(pick_list(PickList("P", "Pusat", MADE, ())))) == 1
