"""Member cards: the size of a bank card, readable, ten on a sheet."""

import dataclasses

import paper_samples as samples
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_eyes import codes, ink_box, page_sizes, words

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.cards import HEIGHT, WIDTH, card_pages, card_place, card_sheets


def test_one_card_a_page_with_bars_and_square() -> None:
    cards = samples.cards(3)
    pdf = card_pages(cards)
    assert page_sizes(pdf) == [(WIDTH, HEIGHT)] * 3
    for page, card in enumerate(cards):
        seen = codes(pdf, page)
        assert {(code.text, code.format) for code in seen} == {
            (card.number, "Code 128"),
            (card.number, "QR Code"),
        }
        bars = next(code for code in seen if code.format == "Code 128")
        assert bars.left == pytest.approx(4.0, abs=0.3)
    text = words(pdf)
    assert "Perpustakaan Umum Kota Contoh Cabang Alun-Alun Utara KARTU ANGGOTA" in text
    assert "Siti Nurhaliza Rahman" in text
    assert "Berlaku s.d. 1 Juli 2027" in text
    assert "Tanpa batas" in words(pdf, 2)


def test_a_sheet_holds_ten_in_their_places() -> None:
    cards = samples.cards(12)
    pdf = card_sheets(cards)
    assert page_sizes(pdf) == [(210.0, 297.0)] * 2
    bars = [code for code in codes(pdf) if code.format == "Code 128"]
    assert [code.text for code in bars] == [card.number for card in cards[:10]]
    for index, code in enumerate(bars):
        left, top = card_place(index)
        assert code.left - left == pytest.approx(4.0, abs=0.3)
        assert top < code.top < code.bottom < top + HEIGHT
    assert len(codes(pdf, 1)) == 4


@settings(max_examples=20)
@example("W" * 120, "W" * 40)
@example("kata " * 24, "12345678901234567890")
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_name_stays_on_the_card(name: str, number: str) -> None:
    card = dataclasses.replace(
        samples.cards(1)[0],
        name=name,
        category=name,
        number=number,
        library=name,
        branch=name,
        photo=None,
    )
    pdf = card_sheets([card])
    left, top = card_place(0)
    box = ink_box(pdf)
    assert box[0] > left - 2
    assert box[1] > top - 2
    assert box[2] < left + WIDTH + 2
    assert box[3] < top + HEIGHT + 2


def test_a_photo_that_is_no_image_is_a_known_fault() -> None:
    card = dataclasses.replace(samples.cards(1)[0], photo=b"not an image")
    with pytest.raises(KnownError) as caught:
        card_pages([card])
    assert caught.value.fault is Fault.UNREADABLE_FILE
