"""Catalogue cards, bibliographies and the bulletin: everything on them, in order, on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from paper_eyes import page_sizes, picture, words
from PIL import Image

from perpusdesk.printing.bibliography import Bibliography, Section, bibliography
from perpusdesk.printing.catalogue_cards import CardKind, catalogue_cards
from perpusdesk.printing.new_titles import Bulletin, new_titles
from perpusdesk.printing.official import Letterhead
from perpusdesk.printing.title_entry import TitleEntry, collation, description, roman, tracing

BOOK = TitleEntry(
    title="Pelaut kertas",
    subtitle="cerita dari pesisir",
    heading="Contoh, Andini",
    responsibility="Andini Contoh",
    edition="Cet. 2",
    place="Semarang",
    publisher="Penerbit Umpama",
    year="2021",
    extent="vi, 120 hlm. ; 21 cm.",
    series="Seri pesisir",
    isbn=("9780306406157",),
    subjects=("Fiksi Indonesia", "Laut"),
    other_names=("Misalnya, Budi",),
    classification="899.221 3",
    call_number="899.221 3 CON p",
    abstract="Seorang anak melipat perahu dan belajar membaca angin.",
    numbers=("00012/PD/H/2026",),
)
HEAD = Letterhead("Pemerintah Kota Contoh", "Perpustakaan Contoh")
MADE = date(2026, 11, 2)


def pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_a_title_is_described_area_by_area() -> None:
    assert description(BOOK) == (
        "Pelaut kertas : cerita dari pesisir / Andini Contoh. \N{EN DASH} Cet. 2. \N{EN DASH}"
        " Semarang : Penerbit Umpama, 2021."
    )
    assert collation(BOOK) == "vi, 120 hlm. ; 21 cm. \N{EN DASH} (Seri pesisir)."
    assert tracing(BOOK, "Judul") == (
        "1. Fiksi Indonesia.  2. Laut.  I. Misalnya, Budi.  II. Judul."
    )
    assert description(TitleEntry("Sunyi")) == "Sunyi."
    assert description(replace(BOOK, responsibility="")).startswith(
        "Pelaut kertas : cerita dari pesisir / Andini Contoh."
    )


def test_roman_figures() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]


def test_each_card_is_filed_under_something_else() -> None:
    pdf = catalogue_cards([BOOK], list(CardKind))
    assert page_sizes(pdf) == [(297.0, 210.0)]
    said = words(pdf)
    assert said.count("CONTOH, Andini") == 4  # author, title, two subjects
    assert "FIKSI INDONESIA" in said and "LAUT" in said
    assert said.count("899.221 3") == 4
    assert said.count("00012/PD/H/2026") == 4


@pytest.mark.parametrize(("kinds", "cards"), [(["author"], 1), (["subject"], 2), (["title"], 1)])
def test_only_the_kinds_that_were_asked_for(kinds: list[str], cards: int) -> None:
    pdf = catalogue_cards([BOOK], [CardKind(kind) for kind in kinds])
    assert words(pdf).count("ISBN 9780306406157") == cards


def test_a_title_without_an_author_has_no_second_title_card() -> None:
    bare = replace(BOOK, heading="", subjects=())
    assert words(catalogue_cards([bare], list(CardKind))).count("ISBN") == 1


def test_long_texts_stay_on_their_card() -> None:
    long = replace(
        BOOK,
        title="Kata " * 60,
        subjects=tuple(f"Subjek yang panjang {n}" for n in range(20)),
        numbers=tuple(f"{n:05}/PD/H/2026" for n in range(9)),
        heading="Nama " * 30,
    )
    pdf = catalogue_cards([long] * 5, [CardKind.AUTHOR])
    assert pages(pdf) == 2
    seen = picture(pdf, 1, dpi=254)  # ten pixels a millimetre; the fifth card stands top left
    inside = seen[302:1048, 237:1478]
    assert (inside < 200).any()
    for margin in (seen[302:1048, :233], seen[302:1048, 1490:2720], seen[:298, 237:1478]):
        assert not (margin < 200).any()
    assert "\N{HORIZONTAL ELLIPSIS}" in words(pdf)


def test_a_bibliography_numbers_its_titles_and_its_index_leads_to_them() -> None:
    other = replace(BOOK, title="Kebun di atap", heading="Misalnya, Budi", other_names=())
    sections = (Section("800 Kesusastraan", (BOOK,)), Section("900 Sejarah", (other,)))
    said = words(bibliography(Bibliography(HEAD, "Daftar pesisir", MADE, sections)))
    assert "2 judul · 2 November 2026" in said
    assert said.index("800 Kesusastraan") < said.index("Pelaut") < said.index("900 Sejarah")
    assert "Misalnya, Budi, 1, 2" in said
    assert "Kebun di atap : cerita dari pesisir, 2" in said
    assert "belajar membaca angin" in said


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    sections = tuple(Section(f"Bagian {n}", (BOOK,)) for n in range(40))
    pdf = bibliography(Bibliography(HEAD, "Daftar", MADE, sections))
    count = pages(pdf)
    assert count > 3
    for page in range(count - 1):
        said = words(pdf, page)
        assert said.count("Bagian") == said.count("Semarang : Penerbit")


def test_an_empty_list_says_so() -> None:
    assert "Tidak ada judul" in words(bibliography(Bibliography(HEAD, "Daftar", MADE, ())))
    assert "Tidak ada koleksi baru" in words(new_titles(Bulletin(HEAD, "November 2026", ())))


def test_the_bulletin_shows_covers_and_does_without() -> None:
    buffer = BytesIO()
    Image.new("RGB", (60, 90), "#C04020").save(buffer, "JPEG")
    shown = replace(BOOK, cover=buffer.getvalue())
    broken = replace(BOOK, cover=b"no picture")
    data = Bulletin(HEAD, "November 2026", (("800 Kesusastraan", (shown, BOOK, broken)),))
    pdf = new_titles(data)
    said = words(pdf)
    assert "November 2026 · 3 judul" in said
    assert said.count("899.221 3 CON p") == 3
    assert said.count("Pelaut kertas : cerita") == 3
    with pypdfium2.PdfDocument(pdf) as document:
        kinds = [thing.type for thing in document[0].get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


def test_many_new_titles_take_several_pages() -> None:
    data = Bulletin(HEAD, "2026", (("800", (BOOK,) * 30),))
    pdf = new_titles(data)
    assert pages(pdf) > 2
    assert sum(words(pdf, page).count("CON p") for page in range(pages(pdf))) == 30
