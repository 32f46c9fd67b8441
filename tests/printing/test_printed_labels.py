"""Labels: on their stickers to the tenth of a millimetre, and readable."""

from datetime import date
from pathlib import Path

import numpy as np
import paper_samples as samples
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_eyes import codes, ink_box, page_sizes, picture, words

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.calibration import calibration_page
from perpusdesk.printing.label_sheets import LabelSheet, label_sheets
from perpusdesk.printing.labels import Design, LabelData, LabelOptions, draw_labels, label_pages

SHEETS = label_sheets(date(2026, 12, 1))
LABELS = st.builds(
    LabelData,
    barcode=st.text(max_size=30),
    call_number=st.lists(st.text(max_size=40), max_size=8).map(tuple),
    title=st.text(max_size=150),
    library=st.text(max_size=60),
    band=st.sampled_from(["", "#000000"]),
)
LONG = LabelData("W" * 30, ("W" * 40,) * 8, "W" * 150, "W" * 60, "#000000")


@pytest.fixture(params=sorted(SHEETS))
def sheet(request: pytest.FixtureRequest) -> LabelSheet:
    return SHEETS[request.param]


def _sticker(sheet: LabelSheet, x: float, y: float) -> int:
    return next(
        index
        for index in range(sheet.count)
        if 0 <= x - sheet.place(index)[0] <= sheet.label[0]
        and 0 <= y - sheet.place(index)[1] <= sheet.label[1]
    )


def test_every_code_lies_on_its_own_sticker(sheet: LabelSheet) -> None:
    copies = samples.copies(sheet.count)
    pdf = label_pages(copies, sheet, LabelOptions(Design.BARCODE))
    assert page_sizes(pdf) == [sheet.page]
    seen = codes(pdf)
    assert sorted(code.text for code in seen) == sorted(copy.barcode for copy in copies)
    for code in seen:
        index = _sticker(sheet, code.left, code.top)
        assert copies[index].barcode == code.text
        left, top = sheet.place(index)
        assert code.right < left + sheet.label[0] - 1.5
        assert code.bottom < top + sheet.label[1] - 1.5


def test_codes_are_where_millimetres_say() -> None:
    sheet = SHEETS["tom-jerry-107"]
    [first] = codes(label_pages(samples.copies(1), sheet, LabelOptions()))
    [last] = codes(label_pages(samples.copies(1), sheet, LabelOptions(start=30)))
    [moved] = codes(label_pages(samples.copies(1), sheet, LabelOptions(nudge=(1.5, -2.0))))
    across, down = sheet.place(29)
    assert last.left - first.left == pytest.approx(across - sheet.place(0)[0], abs=0.1)
    assert last.top - first.top == pytest.approx(down - sheet.place(0)[1], abs=0.1)
    assert moved.left - first.left == pytest.approx(1.5, abs=0.1)
    assert moved.top - first.top == pytest.approx(-2.0, abs=0.1)


def test_starting_later_skips_stickers_once() -> None:
    sheet = SHEETS["tom-jerry-121"]
    pdf = label_pages(samples.copies(14), sheet, LabelOptions(start=8))
    assert len(page_sizes(pdf)) == 3
    assert [code.text for code in codes(pdf, 0)] == ["B00000001", "B00000002", "B00000003"]
    assert len(codes(pdf, 1)) == 10
    assert codes(pdf, 2)[0].text == "B00000014"
    first = codes(pdf, 0)[0]
    assert _sticker(sheet, first.left, first.top) == 7


def test_bars_and_square_say_the_same() -> None:
    sheet = SHEETS["a4-3x8"]
    pdf = label_pages(samples.copies(24), sheet, LabelOptions(Design.ALL))
    seen = codes(pdf)
    assert sorted(code.text for code in seen) == sorted(
        copy.barcode for copy in samples.copies(24) for _twice in range(2)
    )
    assert {code.format for code in seen} == {"Code 128", "QR Code"}


def test_a_square_never_displaces_the_bars() -> None:
    sheet = SHEETS["tom-jerry-107"]
    options = LabelOptions(Design.ALL, Symbology.CODE128)
    seen = codes(label_pages(samples.copies(3), sheet, options))
    drawn = draw_labels(samples.copies(3), sheet, options)
    assert drawn.codes == ((Symbology.CODE128,),) * 3
    assert [(code.text, code.format) for code in seen] == [
        ("B00000001", "Code 128"),
        ("B00000002", "Code 128"),
        ("B00000003", "Code 128"),
    ]


def test_words_of_a_label() -> None:
    text = words(label_pages(samples.copies(2)[:1], SHEETS["tom-jerry-121"], LabelOptions()))
    assert "Perpustakaan Umum Kota Contoh" in text
    assert "R 027.459 8 ENS e c.2" in text
    assert "Ensiklopedi perpustakaan" in text
    assert "B00000001" in text


@settings(max_examples=25)
@example(LONG, "tom-jerry-107", Symbology.CODE39, Design.ALL)
@example(LONG, "a4-2x4", Symbology.CODE128, Design.SPINE)
@example(LONG, "roll-3-33x15", Symbology.CODE128, Design.QR)
@example(LONG, "roll-46x19", Symbology.CODE128, Design.BARCODE)
@given(
    LABELS,
    st.sampled_from(sorted(SHEETS)),
    st.sampled_from(list(Symbology)),
    st.sampled_from(list(Design)),
)
def test_nothing_leaves_its_sticker(
    label: LabelData, key: str, symbology: Symbology, design: Design
) -> None:
    sheet = SHEETS[key]
    pdf = label_pages([label], sheet, LabelOptions(design, symbology, sheet.count))
    if picture(pdf).min() == 255:
        return  # a spine without a call number
    left, top, right, bottom = ink_box(pdf)
    x, y = sheet.place(sheet.count - 1)
    assert left > x - 0.1
    assert top > y - 0.1
    assert right < x + sheet.label[0] + 0.1
    assert bottom < y + sheet.label[1] + 0.1


def test_calibration_page_shows_every_sticker(sheet: LabelSheet) -> None:
    pdf = calibration_page(sheet)
    assert page_sizes(pdf) == [sheet.page]
    left, top, right, bottom = ink_box(pdf)
    last = sheet.place(sheet.count - 1)
    assert left == pytest.approx(sheet.margin[0], abs=0.3)
    assert top == pytest.approx(sheet.margin[1], abs=0.3)
    assert right == pytest.approx(last[0] + sheet.label[0], abs=0.3)
    assert bottom == pytest.approx(last[1] + sheet.label[1], abs=0.3)


def test_calibration_page_says_what_to_do() -> None:
    text = words(calibration_page(SHEETS["tom-jerry-121"]))
    assert "Jangan diskalakan" in text
    assert "100 mm" in text
    assert "10 20 30 40 50 60 70 80 90 100" in text


@pytest.mark.parametrize(
    ("key", "marks"),
    [
        ("roll-65x34", "0 10 20 30 40"),
        ("roll-3-33x15", "0 10 20 30 40 50 60 70 80 90"),
        ("roll-46x19", "0 10 20 30 40"),
    ],
)
def test_a_small_page_has_as_long_a_ruler_as_fits(key: str, marks: str) -> None:
    pdf = calibration_page(SHEETS[key])
    assert marks in words(pdf)
    left, top, right, bottom = ink_box(pdf)
    assert min(left, top) >= 0
    assert right < SHEETS[key].page[0] + 0.01
    assert bottom < SHEETS[key].page[1] + 0.01


def test_stickers_are_counted_over_the_sheets() -> None:
    sheet = SHEETS["tom-jerry-121"]
    assert [sheet.pages(8, total) for total in (0, 3, 4, 13, 14)] == [1, 1, 2, 2, 3]
    assert [list(sheet.on_page(page, 8, 14)) for page in (0, 2)] == [[0, 1, 2], [13]]
    assert [sheet.next_start(8, total) for total in (0, 2, 3, 13, 14)] == [8, 10, 1, 1, 2]
    assert [sheet.first_place(start) for start in (-1, 1, 10, 99)] == [0, 0, 9, 9]


@given(st.sampled_from(sorted(SHEETS)), st.integers(1, 60), st.integers(0, 200))
def test_each_sticker_is_printed_once(key: str, start: int, total: int) -> None:
    sheet = SHEETS[key]
    pages = [sheet.on_page(page, start, total) for page in range(sheet.pages(start, total))]
    assert [index for page in pages for index in page] == list(range(total))
    assert all(len(page) for page in pages[: 1 if total else 0])


def test_a_page_made_alone_is_the_page_of_the_whole() -> None:
    """What the preview shows of a long queue is what comes out of the printer."""
    sheet, copies = SHEETS["tom-jerry-121"], samples.copies(14)
    whole = label_pages(copies, sheet, LabelOptions(Design.ALL, start=8))
    for page in range(sheet.pages(8, 14)):
        own = [copies[index] for index in sheet.on_page(page, 8, 14)]
        alone = label_pages(own, sheet, LabelOptions(Design.ALL, start=1 if page else 8))
        assert np.array_equal(picture(alone, 0), picture(whole, page))


def test_a_sheet_of_the_users_folder_wins(tmp_path: Path) -> None:
    mine = """[[sheet]]
    key = "tom-jerry-103"
    name = "103 diukur sendiri"
    valid_from = {start}
    source = "penggaris"
    sure = true
    page = [200.0, 150.0]
    label = [64.0, 32.0]
    columns = 3
    rows = 4
    margin = [2.0, 8.0]
    gap = [1.0, 1.0]
    """
    (tmp_path / "mine.toml").write_text(mine.format(start="2026-11-01"), encoding="utf-8")
    (tmp_path / "later.toml").write_text(mine.format(start="2027-01-01"), encoding="utf-8")
    sheet = label_sheets(date(2026, 12, 1), tmp_path)["tom-jerry-103"]
    assert (sheet.name, sheet.valid_from) == ("103 diukur sendiri", date(2026, 11, 1))
    assert label_sheets(date(2027, 1, 1), tmp_path)["tom-jerry-103"].valid_from.year == 2027
    assert label_sheets(date(2026, 12, 1))["tom-jerry-103"].sure is False


@pytest.mark.parametrize(
    "text",
    ["not toml", "[[sheet]]\nkey = 'x'", "sheet = 3"],
)
def test_a_bad_sheet_file_is_a_known_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        label_sheets(date(2026, 12, 1), tmp_path)
    assert caught.value.fault is Fault.UNREADABLE_FILE
    assert caught.value.facts["path"] == str(tmp_path / "bad.toml")


def test_a_sheet_larger_than_its_page_is_refused(tmp_path: Path) -> None:
    source = (Path(__file__).parents[2] / "resources/labels/a4.toml").read_text(encoding="utf-8")
    (tmp_path / "bad.toml").write_text(source.replace("rows = 8", "rows = 9"), encoding="utf-8")
    with pytest.raises(KnownError):
        label_sheets(date(2026, 12, 1), tmp_path)
