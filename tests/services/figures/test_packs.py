"""Packs on a real library: every number counted again by hand, what is missing is named."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.figures.measures import CATALOGUE
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.packs.form import ENTRY, KEY, Pack
from perpusdesk.exchange.pack_files import entry_names
from perpusdesk.printing.document import document_pages
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.figures.figure_entries import enter_figure, entry_lines
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.month_close import changes_since, close_month, closed_months
from perpusdesk.services.figures.pack_papers import pack_document
from perpusdesk.services.figures.pack_sheets import save_pack
from perpusdesk.services.figures.pack_table import pack_table, shown
from perpusdesk.services.figures.packs import FilledPack, PackLine, fill_pack, packs
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.service_use import count_use


def _pack(small: SmallLibrary, key: str) -> Pack:
    return next(one for one in packs(small.desk()) if one.key == key)


def _filled(small: SmallLibrary, key: str, period: Period) -> FilledPack:
    desk = small.desk("head")
    freshen(desk)
    return fill_pack(desk, _pack(small, key), period)


def _line(filled: FilledPack, key: str, part: str | None = None) -> PackLine:
    return next(
        line
        for line in filled.lines
        if line.row.key == key and line.cells and (part is None or line.key == part)
    )


def _value(filled: FilledPack, key: str, column: int = 0) -> Fraction | None:
    return _line(filled, key).cells[column].value


def test_every_row_of_every_form_asks_for_what_there_is(small: SmallLibrary) -> None:
    known = entry_names()
    forms = packs(small.desk())
    assert {one.key for one in forms} >= {
        *("monthly", "quarterly", "ktak", "article15", "iplm", "snp", "pakpi", "accreditation"),
    }
    for pack in forms:
        assert pack.source
        for row in pack.rows:
            for need in row.needs:
                name = need.partition(KEY)[0]
                assert name in (known if name.startswith(ENTRY) else CATALOGUE), (pack.key, need)
            assert not row.each or CATALOGUE[row.each].keys
        assert len({row.key for row in pack.rows}) == len(pack.rows)


@pytest.fixture
def busy(small: SmallLibrary) -> SmallLibrary:
    """A month with loans, readings and uses."""
    desk = small.desk("head")
    copies = iter(sorted(small.copies))
    for member in list(small.members.values())[:2]:
        lend(desk, member, small.copies[next(copies)])
    value_of(read_on_site(desk, small.copies["B0007"]))
    value_of(count_use(desk, "ict", 3))
    value_of(count_use(desk, "literacy", 25))
    return small


def test_a_year_of_article_15_is_what_the_events_say(busy: SmallLibrary) -> None:
    year = Period.year(busy.time.today().year)
    filled = _filled(busy, "article15", year)
    loans = busy.library.value('select count(*) from loan where "end" <> 3')
    assert loans > 0
    assert _value(filled, "borrowed") == loans
    assert _value(filled, "printed") == loans + 1
    assert _value(filled, "ict") == 3
    assert _value(filled, "participants") == 25
    assert _value(filled, "programmes") is None
    assert "entry.programmes" in filled.missing
    desk = busy.desk("head")
    value_of(enter_figure(desk, "entry.programmes", year, "12", source="Renja 2026"))
    value_of(enter_figure(desk, "entry.literacy_participants", year, "1.000"))
    filled = _filled(busy, "article15", year)
    assert _value(filled, "programmes") == 12
    assert _value(filled, "participants") == 1025
    assert "entry.programmes" not in filled.missing


def test_what_was_undone_is_not_handed_in(busy: SmallLibrary) -> None:
    desk = busy.desk("head")
    action = action_of(count_use(desk, "ict", 40))
    year = Period.year(busy.time.today().year)
    assert _value(_filled(busy, "article15", year), "ict") == 43
    value_of(undo(desk, action))
    assert _value(_filled(busy, "article15", year), "ict") == 3


def test_the_standard_says_whether_it_is_met(busy: SmallLibrary) -> None:
    year = Period.year(busy.time.today().year)
    value_of(enter_figure(busy.desk("head"), "entry.population", year, "100"))
    cell = _line(_filled(busy, "snp", year), "titles").cells[0]
    titles = busy.library.value("select count(distinct title) from copy where deleted = 0")
    assert (cell.value, cell.wanted, cell.met) == (titles, Fraction(5, 2), True)


def test_a_month_stands_beside_the_same_month_a_year_before(busy: SmallLibrary) -> None:
    month = f"{busy.time.today():%Y-%m}"
    filled = _filled(busy, "monthly", Period(month, month))
    assert [one.key for one in filled.columns] == [month, f"{int(month[:4]) - 1}{month[4:]}"]
    assert filled.unfinished
    loans, before = _line(filled, "loans").cells
    assert loans.value and before.value == 0
    parts = [
        line
        for line in filled.lines
        if line.row.key == "loans_class" and line.is_part and line.cells
    ]
    assert sum(line.cells[0].value or 0 for line in parts) == loans.value


def test_a_month_without_visits_though_it_was_open_is_a_gap(busy: SmallLibrary) -> None:
    month = f"{busy.time.today():%Y-%m}"
    busy.time.passes(days=40)
    filled = _filled(busy, "monthly", Period(month, month))
    assert [(gap.measure, gap.months) for gap in filled.gaps] == [("visits", (month,))]


def test_three_years_have_their_mean_beside_them(busy: SmallLibrary) -> None:
    year = busy.time.today().year
    desk = busy.desk("head")
    for number, typed in ((year - 2, "1"), (year - 1, "2"), (year, "4")):
        value_of(enter_figure(desk, "entry.promotions", Period.year(number), typed))
    cells = _line(_filled(busy, "accreditation", Period.year(year)), "promotions").cells
    assert [cell.value for cell in cells] == [1, 2, 4, Fraction(7, 3)]


def test_typed_figures_need_the_right_and_a_number(small: SmallLibrary) -> None:
    year = Period.year(2026)
    desk = small.desk("head")
    refusal_of(
        enter_figure(small.desk("desk"), "entry.population", year, "5"), Reason.RIGHT_MISSING
    )
    refusal_of(enter_figure(desk, "entry.population", year, "lima"), Reason.FIGURE_INVALID)
    refusal_of(enter_figure(desk, "entry.unknown", year, "5"), Reason.FIGURE_INVALID)
    value_of(enter_figure(desk, "entry.population", Period.year(2025), "900.000"))
    value_of(enter_figure(desk, "entry.population", year, "1.000.000", source="BPS"))
    line = next(one for one in entry_lines(desk, year) if one.key == "entry.population")
    assert (line.value, line.source, line.former) == (1_000_000, "BPS", 900_000)
    assert line.needed
    online = next(one for one in entry_lines(desk, year) if one.key == "entry.online_users")
    assert not online.needed  # it is added to what is counted
    value_of(enter_figure(desk, "entry.population", year, ""))
    line = next(one for one in entry_lines(desk, year) if one.key == "entry.population")
    assert line.value is None


def test_a_closed_month_tells_what_changed_since(busy: SmallLibrary) -> None:
    month = f"{busy.time.today():%Y-%m}"
    desk = busy.desk("head")
    refusal_of(close_month(desk, month), Reason.MONTH_OPEN)
    late = action_of(count_use(desk, "digital", 7))
    busy.time.passes(days=40)
    freshen(desk)
    refusal_of(close_month(busy.desk("desk"), month), Reason.RIGHT_MISSING)
    assert value_of(close_month(desk, month)) > 0
    refusal_of(close_month(desk, month), Reason.MONTH_CLOSED)
    (closed,) = closed_months(desk)
    assert changes_since(desk, closed) == []
    value_of(undo(desk, late))
    freshen(desk)
    whole = [one for one in changes_since(desk, closed) if one.branch is None]
    assert [(one.measure, one.then, one.now) for one in whole] == [("services", 35, 28)]


def test_a_service_is_counted_by_what_it_is(small: SmallLibrary) -> None:
    desk = small.desk("volunteer")
    refusal_of(count_use(desk, "coffee"), Reason.NOTHING_CHOSEN)
    refusal_of(count_use(desk, "ict", 0), Reason.COUNT_INVALID)
    assert value_of(count_use(desk, "ict")) == 1


def test_the_workbook_and_the_paper_say_the_numbers_of_the_form(
    busy: SmallLibrary, tmp_path: Path
) -> None:
    year = Period.year(busy.time.today().year)
    desk = busy.desk("head")
    value_of(enter_figure(desk, "entry.programmes", year, "12", source="Renja 2026"))
    table = pack_table(desk, _filled(busy, "article15", year))
    file = tmp_path / "pasal15.xlsx"
    assert save_pack(desk, table, file) == len(table.lines)
    book = CalamineWorkbook.from_path(file)
    rows = book.get_sheet_by_index(0).to_python()
    by_code = {row[0]: row[2] for row in rows if row[0] in {"a", "b", "c", "d", "e"}}
    assert by_code == {"a": 25, "b": 0, "c": 3, "d": 3, "e": 0}
    assert [row[0] for row in rows if row[0] in by_code] == ["a", "b", "c", "d", "e"]
    proofs = {row[0]: row for row in book.get_sheet_by_index(1).to_python()}
    assert proofs["Jumlah program"][1:] == ["12", "diisi oleh perpustakaan: Renja 2026"]
    pages = pypdfium2.PdfDocument(document_pages(pack_document(desk, table)))
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert table.seal in words and "Peserta kegiatan literasi" in words


def test_the_seal_is_that_of_the_numbers_alone(busy: SmallLibrary) -> None:
    year = Period.year(busy.time.today().year)
    desk = busy.desk("head")
    one = pack_table(desk, _filled(busy, "article15", year)).seal
    assert pack_table(desk, _filled(busy, "article15", year)).seal == one
    value_of(count_use(desk, "ict"))
    assert pack_table(desk, _filled(busy, "article15", year)).seal != one


@pytest.mark.parametrize(
    ("value", "text"),
    [("1234567", "1.234.567"), ("0.50", "0,50"), ("-1234.5", "-1.234,5"), (None, "–")],
)
def test_numbers_are_written_as_indonesians_write_them(value: str | None, text: str) -> None:
    assert shown(Decimal(value) if value else None) == text


def test_parts_are_called_by_their_names(busy: SmallLibrary) -> None:
    month = f"{busy.time.today():%Y-%m}"
    filled = _filled(busy, "monthly", Period(month, month))
    lines = [line for line in filled.lines if line.row.key == "services" and line.cells]
    parts = {line.label: line.cells[0].value for line in lines}
    assert parts["Komputer atau internet"] == 3
    assert parts["Kegiatan literasi"] == 25
