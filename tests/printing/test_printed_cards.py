"""Member cards: the size of a bank card, readable, ten on a sheet."""

import dataclasses

import paper_samples as samples
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_eyes import codes, ink_box, page_sizes, words

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.cards import HEIGHT, WIDTH, card_pages, card_sheets, on_a4


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
        left, top = on_a4().place(index)
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
    left, top = on_a4().place(0)
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


def test_cards_begin_at_a_place_and_follow_the_nudge() -> None:
    cards = samples.cards(3)
    pdf = card_sheets(cards, start=9, nudge=(1.0, -2.0))
    assert len(page_sizes(pdf)) == 2
    bars = [code for code in codes(pdf) if code.format == "Code 128"]
    assert [code.text for code in bars] == [card.number for card in cards[:2]]
    left, top = on_a4().place(8)
    [unmoved] = [code for code in codes(card_sheets(cards[:1], 9)) if code.format == "Code 128"]
    assert bars[0].left - unmoved.left == pytest.approx(1.0, abs=0.1)
    assert bars[0].top - unmoved.top == pytest.approx(-2.0, abs=0.1)
    assert left < unmoved.left and top < unmoved.top
    [first] = [code for code in codes(card_pages(cards[:1])) if code.format == "Code 128"]
    moved = codes(card_pages(cards[:1], (0.5, 0.5)))
    [moved_bars] = [code for code in moved if code.format == "Code 128"]
    assert moved_bars.left - first.left == pytest.approx(0.5, abs=0.1)
